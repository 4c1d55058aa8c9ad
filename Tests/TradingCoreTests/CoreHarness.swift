import MarketCalendar
import TradingTypes

@testable import TradingCore

/// A core with one or more instruments, driven by hand; effects are collected, orders answered by the test.
final class CoreHarness {
  var core: Core
  var effects: [Effect] = []
  /// Everything that was done so far, in words.
  var history: [String] = []
  /// Whether the core looks around at each end of an instant, also where it would find nothing.
  var looksAtEveryInstant = false
  var time = Timestamp(nanoseconds: 1_000_000_000_000)

  init(
    symbols: [String] = ["AAA", "BBB", "CCC"], limits: Limits = .unlimited, cash: String = "100000",
    approval: CoreConfiguration.Approval = .automatic, rechecks: Bool = false,
    strategies: [String] = ["test"]
  ) {
    let instruments = symbols.enumerated().map { index, symbol in
      Instrument(
        id: InstrumentID(UInt32(index)), symbol: symbol, currency: .usd, market: .unfiltered, exchange: "",
        tick: Price("0.01")!, step: Quantity("1")!, barSeconds: 60)
    }
    core = Core(
      CoreConfiguration(
        instruments: instruments, calendars: [:], strategies: strategies.map { .init(id: $0, rechecks: rechecks) },
        cash: Money(cash, .usd)!, limits: limits, approval: approval, clientOrderPrefix: "T-"))
  }

  // What tests look at, as values: the core itself cannot be copied into an expectation.
  var counters: Counters { core.counters }
  var cashBalance: Money { core.cashBalance }
  var buyingPower: Money? { core.buyingPower }
  var openPositions: Int { core.openPositions }
  var isBreakerTripped: Bool { core.isBreakerTripped }
  var positions: [HeldPosition] { core.positions.indices.map { core.positions[$0].held(lastPrice: nil) } }
  func holding(_ instrument: InstrumentID) -> Holding { core.holding(instrument) }
  func isAwaitingApproval(_ number: SignalNumber) -> Bool { core.isAwaitingApproval(number) }

  func handle(_ event: Event) {
    var buffer = EffectBuffer()
    if looksAtEveryInstant { core.isQuiet = false }
    core.handle(event, into: &buffer)
    while !buffer.isEmpty {
      let effect = buffer.removeFirst()
      history.append("\(effect)")
      if case .place(let number) = effect { history.append("\(core.request(number))") }
      effects.append(effect)
    }
  }

  func external(_ event: ExternalEvent) { handle(.external(event)) }

  /// One bar a minute later, ending the instant.
  func bar(_ price: Double, high: Double? = nil, _ instrument: UInt32 = 0, end: Bool = true) {
    let start = time
    time = time.adding(seconds: 60)
    handle(
      .bar(
        Bar(
          start: start, end: time, open: price, high: high ?? price, low: price, close: price, volume: 1000,
          instrument: InstrumentID(instrument))))
    if end { handle(.endOfInstant(time)) }
  }

  func proposal(
    _ instrument: UInt32 = 0, quantity: String = "10", close: Double = 100, stop: String = "0", target: String = "0"
  ) -> SignalProposal {
    var proposal = SignalProposal(
      instrument: InstrumentID(instrument), verdict: .raised, action: .enterLong, barTime: time, decidedAt: time,
      close: close)
    proposal.flags = [.ownSize]
    proposal.quantity = Quantity(quantity)!
    proposal.entryPrice = Price(close)!
    proposal.stopPrice = Price(stop)!
    proposal.targetPrice = Price(target)!
    return proposal
  }

  func raise(_ proposal: SignalProposal, from strategy: UInt16 = 0, end: Bool = true) {
    handle(.signal(StrategyID(strategy), proposal))
    if end { handle(.endOfInstant(time)) }
  }

  /// Takes the orders sent since the last time.
  func takePlaced() -> [(number: OrderNumber, request: OrderRequest)] {
    let placed = effects.compactMap { effect in
      if case .place(let number) = effect { (number, core.request(number)) } else { nil }
    }
    effects.removeAll { if case .place = $0 { true } else { false } }
    return placed
  }

  func accept(_ order: (number: OrderNumber, request: OrderRequest)) {
    external(.placed(order.number, .accepted, reason: ""))
  }

  func fill(
    _ order: (number: OrderNumber, request: OrderRequest), _ quantity: String, at price: String,
    cumulative: String? = nil
  ) {
    report(order, .fill, quantity, price, cumulative ?? quantity)
  }

  func report(
    _ order: (number: OrderNumber, request: OrderRequest), _ kind: OrderReport.Kind, _ quantity: String = "0",
    _ price: String = "0", _ cumulative: String = "0", stop: String = "0"
  ) {
    external(
      .report(
        OrderReport(
          reportID: "r", clientOrderID: order.request.clientOrderID, venueOrderID: "v",
          instrument: order.request.instrument, kind: kind, side: order.request.side, time: time,
          quantity: Quantity(quantity)!, price: Price(price)!, feeNanos: 0, cumulative: Quantity(cumulative)!,
          stopPrice: Price(stop)!, reason: "")))
  }

  /// Enters with one fill and answers the protective orders; gives back entry, stop and target.
  func open(
    _ proposal: SignalProposal, at price: String, from strategy: UInt16 = 0
  ) -> [(number: OrderNumber, request: OrderRequest)] {
    raise(proposal, from: strategy)
    var placed = takePlaced()
    accept(placed[0])
    fill(placed[0], proposal.quantity.description, at: price)
    let protection = takePlaced()
    for order in protection { accept(order) }
    placed += protection
    return placed
  }

  var decisions: [DecisionRecord] {
    effects.compactMap { if case .record(.decision(let decision)) = $0 { decision } else { nil } }
  }
  var codes: [String] { decisions.map(\.decision.code) }
  var trades: [TradeRecord] {
    effects.compactMap { if case .record(.trade(let trade)) = $0 { trade } else { nil } }
  }
}
