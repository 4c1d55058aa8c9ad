import PluginSDK
import PluginTestKit
import ScannerLogic
import Testing
import TradingTypes

@Suite struct `Unusual volume` {
  static func bar(_ day: Int32, _ volume: Double) -> Bar {
    let start = CivilDate(daysSinceEpoch: 18_000 + day).midnightUTC
    return Bar(
      start: start, end: start.adding(seconds: 75_600), open: 10, high: 10, low: 10, close: 10, volume: volume,
      instrument: InstrumentID(0))
  }

  @Test(arguments: Route.allCases) func `is reported once, usual volume never`(_ route: Route) throws {
    let driver = try ScannerDriver(VolumeScanner.self, route: route, host: TestHost(["window": 3, "ratio": 2.5]))
    // 2400 is 2.4 times the average 1000; 3750 is 2.5 times 1500
    for (day, volume) in [900.0, 1000, 1100, 2400, 3750].enumerated() {
      try driver.bar(Self.bar(Int32(day), volume))
      try driver.bar(Self.bar(Int32(day), volume))
    }
    #expect(driver.observations.map(\.score) == [2.5])
    #expect(driver.observations.map(\.number) == [1])
    #expect(driver.observations.map(\.level) == ["unusual_volume"])
  }

  @Test func `refuses options it cannot use, and says which`() {
    let error = #expect(throws: PluginError.self) {
      try ScannerDriver(VolumeScanner.self, host: TestHost(["window": 3, "ratio": 0.5]))
    }
    #expect(error?.status == .configuration)
    #expect(error?.message.contains("ratio") == true)
  }
}
