import TradingTypes

/// A position from its entry order to its trade.
struct Position: ~Copyable, Sendable {
  var number: PositionNumber
  let instrument: InstrumentID
  let strategy: StrategyID
  let signal: SignalNumber
  let signalBar: Timestamp
  var state: PositionState = .none
  /// Held now.
  private(set) var quantity: Quantity = .zero
  /// The same in whole units; `nil` when it is not whole.
  private(set) var wholeUnits: Int64? = 0
  private(set) var bought: Quantity = .zero
  private(set) var sold: Quantity = .zero
  /// What was paid and received, without fees.
  private(set) var paid: Money
  private(set) var received: Money
  var fees: Money
  var entryTime: Timestamp = .distantPast
  private(set) var exitTime: Timestamp = .distantPast

  /// The stop in force; zero for none.
  var stop: Price
  let stopDistance: Price
  /// The target in force; zero for none.
  var target: Price
  let targetDistance: Price
  var trailing: TrailingStop?
  let timeStopCloses: UInt32
  /// Bars ended since entry, for instruments without a calendar.
  var barsSinceEntry: UInt32 = 0

  var entryOrder: OrderNumber
  var stopOrder: OrderNumber?
  var targetOrder: OrderNumber?
  var exitOrder: OrderNumber?
  /// Set from the moment it must be left until it is.
  var exitDue: ExitDue?
  /// The trailing stop has moved since entry.
  var didTrail = false
  /// How often its stop was refused.
  var stopFailures = 0
  var targetFailures = 0
  private(set) var lastExitReason: ExitReason = .manual

  /// Why a position must be left.
  struct ExitDue: Sendable {
    var reason: ExitReason
    var detail: String
    var signal: SignalNumber?
  }

  /// The position that an approved signal begins, at a price near that of its entry.
  init(
    number: PositionNumber, of signal: borrowing Signal, stop: Price, price: Price, currency: Currency,
    entryOrder: OrderNumber
  ) {
    let trailing = signal.proposal.trailingDistance
    self.init(
      number: number, instrument: signal.instrument, strategy: signal.strategy, signal: signal.number,
      signalBar: signal.proposal.barTime, currency: currency, stop: stop, stopDistance: signal.proposal.stopDistance,
      target: signal.proposal.targetPrice,
      targetDistance: signal.proposal.targetDistance,
      trailing: trailing > .zero ? TrailingStop(distance: trailing, highest: price) : nil,
      timeStopCloses: signal.proposal.timeStopCloses, entryOrder: entryOrder)
  }

  /// A position of what filled after another had ended: protected by the same stop, and left at once.
  init(number: PositionNumber, after ended: borrowing Position, entryOrder: OrderNumber) {
    self.init(
      number: number, instrument: ended.instrument, strategy: ended.strategy, signal: ended.signal,
      signalBar: ended.signalBar, currency: ended.paid.currency, stop: ended.stop, stopDistance: ended.stopDistance,
      target: .zero, targetDistance: .zero, trailing: nil, timeStopCloses: 0,
      entryOrder: entryOrder)
    state = .pendingOrder
    exitDue = ExitDue(reason: .manual, detail: "filled_after_end")
  }

  private init(
    number: PositionNumber, instrument: InstrumentID, strategy: StrategyID, signal: SignalNumber,
    signalBar: Timestamp, currency: Currency, stop: Price, stopDistance: Price, target: Price, targetDistance: Price,
    trailing: TrailingStop?, timeStopCloses: UInt32, entryOrder: OrderNumber
  ) {
    self.number = number
    self.instrument = instrument
    self.strategy = strategy
    self.signal = signal
    self.signalBar = signalBar
    paid = .zero(currency)
    received = .zero(currency)
    fees = .zero(currency)
    self.stop = stop
    self.stopDistance = stopDistance
    self.target = target
    self.targetDistance = targetDistance
    self.trailing = trailing
    self.timeStopCloses = timeStopCloses
    self.entryOrder = entryOrder
  }

  /// Books what an entry filled.
  mutating func book(bought more: Quantity, for value: Money) {
    bought = bought.adding(more) ?? bought
    paid = paid.adding(value) ?? paid
    hold(quantity.adding(more) ?? quantity)
  }

  /// Books what an exit filled, and what is held after it.
  mutating func book(sold more: Quantity, for value: Money, held: Quantity, at time: Timestamp, _ reason: ExitReason) {
    sold = sold.adding(more) ?? sold
    received = received.adding(value) ?? received
    exitTime = time
    lastExitReason = reason
    hold(held)
  }

  /// Holds another quantity from now on.
  private mutating func hold(_ quantity: Quantity) {
    self.quantity = quantity
    wholeUnits = quantity.nanos % 1_000_000_000 == 0 ? quantity.nanos / 1_000_000_000 : nil
  }

