import MarketCalendar
import TradingTypes

/// The road as a deterministic state machine: an event goes in, effects come out, and nothing else happens.
///
/// It does no I/O, reads no clock and draws no random numbers; equal configurations and equal events give equal
/// effects. One thread owns it.
public struct Core: Sendable {
  /// What it was made with.
  public let configuration: CoreConfiguration

  var hours: MarketHours
  var instruments: ContiguousArray<InstrumentState>
  var signals: ContiguousArray<Signal> = []
  var arrived: ContiguousArray<Signal> = []
  var orders = OrderBook()
  var positions: ContiguousArray<Position> = []
  var cash: Money
  var reserved: Money
  var breaker: CircuitBreaker
  var entriesStopped = false
  var now: Timestamp = .distantPast
  var nextSignal: SignalNumber = 1
  var nextPosition: PositionNumber = 1
  var nextFill: UInt64 = 1
  /// Whether anything but prices can change at the next end of an instant.
  var isQuiet = true

  /// What happened so far, in numbers.
  public internal(set) var counters: Counters

  /// Makes a core at the start of a session.
  public init(_ configuration: CoreConfiguration) {
    self.configuration = configuration
    hours = MarketHours(configuration)
    instruments = ContiguousArray(configuration.instruments.map(InstrumentState.init))
    cash = configuration.cash
    reserved = .zero(configuration.cash.currency)
    breaker = CircuitBreaker(limit: configuration.limits.maximumDailyLoss, base: configuration.cash)
    counters = Counters(currency: configuration.cash.currency)
  }

  /// Takes one event and appends what has to be done.
  public mutating func handle(_ event: Event, into effects: inout EffectBuffer) {
    switch event {
    case .quote(let quote): see(quote)
    case .bar(let bar): see(bar)
    case .signal(let strategy, let proposal): accept(proposal, from: strategy, &effects)
    case .rechecked(let signal, let checks): rechecked(signal, checks, &effects)
    case .endOfInstant(let time): endOfInstant(time, &effects)
    case .sessionOpened(let time): sessionOpened(time, &effects)
    case .sessionClosed(let time): sessionClosed(time, &effects)
    case .external(let event): handle(event, &effects)
    }
  }

  /// A price arrives. Allocates nothing.
  public mutating func see(_ quote: Quote) {
    now = quote.time
    instruments[Int(quote.instrument.index)].see(
      open: quote.last.double, at: quote.time, isSessionFirst: quote.isSessionFirst)
  }

  /// Bars open at an instant: their first prices are known and nothing else of them. Allocates nothing.
  public mutating func see(opensOf bars: UnsafeBufferPointer<Bar>, at time: Timestamp) {
    now = time
    instruments.withUnsafeMutableBufferPointer { instruments in
      for bar in bars {
        instruments[Int(bar.instrument.index)].see(
          open: bar.open, at: time, isSessionFirst: bar.flags.contains(.sessionFirst))
      }
    }
  }

  /// Bars end at an instant. Allocates nothing.
  public mutating func see(_ bars: UnsafeBufferPointer<Bar>, at time: Timestamp) {
    now = time
    instruments.withUnsafeMutableBufferPointer { instruments in
      for index in bars.indices { instruments[Int(bars[index].instrument.index)].see(bars[index]) }
    }
  }

  /// Everything of this instant is in. Nothing happens while nothing but prices can have changed.
  @inline(__always)
  public mutating func endInstant(_ time: Timestamp, into effects: inout EffectBuffer) {
    if isQuiet { now = time } else { endOfInstant(time, &effects) }
  }

  /// Takes what the venue told of its own or in answer to a call.
  public mutating func take(_ report: OrderReport, into effects: inout EffectBuffer) {
    isQuiet = false
    take(report, &effects)
  }

  /// Takes how placing an order ended.
  public mutating func placed(
    _ number: OrderNumber, _ outcome: PlacementOutcome, reason: String, into effects: inout EffectBuffer
  ) {
    isQuiet = false
    placed(number, outcome, reason, &effects)
  }

  /// Takes a strategy's answer.
  public mutating func accept(
    _ proposal: SignalProposal, from strategy: StrategyID, into effects: inout EffectBuffer
  ) {
    accept(proposal, from: strategy, &effects)
  }

