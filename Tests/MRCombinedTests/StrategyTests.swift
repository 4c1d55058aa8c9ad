import MarketCalendar
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@testable import MRCombinedLogic

/// The strategy as the host calls it, on the fixture whose last bar is a candidate.
@Suite struct `MR Combined` {
  @Test(arguments: Route.allCases)
  func `a candidate with everything behind it is raised for a person, at the open, with its own size`(
    _ route: Route
  ) throws {
    let told = try #require(run(route: route).signals.first)
    #expect(told.verdict == .raised)
    #expect(told.action == .enterLong)
    #expect(told.orderType == .market)
    #expect(told.personOnly)
    #expect(told.waitsForOpen)
    #expect(told.confidence == 60)
    #expect(close(try #require(told.expectedValue), -0.0008, within: 1e-12))
    #expect(try #require(told.ownQuantity) > .zero)
    #expect(told.code == "")
    // A Thursday's signal lives to Friday 12:00 in New York.
    #expect(told.barTime == instant("2012-12-13T00:00:00Z"))
    #expect(told.expiresAt == instant("2012-12-14T17:00:00Z"))
    #expect(told.checks.map(\.name) == Gate.Name.allCases.map(\.rawValue))
    #expect(told.failed == [])
    #expect(
      told.checks.filter { $0.kind == .bar }.map(\.name)
        == ["trend", "score", "relative_volume", "price", "traded_value", "stop_positive"])
  }

  @Test(
    arguments: [
      (["ev_minimum": "0.0015"], "ev_net"),
      (["ev_minimum": "-0.01", "p_minimum": "0.61"], "p_hat"),
      (["ev_minimum": "-0.01", "risk_percent": "0.001"], "size_zero"),
      (["ev_minimum": "0.0015", "p_minimum": "0.61", "risk_percent": "0.001"], "ev_net"),
      (["ev_minimum": "-0.01", "earnings": "AAA:2012-12-14"], "earnings"),
    ] as [([String: String], String)])
  func `a refusal names the first thing that failed`(_ changes: [String: String], _ code: String) throws {
    let told = try #require(run(changes).signals.first)
    #expect(told.verdict == .refused)
    #expect(told.code == code)
    #expect(told.text.contains("refused: \(code)"))
  }

  @Test func `what the portfolio says stops a signal`() throws {
    let busy = try run { $0.holdings[InstrumentID(0)] = Holding(hasWorkingOrder: true) }
    #expect(busy.signals.first?.code == "free")
    let blocked = try run { $0.holdings[InstrumentID(0)] = Holding(isBlocked: true) }
    #expect(blocked.signals.first?.code == "free")
    let tripped = try run { $0.account.isBreakerTripped = true }
    #expect(tripped.signals.first?.code == "breaker")
    let euros = try run { $0.fund(Money("100000", Currency("EUR")!)!) }
    #expect(euros.signals.first?.code == "size_zero")
    let none = try run { $0.withheld = ["wharf.portfolio/1"] }
    #expect(none.signals.first?.failed == ["free", "breaker"])
  }

  @Test func `decisions before the start only warm up`() throws {
    let last = Weakness.bars().last!.end
    #expect(try run(from: last.adding(seconds: 1)).signals.isEmpty)
    #expect(try run(from: last).signals.count == 1)
    #expect(try run(explain: true, from: last.adding(seconds: 1)).signals.isEmpty)
  }

  @Test func `a quiet session says nothing, an explained one says everything`() throws {
    let bars = Array(Weakness.bars().dropLast())
    #expect(try run(bars: bars).signals.isEmpty)
    let signals = try run(explain: true, bars: bars).signals
    #expect(signals.count == bars.count)
    #expect(signals.allSatisfy { $0.verdict == .evaluated })
    #expect(signals.prefix(219).allSatisfy { $0.code == "insufficient_history" && $0.checks.isEmpty })
    #expect(signals[219].code == "score")
    #expect(signals[219].decimal("plan.entry") != nil)
  }

  @Test func `virtual trades are told while explaining only, from the start on`() throws {
    let bars = Weakness.bars(extra: 8)
    let signal = Weakness.bars().last!.end
    #expect(try run(bars: bars).virtualTrades.isEmpty)
    #expect(try run(explain: true, from: signal, bars: bars).virtualTrades.map(\.code) == ["time"])
    #expect(try run(explain: true, from: signal.adding(seconds: 1), bars: bars).virtualTrades.isEmpty)
  }

  @Test func `a limit entry is a limit order, a target has a price and a distance`() throws {
    let told = try #require(run(Self.willing.merging(["entry": "limit", "target": "true"]) { $1 }).signals.first)
    #expect(told.orderType == .limit)
    #expect(told.limitPrice == told.decimal("plan.limit_entry"))
    #expect(told.entryPrice == told.limitPrice)
    #expect(try #require(told.targetPrice) > #require(told.entryPrice))
    #expect(try #require(told.targetDistance) > .zero)
  }

  @Test(arguments: Route.allCases)
  func `a close above the mean of five asks to leave, once the position is its own`(_ route: Route) throws {
    let session = try run(route: route)
    let signal = try #require(session.signals.first)
    let entry = Weakness.session(Weakness.count)
    try session.fill(fill(.buy, of: signal, at: "100", held: 1))
    let level = signal.close
    try session.offer([.on(entry, open: level, high: level * 1.2, low: level, close: level * 1.1)])
    let exit = try #require(session.signals.first { $0.action == .exit })
    #expect(exit.verdict == .raised)
    #expect(exit.exitReason == .strategy)
    #expect(exit.code == "sma5")
    #expect(exit.barTime == entry.date.midnightUTC)
  }

  @Test func `a real trade replaces the virtual one of its signal in what the strategy knows`() throws {
    // Every stored trade is near, so the last evaluation shows all of them.
    let session = try run(Self.willing.merging(["near": "1"]) { $1 }, explain: true)
    let signal = try #require(session.signals.last)
    try session.fill(fill(.buy, of: signal, at: "100", held: 1))
    try session.fill(fill(.sell, of: signal, at: "90", held: 0))
    // The virtual trade of the same signal closes without a loss eight sessions later.
    try session.offer(Array(Weakness.bars(extra: 8).suffix(8)))
    #expect(session.virtualTrades.count == 1)
    let told = try #require(session.signals.last)
    #expect(told.number("ev.n") == 1)
    #expect(told.number("ev.wins") == 0)
    #expect(close(try #require(told.number("ev.loss_avg")), (0.1 + 0.88) / 41, within: 1e-12))
  }

  @Test(arguments: Route.allCases)
  func `an approved signal is checked again with the account of that moment`(_ route: Route) throws {
    let session = try run(route: route)
    let signal = try #require(session.signals.first)
    let open = Weakness.session(Weakness.count).open
    var request = Recheck(
      instrument: InstrumentID(0), barTime: signal.barTime, now: open, price: Price(signal.close)!, quoteTime: open)
    func failed() throws -> [String] { try session.recheck(request).filter { !$0.passed }.map(\.name) }
    // The signal itself is pending, which does not stand in its way.
    session.host.holdings[InstrumentID(0)] = Holding(hasPendingSignal: true)
    #expect(try failed() == [])
    session.host.holdings[InstrumentID(0)] = Holding(hasPosition: true)
    #expect(try failed() == ["free"])
    session.host.holdings = [:]
    session.host.account.isBreakerTripped = true
    #expect(try failed() == ["breaker"])
    request.barTime = .distantPast
    #expect(try failed() == ["signal_known"])
  }

  @Test func `the sessions before the tables come from the host`() throws {
    let known = SessionCalendar.xnys.extended(withDates: [date("2009-12-30"), date("2009-12-31")])
    let session = try run(explain: true, bars: []) { $0.calendars["XNYS"] = known }
    let day = date("2009-12-31").midnightUTC
    try session.offer([
      Bar(
        start: day, end: day.adding(seconds: 21 * 3600), open: 9, high: 9, low: 9, close: 9, volume: 1,
        instrument: InstrumentID(0))
    ])
    #expect(session.signals.map(\.code) == ["insufficient_history"])
  }

  @Test func `a host without the calendar leaves sessions to the data, one with others is an error`() throws {
    let told = try #require(run { $0.calendars = [:] }.signals.first)
    #expect(told.failed == [])
    #expect(told.checks.last?.note == "from_data")
    #expect(told.expiresAt == nil)
    let failure = #expect(throws: PluginError.self) { try run { $0.calendars["XNYS"] = .xlon } }
    #expect(failure?.status == .unsupported)
  }

  @Test func `instruments without daily bars are left out with a warning`() throws {
    let host = TestHost(declared: [:])
    var minute = equity("AAA")
    minute.barSeconds = 60
    let driver = try StrategyDriver(
      MRCombined.self, host: host, instruments: [minute], session: SessionStart(explain: true))
    try driver.offer(Weakness.bars())
    #expect(host.log.map(\.text) == ["AAA: expected daily bars, found bars of 60 s; it is left out"])
    #expect(driver.signals.isEmpty)
  }

  /// Options under which the prior alone raises a signal.
  static let willing = ["ev_minimum": "-0.01"]

  private func run(
    _ changes: [String: String] = willing, route: Route = .direct, explain: Bool = false,
    from: Timestamp = .distantPast, bars: [Bar] = Weakness.bars(), host prepare: (TestHost) -> Void = { _ in }
  ) throws -> StrategyDriver<MRCombined> {
    let host = TestHost(declared: changes)
    prepare(host)
    let driver = try StrategyDriver(
      MRCombined.self, route: route, host: host, instruments: [equity("AAA")],
      session: SessionStart(explain: explain, decideFrom: from))
    try driver.offer(bars)
    return driver
  }

  private func fill(_ side: Side, of signal: Signal, at text: String, held: Int64) -> Fill {
    Fill(
      instrument: signal.instrument, side: side, exitReason: side == .sell ? .manual : nil, signalBar: signal.barTime,
      time: Weakness.session(Weakness.count).open, price: price(text), quantity: Quantity(nanos: 1_000_000_000),
      position: Quantity(nanos: held * 1_000_000_000))
  }
}

@Suite struct `Numbers for a person` {
  @Test(
    arguments: [
      (0.366, 3, "0.366"), (-0.25175, 3, "-0.252"), (0.0004, 3, "0.000"), (-0.0004, 3, "0.000"), (12, 0, "12"),
      (9.9996, 3, "10.000"), (.nan, 3, "?"), (1e300, 3, "?"),
    ] as [(Double, Int, String)])
  func `decimals round to nearest`(_ value: Double, _ digits: Int, _ text: String) {
    #expect(decimal(value, digits) == text)
  }

  @Test func `fractions print as per cent with their sign`() {
    #expect(percent(0.00366) == "+0.366 %")
    #expect(percent(-0.0008) == "-0.080 %")
  }
}
