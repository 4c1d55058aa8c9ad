import PluginSDK
import PluginTestKit
import RSI2Logic
import StrategyTestSupport
import Testing
import TradingTypes

private func host(
  entryBelow: OptionValue = 10.0, exitAbove: OptionValue = 70.0, trend: OptionValue = 2, quantity: OptionValue = 1.0
) -> TestHost {
  TestHost(["entry_below": entryBelow, "exit_above": exitAbove, "trend": trend, "quantity": quantity])
}

private let badOptions = [
  BadOption(name: "entry_below", value: -0.5, message: "option entry_below: expected 0 to 100, found -0.5"),
  BadOption(name: "exit_above", value: 100.5, message: "option exit_above: expected 0 to 100, found 100.5"),
  BadOption(name: "trend", value: 0, message: "option trend: expected an integer in 1...500, found 0"),
  BadOption(name: "trend", value: 501, message: "option trend: expected an integer in 1...500, found 501"),
  BadOption(name: "quantity", value: 0.0, message: "option quantity: expected above 0, found 0"),
]

/// Closes that reach a level exactly or miss it by the least, where doubles go wrong.
struct Edge: Sendable, CustomTestStringConvertible {
  var closes: [Double]
  var level: OptionValue
  var trend: OptionValue = 2
  /// The closes a signal is raised on.
  var signals: [Double]
  var testDescription: String { "\(closes) and \(level)" }

  static let entering = [
    // Changes of -0.9 and 0.1 are an index of 10, and 9.2 is above the mean of the last two.
    Edge(closes: [10, 9.1, 9.2], level: 10.0, signals: []),
    Edge(closes: [10, 9.1, 9.2], level: 10.000000001, signals: [9.2]),
    Edge(closes: [10, 9.1, 9.199999999], level: 10.0, signals: [9.199999999]),
    Edge(closes: [10, 9.1, 9.200000001], level: 10.0, signals: []),
    // Where nothing moves the index stays what it was.
    Edge(closes: [10, 9.1, 9.2, 9.2], level: 10.0, trend: 3, signals: []),
    Edge(closes: [10, 9.1, 9.2, 9.2], level: 10.000000001, trend: 3, signals: [9.2]),
    // Averages of 0.1 up and 1.8 down, then 0.1 and 0.9.
    Edge(closes: [20, 16.4, 16.6, 16.7], level: 10.0, signals: [16.6]),
    // The close is on its average, and a billionth above it.
    Edge(closes: [0.3, 0.1, 0.1, 0.1], level: 90.0, trend: 3, signals: []),
    Edge(closes: [0.4, 0.2, 0.1, 0.100000001], level: 10.0, signals: [0.100000001]),
    // The ends of the scale.
    Edge(closes: [10, 9, 8, 8.000000001], level: 0.0, signals: []),
    Edge(closes: [8, 9, 10, 11], level: 100.0, signals: []),
    Edge(closes: [5, 5, 5, 5], level: 100.0, signals: []),
    // The widest change there can be.
    Edge(closes: [9.1e9, 1e-9, 9.1e9], level: 50.0, signals: []),
    Edge(closes: [9.1e9, 1e-9, 9.1e9], level: 50.000000001, signals: [9.1e9]),
  ]

  static let leaving = [
    Edge(closes: [10, 10.7, 10.4], level: 70.0, signals: []),
    Edge(closes: [10, 10.7, 10.4], level: 69.999999999, signals: [10.4]),
    Edge(closes: [10, 10.700000001, 10.400000001], level: 70.0, signals: [10.400000001]),
    Edge(closes: [10, 10.7, 10.4, 10.4, 10.4], level: 70.0, signals: []),
    Edge(closes: [10, 10, 10], level: 0.0, signals: []),
    Edge(closes: [10, 11, 12], level: 100.0, signals: []),
    Edge(closes: [10, 11, 12], level: 99.999999999, signals: [12]),
  ]
}

