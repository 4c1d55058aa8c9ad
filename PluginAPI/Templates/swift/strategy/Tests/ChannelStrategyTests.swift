import PluginSDK
import PluginTestKit
import StrategyLogic
import Testing
import TradingTypes

@Suite struct `The channel` {
  static func bar(_ day: Int32, _ close: Double) -> Bar {
    let start = CivilDate(daysSinceEpoch: 18_000 + day).midnightUTC
    return Bar(
      start: start, end: start.adding(seconds: 75_600), open: close, high: close, low: close, close: close,
      volume: 1000,
      instrument: InstrumentID(0))
  }

  @Test(arguments: Route.allCases) func `buys above and sells below, and counts each bar once`(_ route: Route) throws {
    let driver = try StrategyDriver(
      ChannelStrategy.self, route: route, host: TestHost(["window": 3, "quantity": 2.0]))
    for (day, close) in [10, 11, 12, 11, 12.5].enumerated() {
      try driver.bar(Self.bar(Int32(day), close))
      try driver.bar(Self.bar(Int32(day), close))
    }
    #expect(driver.signals.map(\.close) == [12.5])
    #expect(driver.signals.map(\.ownQuantity) == [Quantity("2")])
    try driver.fill(
      Fill(
        instrument: InstrumentID(0), side: .buy, signalBar: Self.bar(4, 12.5).start, time: Self.bar(4, 12.5).end,
        price: Price("12.5")!, quantity: Quantity("2")!, position: Quantity("2")!))
    try driver.bar(Self.bar(5, 10.5))
    #expect(driver.signals.map(\.action) == [.enterLong, .exit])
    #expect(driver.signals.last?.exitReason == .strategy)
  }

  @Test func `refuses options it cannot use, and says which`() {
    let error = #expect(throws: PluginError.self) {
      try StrategyDriver(ChannelStrategy.self, host: TestHost(["window": 1, "quantity": 2.0]))
    }
    #expect(error?.status == .configuration)
    #expect(error?.message.contains("window") == true)
  }
}
