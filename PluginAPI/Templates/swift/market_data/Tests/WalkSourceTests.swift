import MarketDataLogic
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@Suite struct `The walk` {
  static func options(seed: Int64) -> [String: OptionValue] {
    ["symbol": "ABC", "bars": 300, "seed": .integer(seed), "volatility": 0.02]
  }

  @Test(arguments: Route.allCases) func `is whole, and repeats itself`(_ route: Route) throws {
    let driver = try MarketDataDriver(WalkSource.self, route: route, host: TestHost(Self.options(seed: 7)))
    #expect(throws: PluginError.self) { try driver.read() }
    #expect(throws: PluginError.self) { try driver.open(["ABC", "XYZ"]) }
    try driver.open(["ABC"])
    #expect(driver.series.map(\.barCount) == [300])
    #expect(driver.fingerprint.count == 32)
    let bars = try driver.readAll(256)
    #expect(bars.count == 300)
    #expect(bars.allSatisfy { $0.isPlausible })
    #expect(zip(bars, bars.dropFirst()).allSatisfy { $0.start < $1.start })
    try driver.rewind()
    #expect(try driver.readAll(7) == bars)
  }

  @Test func `changes with its seed`() throws {
    let fingerprints = try [Int64(7), 8].map { seed in
      let driver = try MarketDataDriver(WalkSource.self, host: TestHost(Self.options(seed: seed)))
      try driver.open()
      return driver.fingerprint
    }
    #expect(fingerprints[0] != fingerprints[1])
  }
}
