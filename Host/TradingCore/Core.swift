import MarketCalendar
import TradingTypes

/// The road as a deterministic state machine: an event goes in, effects come out, and nothing else happens.
///
/// It does no I/O, reads no clock and draws no random numbers; equal configurations and equal events give equal
/// effects. One thread owns it, and there is one of it: nothing copies it by mistake.
public struct Core: ~Copyable, Sendable {
  /// What it was made with.
  public let configuration: CoreConfiguration

  var hours: MarketHours
  var instruments = Pool<InstrumentState>()
  /// Signals that have not ended; those in state `generated` arrived in this instant and wait for its end.
  var signals = Pool<Signal>()
  var hasArrivals = false
  /// Whether a signal has ended since those that have ended were dropped.
  var hasEndedSignals = false
  var orders: OrderBook
  var positions = Pool<Position>()
  var cash: Money
  var reserved: Money
  var breaker: CircuitBreaker
  var entriesStopped = false
  var failed = FailedStrategies()
  var now: Timestamp = .distantPast
  var nextSignal: SignalNumber = 1
  var nextPosition: PositionNumber = 1
  var nextFill: UInt64 = 1
  /// Whether nothing but prices can change at the next end of an instant.
  public internal(set) var isQuiet = true

  /// What happened so far, in numbers.
  public internal(set) var counters: Counters

  /// Makes a core at the start of a session.
  public init(_ configuration: CoreConfiguration) {
    self.configuration = configuration
    hours = MarketHours(configuration)
    orders = OrderBook(prefix: configuration.clientOrderPrefix)
    cash = configuration.cash
    reserved = .zero(configuration.cash.currency)
    breaker = CircuitBreaker(limit: configuration.limits.maximumDailyLoss, base: configuration.cash)
    counters = Counters(currency: configuration.cash.currency)
    for instrument in configuration.instruments { instruments.append(InstrumentState(instrument)) }
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

  /// A bar opens at an instant: its first price is known and nothing else of it. Allocates nothing.
  public mutating func see(open bar: UnsafePointer<Bar>, at time: Timestamp) {
    instruments[Int(bar.pointee.instrument.index)].see(
      open: bar.pointee.open, at: time, isSessionFirst: bar.pointee.flags.contains(.sessionFirst))
  }

  /// Bars of one instrument open and end, one after the other, and nothing happens between. Allocates nothing.
  public mutating func see(whole bars: UnsafeBufferPointer<Bar>) {
    guard let last = bars.last else { return }
    now = last.end
    instruments[Int(last.instrument.index)].see(whole: bars)
  }

  /// A bar ends. Allocates nothing.
  public mutating func see(_ bar: UnsafePointer<Bar>) {
    instruments[Int(bar.pointee.instrument.index)].see(bar.pointee)
  }

  // What is asked for each bar is `mutating` though it changes nothing: otherwise the compiler copies the whole core to pass
  // it on.

  /// Whether an order of an instrument is at the venue or on its way there, so that its prices matter.
  public mutating func pricesMatter(_ instrument: InstrumentID) -> Bool {
    orders.openCount > 0 && instruments[Int(instrument.index)].openOrders > 0
  }

  /// Whether the outcome of an order is not known.
  @inline(__always)
  public mutating func hasUnknownOrders() -> Bool { orders.unknownCount > 0 }

  /// Everything of this instant is in. Nothing happens while the core is quiet: then nobody needs to call it.
  public mutating func endInstant(_ time: Timestamp, into effects: inout EffectBuffer) {
    endOfInstant(time, &effects)
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

  /// Takes the first of a strategy's answers that wait.
  public mutating func accept(
    firstOf signals: inout SignalBuffer, from strategy: StrategyID, into effects: inout EffectBuffer
  ) {
    accept(signals.removeFirst(), from: strategy, &effects)
  }

  /// The time moves on, before anything of that instant is told.
  public mutating func advance(to time: Timestamp) { if time > now { now = time } }

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
    if hasUnsentSignals() { advanceSignals(&effects) }
    if !positions.isEmpty { lookAfterPositions(&effects) }
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
    case .strategyFailed(let failure): strategyFailed(failure, &effects)
    case .strategyReplaced(let replacement): strategyReplaced(replacement, &effects)
    case .pluginFailed, .pluginReplaced: break
    }
  }

  /// Drops what has ended, begins to watch prices anew and notes whether the next instants can be skipped.
  @inline(__always)
  private mutating func settle() {
    settleSignals()
    var needsCare = false
    var index = 0
    while index < positions.count {
      let slot = Int(positions[index].instrument.index)
      instruments[slot].forgetPrices()
      if positions[index].hasEnded, positions[index].quantity == .zero, !hasOpenOrder(index) {
        positions.remove(at: index)
        continue
      }
      if positions[index].needsCare || instruments[slot].blocks > 0 { needsCare = true }
      index += 1
    }
    isQuiet = signals.isEmpty && !needsCare && (breaker.limit == nil || positions.isEmpty)
  }

  /// Drops signals that have ended.
  mutating func settleSignals() {
    guard hasEndedSignals else { return }
    hasEndedSignals = false
    var index = 0
    while index < signals.count {
      if signals[index].state.isFinal { signals.remove(at: index) } else { index += 1 }
    }
  }

  private mutating func hasOpenOrder(_ index: Int) -> Bool {
    guard instruments[Int(positions[index].instrument.index)].openOrders > 0 else { return false }
    return orders.isOpen(positions[index].entryOrder) || orders.isOpen(positions[index].stopOrder)
      || orders.isOpen(positions[index].targetOrder) || orders.isOpen(positions[index].exitOrder)
  }
}

/// What the core knows of one instrument's present.
struct InstrumentState: Sendable {
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
  /// Orders that have not ended.
  var openOrders = 0
  /// Whether only the first open of a session counts as one.
  let hasSessions: Bool

  init(_ instrument: Instrument) { hasSessions = instrument.market != .unfiltered }

  @inline(__always) mutating func see(open price: Double, at time: Timestamp, isSessionFirst: Bool) {
    last = price
    lastTime = time
    if price > high { high = price }
    if isSessionFirst || !hasSessions { opens &+= 1 }
  }

  /// Bars that open and end, one after the other; at least one.
  @inline(__always) mutating func see(whole bars: UnsafeBufferPointer<Bar>) {
    var high = high
    for bar in bars {
      if bar.flags.contains(.sessionFirst) || !hasSessions { opens &+= 1 }
      if bar.open > high { high = bar.open }
      if bar.high > high { high = bar.high }
    }
    self.high = high
    see(bars[bars.count - 1])
  }

  @inline(__always) mutating func see(_ bar: borrowing Bar) {
    last = bar.close
    lastTime = bar.end
    if bar.high > high { high = bar.high }
    barEnded = true
  }

  /// What was seen so far has been looked at.
  @inline(__always) mutating func forgetPrices() {
    barEnded = false
    high = -.infinity
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