  /// What it is worth at a price, rounded down; `nil` when that does not fit.
  @inline(__always)
  func value(at price: Price, in currency: Currency) -> Int64? {
    guard let wholeUnits else { return Money.notional(price, quantity, currency, rounded: .down)?.nanos }
    let (nanos, overflow) = price.nanos.multipliedReportingOverflow(by: wholeUnits)
    return overflow ? nil : nanos
  }

  /// Cost of what is held, by average cost, rounded up; exact while nothing was sold.
  var cost: Money {
    guard sold > .zero, bought > .zero else { return paid }
    let product = Int128(paid.nanos) * Int128(quantity.nanos)
    let quotient = (product + Int128(bought.nanos) - 1) / Int128(bought.nanos)
    return Money(nanos: Int64(clamping: quotient), currency: paid.currency)
  }

  /// Whether it may need something at the end of an instant without anything having been told: what follows the market,
  /// what is due and not ordered, what is missing, what is left over.
  @inline(__always)
  var needsCare: Bool {
    if hasEnded || trailing != nil || timeStopCloses > 0 { return true }
    if exitDue != nil { return exitOrder == nil }
    return stop > .zero && stopOrder == nil || target > .zero && targetOrder == nil
  }

  /// Whether it has a stop or a target, or a rule that makes one.
  @inline(__always)
  var hasLevels: Bool {
    stop > .zero || stopDistance > .zero || target > .zero || targetDistance > .zero || trailing != nil
  }

  /// Average price paid, rounded down to a billionth.
  @inline(__always)
  var averageEntry: Price { Position.average(paid, bought) }
  /// Average price received, rounded down to a billionth.
  var averageExit: Price { Position.average(received, sold) }

  /// Proceeds minus cost minus fees; `nil` when it does not fit.
  var profit: Money? { received.subtracting(paid)?.subtracting(fees) }

  /// What is held of it.
  func held(lastPrice: Price?) -> HeldPosition {
    HeldPosition(
      instrument: instrument, strategy: strategy, quantity: quantity, entryTime: entryTime, entryPrice: averageEntry,
      lastPrice: lastPrice, stop: stop, cost: cost, fees: fees)
  }

  /// Its row as it stands.
  func record(at now: Timestamp) -> PositionRecord {
    PositionRecord(
      number: number, instrument: instrument, strategy: strategy, time: now, state: state, quantity: quantity,
      cost: cost, stop: stop, target: target)
  }

  /// The round trip it was, once it is closed.
  func trade(_ profit: Money) -> TradeRecord {
    TradeRecord(
      number: number, strategy: strategy, instrument: instrument, signal: signal, quantity: sold,
      entryTime: entryTime, entryPrice: averageEntry, exitTime: exitTime, exitPrice: averageExit,
      exitReason: lastExitReason, exitDetail: lastExitDetail, fees: fees, pnl: profit, stop: stop, target: target)
  }

  /// What is known of the exit that filled last besides its reason.
  private var lastExitDetail: String {
    guard let exitDue, exitDue.reason == lastExitReason else { return "" }
    return exitDue.detail
  }

  private static func average(_ amount: Money, _ quantity: Quantity) -> Price {
    guard quantity > .zero else { return .zero }
    // 128 bits, and their slow division, only where 64 do not suffice.
    let (product, overflow) = amount.nanos.multipliedReportingOverflow(by: 1_000_000_000)
    if !overflow { return Price(nanos: product / quantity.nanos) }
    return Price(nanos: Int64(clamping: Int128(amount.nanos) * 1_000_000_000 / Int128(quantity.nanos)))
  }
}

/// A signal that has not ended.
struct Signal: ~Copyable, Sendable {
  let proposal: SignalProposal
  let number: SignalNumber
  let strategy: StrategyID
  var state: SignalState = .generated
  var quantity: Quantity = .zero
  var expiresAt: Timestamp
  /// When an unanswered question times out; `nil` while it is not asked.
  var deadline: Timestamp?
  /// How many opens of its instrument had been seen when it was raised.
  let opensBefore: UInt64
  /// A re-check by the strategy is under way.
  var isRechecking = false

  init(
    number: SignalNumber, strategy: StrategyID, proposal: consuming SignalProposal, expiresAt: Timestamp,
    opensBefore: UInt64
  ) {
    self.number = number
    self.strategy = strategy
    self.proposal = proposal
    self.expiresAt = expiresAt
    self.opensBefore = opensBefore
  }

  @inline(__always)
  var instrument: InstrumentID { proposal.instrument }
  /// The price risk is counted at: the limit, else the planned entry, else the close.
  @inline(__always)
  var plannedPrice: Price? {
    if proposal.orderType == .limit, proposal.limitPrice > .zero { return proposal.limitPrice }
    if proposal.entryPrice > .zero { return proposal.entryPrice }
    return Price(proposal.close)
  }
}
