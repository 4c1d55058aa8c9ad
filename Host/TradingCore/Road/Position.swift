import TradingTypes

/// A position from its entry order to its trade.
///
/// An object, because it is looked at far more often than it changes hands; it never leaves the core, of which there is one.
final class Position: @unchecked Sendable {
  var number: PositionNumber
  let instrument: InstrumentID
  let strategy: StrategyID
  let signal: SignalNumber
  let signalBar: Timestamp
  var state: PositionState = .none
  /// Held now.
  var quantity: Quantity = .zero
  var bought: Quantity = .zero
  var sold: Quantity = .zero
  /// What was paid and received, without fees.
  var paid: Money
  var received: Money
  var fees: Money
  var entryTime: Timestamp = .distantPast
  var exitTime: Timestamp = .distantPast

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
  var exitDue: (reason: ExitReason, detail: String, signal: SignalNumber?)?
  /// The trailing stop has moved since entry.
  var didTrail = false
  /// How often its stop was refused.
  var stopFailures = 0
  var targetFailures = 0
  var lastExitReason: ExitReason = .manual
  var lastExitDetail = ""

  init(
    number: PositionNumber, instrument: InstrumentID, strategy: StrategyID, signal: SignalNumber,
    signalBar: Timestamp, paid: Money, received: Money, fees: Money, stop: Price, stopDistance: Price, target: Price,
    targetDistance: Price, trailing: TrailingStop?, timeStopCloses: UInt32, entryOrder: OrderNumber
  ) {
    self.number = number
    self.instrument = instrument
    self.strategy = strategy
    self.signal = signal
    self.signalBar = signalBar
    self.paid = paid
    self.received = received
    self.fees = fees
    self.stop = stop
    self.stopDistance = stopDistance
    self.target = target
    self.targetDistance = targetDistance
    self.trailing = trailing
    self.timeStopCloses = timeStopCloses
    self.entryOrder = entryOrder
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
  var needsCare: Bool {
    if hasEnded || trailing != nil || timeStopCloses > 0 { return true }
    if exitDue != nil { return exitOrder == nil }
    return stop > .zero && stopOrder == nil || target > .zero && targetOrder == nil
  }

  /// Average price paid, rounded down to a billionth.
  var averageEntry: Price { Position.average(paid, bought) }
  /// Average price received, rounded down to a billionth.
  var averageExit: Price { Position.average(received, sold) }

  /// Proceeds minus cost minus fees; `nil` when it does not fit.
  var profit: Money? { received.subtracting(paid)?.subtracting(fees) }

  /// The round trip it was, once it is closed.
  func trade(_ profit: Money) -> TradeRecord {
    TradeRecord(
      number: number, strategy: strategy, instrument: instrument, signal: signal, quantity: sold,
      entryTime: entryTime, entryPrice: averageEntry, exitTime: exitTime, exitPrice: averageExit,
      exitReason: lastExitReason, exitDetail: lastExitDetail, fees: fees, pnl: profit, stop: stop, target: target)
  }

  private static func average(_ amount: Money, _ quantity: Quantity) -> Price {
    guard quantity > .zero else { return .zero }
    return Price(nanos: Int64(clamping: Int128(amount.nanos) * 1_000_000_000 / Int128(quantity.nanos)))
  }
}

/// A signal that has not ended; an object for the same reasons as ``Position``.
final class Signal: @unchecked Sendable {
  let number: SignalNumber
  let strategy: StrategyID
  var proposal: SignalProposal
  var state: SignalState = .generated
  var quantity: Quantity = .zero
  var expiresAt: Timestamp
  /// When an unanswered question times out; `nil` while it is not asked.
  var deadline: Timestamp?
  /// How many opens of its instrument had been seen when it was raised.
  var opensBefore: UInt64 = 0
  /// A re-check by the strategy is under way.
  var isRechecking = false

  init(number: SignalNumber, strategy: StrategyID, proposal: SignalProposal, expiresAt: Timestamp) {
    self.number = number
    self.strategy = strategy
    self.proposal = proposal
    self.expiresAt = expiresAt
  }

  var instrument: InstrumentID { proposal.instrument }
  /// The price risk is counted at: the limit, else the planned entry, else the close.
  var plannedPrice: Price? {
    if proposal.orderType == .limit, proposal.limitPrice > .zero { return proposal.limitPrice }
    if proposal.entryPrice > .zero { return proposal.entryPrice }
    return Price(proposal.close)
  }
}
