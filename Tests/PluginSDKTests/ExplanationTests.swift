import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

/// Raises a signal with explanations on every bar, and one with nothing else on the last of a session.
private struct Explaining: Strategy {
  init(host: HostServices) throws(PluginError) {}
  mutating func start(_ instruments: [Instrument], _ session: SessionStart) {}
  mutating func onBar(_ bar: Bar, _ context: borrowing StrategyContext) {
    var signal = Signal.enterLong(bar: bar)
    signal.code = "a_code"
    if context.session != .last {
      signal.fields = [.integer("own", "first", 1)]
      signal.checks = [Check("trend", .bar, passed: true)]
      signal.text = "why"
    }
    context.raise(
      signal,
      explainedBy: [
        .number("inputs", "rsi2", 2.5), .number("", "x", .nan), .decimal("plan", "stop", Price("1.5")!),
        .integer("plan", "closes", 3),
      ])
    if context.session == .last, let bar = context.bar { context.raise(Signal.exit(bar: bar)) }
  }
}

@Suite struct Explanations {
  @Test(arguments: Route.allCases)
  func `arrive behind a signal's own fields`(_ route: Route) throws {
    let driver = try StrategyDriver(Explaining.self, route: route, host: TestHost())
    let start = CivilDate(daysSinceEpoch: 18_000).midnightUTC
    let bar = Bar(
      start: start, end: start.adding(seconds: 60), open: 1, high: 1, low: 1, close: 1, volume: 1,
      instrument: InstrumentID(0))
    let values: [Field] = [
      .number("inputs", "rsi2", 2.5), .number("", "x", nil), .decimal("plan", "stop", Price("1.5")!),
      .integer("plan", "closes", 3),
    ]
    try driver.bar(bar)
    var expected = Signal.enterLong(bar: bar)
    expected.code = "a_code"
    expected.fields = values
    var full = expected
    full.fields.insert(.integer("own", "first", 1), at: 0)
    full.checks = [Check("trend", .bar, passed: true)]
    full.text = "why"
    #expect(driver.signals == [full])
    try driver.bar(bar, session: .last)
    #expect(driver.signals == [full, expected, Signal.exit(bar: bar)])
  }
}