@Suite struct `RSI2 as a strategy` {
  @Test(arguments: badOptions)
  func `an option that cannot be used is named with what was expected`(_ bad: BadOption) throws {
    let host = host()
    host.options[bad.name] = bad.value
    let failure = #expect(throws: PluginError.self) { try StrategyDriver(RSI2.self, host: host) }
    #expect(failure == PluginError(.configuration, bad.message))
  }

  @Test(arguments: Route.allCases)
  func `it enters low above the trend and leaves high`(_ route: Route) throws {
    let host = host(entryBelow: 80.0, exitAbove: 85.0, trend: 4, quantity: 7.0)
    var loop = FillLoop(try StrategyDriver(RSI2.self, route: route, host: host))
    try loop.run(bars([10, 14, 16, 15, 19, 20, 21]))
    let signals = loop.driver.signals
    #expect(signals.map(\.action) == [.enterLong, .exit])
    #expect(signals.map(\.close) == [15, 19])
    #expect(signals.map(\.ownQuantity) == [Quantity("7"), Quantity("7")])
    #expect(signals.map(\.exitReason) == [nil, .strategy])
    #expect(signals.map(\.code) == ["rsi2", "rsi2"])
    #expect(signals.first?.fields == [.number("inputs", "rsi2", 75), .number("inputs", "sma", 13.75)])
    #expect(loop.trades.map(\.entryPrice) == [19])
    #expect(loop.trades.map(\.exitPrice) == [20])
  }

  @Test(arguments: Edge.entering)
  func `the levels to enter at are compared with exactly`(_ edge: Edge) throws {
    let driver = try StrategyDriver(RSI2.self, host: host(entryBelow: edge.level, trend: edge.trend))
    for bar in bars(edge.closes) { try driver.bar(bar) }
    #expect(driver.signals.map(\.close) == edge.signals)
    #expect(driver.signals.allSatisfy { $0.action == .enterLong })
  }

  @Test(arguments: Edge.leaving)
  func `the level to leave at is compared with exactly`(_ edge: Edge) throws {
    let driver = try StrategyDriver(RSI2.self, host: host(exitAbove: edge.level))
    let bars = bars(edge.closes)
    try driver.fill(holding(1, bars[0]))
    for bar in bars { try driver.bar(bar) }
    #expect(driver.signals.map(\.close) == edge.signals)
    #expect(driver.signals.allSatisfy { $0.action == .exit && $0.ownQuantity == Quantity("1") })
  }

  @Test func `one fall long ago still counts against all gains`() throws {
    let driver = try StrategyDriver(RSI2.self, host: host(entryBelow: 100.0))
    for bar in bars([10, 9] + (10..<300).map(Double.init)) { try driver.bar(bar) }
    #expect(driver.signals.count == 290)
  }

  @Test func `each instrument has its own history and position`() throws {
    let driver = try StrategyDriver(
      RSI2.self, host: host(), instruments: [.example("A", id: 0), .example("B", id: 1)])
    let first = bars([10, 9, 9.05, 8])
    let second = bars([10, 11, 12, 13], instrument: 1)
    try driver.fill(holding(1, second[0]))
    for (first, second) in zip(first, second) {
      try driver.bar(first)
      try driver.bar(second)
    }
    #expect(driver.signals.map(\.instrument) == [InstrumentID(0), InstrumentID(1), InstrumentID(1)].sorted())
    #expect(driver.signals.map(\.action) == [.enterLong, .exit, .exit])
  }
}

/// The fill that leaves so many units of a bar's instrument held.
func holding(_ units: Int64, _ bar: Bar) -> Fill {
  let quantity = Quantity(nanos: units * 1_000_000_000)
  return Fill(
    instrument: bar.instrument, side: .buy, signalBar: bar.start, time: bar.start, price: Price(bar.open)!,
    quantity: quantity, position: quantity)
}
