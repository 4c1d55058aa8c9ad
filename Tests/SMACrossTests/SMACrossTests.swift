import PluginSDK
import PluginTestKit
import StrategyTestSupport
import SMACrossLogic
import Testing
import TradingTypes

private func host(
  fast: OptionValue = 2, slow: OptionValue = 3, mode: OptionValue = "cross", quantity: OptionValue = 1
) -> TestHost {
  TestHost(["fast": fast, "slow": slow, "mode": mode, "quantity": quantity])
}

private let badOptions = [
  BadOption(name: "fast", value: 0, message: "option fast: expected an integer in 1...500, found 0"),
  BadOption(name: "slow", value: 501, message: "option slow: expected an integer in 2...500, found 501"),
  BadOption(name: "fast", value: 3, message: "option fast: expected less than slow (3), found 3"),
  BadOption(
    name: "fast", value: "2",
    message: "option fast: expected an integer in the manifest, found an option of another type"),
  BadOption(name: "mode", value: "edge", message: "option mode: expected one of cross, level, found \"edge\""),
  BadOption(name: "quantity", value: 0, message: "option quantity: expected above 0, found 0"),
  BadOption(name: "quantity", value: -1.5, message: "option quantity: expected above 0, found -1.5"),
]

@Suite struct `SMA Cross` {
  @Test(arguments: badOptions)
  func `an option that cannot be used is named with what was expected`(_ bad: BadOption) throws {
    let host = host()
    host.options[bad.name] = bad.value
    let failure = #expect(throws: PluginError.self) { try StrategyDriver(SMACross.self, host: host) }
    #expect(failure == PluginError(.configuration, bad.message))
  }

  @Test(arguments: Route.allCases)
  func `the crossing enters once above and leaves once below`(_ route: Route) throws {
    var loop = FillLoop(try StrategyDriver(SMACross.self, route: route, host: host(quantity: 7)))
    try loop.run(bars([10, 9, 8, 7, 9, 11, 12, 11, 9, 8, 7]))
    let signals = loop.driver.signals
    #expect(signals.map(\.action) == [.enterLong, .exit])
    #expect(signals.map(\.close) == [11, 9])
    #expect(signals.map(\.ownQuantity) == [Quantity("7"), Quantity("7")])
    #expect(signals.map(\.exitReason) == [nil, .strategy])
    #expect(signals.map(\.code) == ["sma_cross", "sma_cross"])
    #expect(
      signals.first?.fields == [.number("inputs", "sma_fast", 10), .number("inputs", "sma_slow", 9)])
  }

  @Test func `the crossing does not enter when the first full averages are already crossed`() throws {
    let closes = [1.0, 2, 3, 4, 5, 6]
    var cross = FillLoop(try StrategyDriver(SMACross.self, host: host()))
    try cross.run(bars(closes))
    #expect(cross.driver.signals.isEmpty)
    var level = FillLoop(try StrategyDriver(SMACross.self, host: host(mode: "level")))
    try level.run(bars(closes))
    #expect(level.driver.signals.map(\.close) == [3])
  }

  @Test func `a tie is not above and not below`() throws {
    // The averages meet exactly on flat closes of 0.1, which no double holds, and separate again the same way.
    let flat = Array(repeating: 0.1, count: 200)
    for mode: OptionValue in ["cross", "level"] {
      var loop = FillLoop(try StrategyDriver(SMACross.self, host: host(fast: 20, slow: 50, mode: mode)))
      try loop.run(bars(flat))
      #expect(loop.driver.signals.isEmpty)
    }
    var touching = FillLoop(try StrategyDriver(SMACross.self, host: host()))
    try touching.run(bars([8, 9, 10, 10, 10, 11, 12]))
    #expect(touching.driver.signals.map(\.close) == [11], "equal, then above, is a crossing")
    var leaving = FillLoop(try StrategyDriver(SMACross.self, host: host()))
    try leaving.run(bars([10, 9, 8, 9, 10, 10, 10, 9]))
    #expect(leaving.driver.signals.map(\.close) == [10, 9], "equal keeps the position, below leaves it")
  }

  @Test func `without a fill the level asks again and the crossing does not`() throws {
    let rising = bars([3, 2, 1, 2, 3, 4, 5])
    let cross = try StrategyDriver(SMACross.self, host: host())
    let level = try StrategyDriver(SMACross.self, host: host(mode: "level"))
    for bar in rising {
      try cross.bar(bar)
      try level.bar(bar)
    }
    #expect(cross.signals.map(\.close) == [3])
    #expect(level.signals.map(\.close) == [3, 4, 5])
  }

  @Test func `each instrument has its own averages and position`() throws {
    let driver = try StrategyDriver(
      SMACross.self, host: host(), instruments: [.example("A", id: 0), .example("B", id: 1)])
    let rising = bars([3, 2, 1, 3, 5, 7])
    let falling = bars([3, 4, 5, 3, 1, 0.5], instrument: 1)
    for (first, second) in zip(rising, falling) {
      try driver.bar(first)
      try driver.bar(second)
    }
    #expect(driver.signals.map(\.instrument) == [InstrumentID(0)])
    try driver.fill(
      Fill(
        instrument: InstrumentID(1), side: .buy, signalBar: rising[0].start, time: rising[1].start,
        price: Price("1")!, quantity: Quantity("1")!, position: Quantity("1")!))
    #expect(driver.strategy?.held(InstrumentID(0)) == .zero)
    #expect(driver.strategy?.held(InstrumentID(1)) == Quantity("1"))
  }

  @Test func `a decision does not change when later bars are cut off`() throws {
    let all = workloadBars(2000)
    func signals(_ bars: ArraySlice<Bar>) throws -> [Signal] {
      var loop = FillLoop(try StrategyDriver(SMACross.self, host: host(fast: 5, slow: 20)))
      try loop.run(Array(bars))
      return loop.driver.signals
    }
    let whole = try signals(all[...])
    for cut in [100, 500, 1234, 1999] {
      let end = all[cut - 1].end
      #expect(try signals(all[..<cut]) == whole.filter { $0.decidedAt <= end })
    }
  }

  @Test(arguments: [Double.nan, .infinity, 0, -1, 9.3e9])
  func `a close that is no usable price stops the strategy and says so`(_ close: Double) throws {
    let host = host()
    let driver = try StrategyDriver(SMACross.self, route: .tables, host: host)
    let failure = #expect(throws: PluginError.self) { try driver.bar(bars([close])[0]) }
    #expect(failure?.status == .invalid)
    #expect(host.errors == ["close \(close): expected above 0 and below 9.2e9"])
  }
}