  /// Whether an order is at the venue or on its way there, so that prices matter to it.
  public var hasOpenOrders: Bool { orders.openCount > 0 }

  /// The time moves on, before anything of that instant is told.
  public mutating func advance(to time: Timestamp) { now = max(now, time) }

  /// A bar ends. Allocates nothing.
  public mutating func see(_ bar: Bar) {
    now = bar.end
    instruments[Int(bar.instrument.index)].see(bar)
  }

  private mutating func endOfInstant(_ time: Timestamp, _ effects: inout EffectBuffer) {
    now = time
    if isQuiet { return }
    // A loss that is already there stops entries before any is sent.
    watchEquity(&effects)
    expireSignals(&effects)
    timeOutApprovals(&effects)
    takeArrivals(&effects)
    executeApproved(&effects)
    lookAfterPositions(&effects)
    watchEquity(&effects)
    settle()
  }

  private mutating func handle(_ event: ExternalEvent, _ effects: inout EffectBuffer) {
    isQuiet = false
    switch event {
    case .approval(let approved, let rejected, let by): answer(approved, rejected, by, &effects)
    case .approvalTimeout(let numbers): timeOut(numbers, &effects)
    case .report(let report): take(report, &effects)
    case .placed(let order, let outcome, let reason): placed(order, outcome, reason, &effects)
    case .replaced(let order, let outcome, _), .cancelled(let order, let outcome, _):
      amended(order, outcome, &effects)
    case .command(let command): obey(command, &effects)
    }
  }

  /// Drops what has ended and notes whether the next instants can be skipped.
  private mutating func settle() {
    settleSignals()
    var needsCare = false
    var index = 0
    while index < positions.count {
      if positions[index].hasEnded, positions[index].quantity == .zero, !hasOpenOrder(index) {
        positions.remove(at: index)
        continue
      }
      if positions[index].needsCare { needsCare = true }
      index += 1
    }
    isQuiet = signals.isEmpty && !needsCare && (breaker.limit == nil || positions.isEmpty)
  }

  /// Drops signals that have ended.
  mutating func settleSignals() {
    var index = 0
    while index < signals.count {
      if signals[index].state.isFinal { signals.remove(at: index) } else { index += 1 }
    }
  }

  private func hasOpenOrder(_ index: Int) -> Bool {
    orders.isOpen(positions[index].entryOrder) || orders.isOpen(positions[index].stopOrder)
      || orders.isOpen(positions[index].targetOrder) || orders.isOpen(positions[index].exitOrder)
  }
}

/// What the core knows of one instrument's present.
struct InstrumentState {
  /// Last price; 0 while none was seen.
  var last = 0.0
  var lastTime: Timestamp = .distantPast
  /// Highest and lowest price since the last end of an instant that looked.
  var high = -Double.infinity
  var barEnded = false
  /// How many opens were seen: of sessions, or of bars where there are none.
  var opens: UInt64 = 0
  /// Reasons not to trade it: orders of unknown outcome, activity outside the host.
  var blocks = 0
  /// Whether only the first open of a session counts as one.
  let hasSessions: Bool

  init(_ instrument: Instrument) { hasSessions = instrument.market != .unfiltered }

  @inline(__always) mutating func see(open price: Double, at time: Timestamp, isSessionFirst: Bool) {
    last = price
    lastTime = time
    if price > high { high = price }
    if isSessionFirst || !hasSessions { opens &+= 1 }
  }

  @inline(__always) mutating func see(_ bar: Bar) {
    last = bar.close
    lastTime = bar.end
    if bar.high > high { high = bar.high }
    barEnded = true
  }

  var price: Price? { last > 0 ? Price(last) : nil }
}

/// What happened in a session, in numbers.
public struct Counters: Hashable, Sendable {
  public var signals = 0
  public var approved = 0
  public var rejected = 0
  public var expired = 0
  public var orders = 0
  public var fills = 0
  public var trades = 0
  public var realised: Money
  public var fees: Money

  init(currency: Currency) {
    realised = .zero(currency)
    fees = .zero(currency)
  }
}
