import Foundation
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

public struct ThreeDown: Strategy {
  var last = 0.0, falls = 0
  public init(host: HostServices) throws(PluginError) {}
  public mutating func start(_ instruments: [Instrument], _ session: SessionStart) {}
  public mutating func onBar(_ bar: Bar, _ context: borrowing StrategyContext) {
    falls = bar.close < last ? falls + 1 : 0
    last = bar.close
    var signal = Signal.enterLong(bar: bar)
    signal.ownQuantity = Quantity("1")
    if falls == 3 { context.raise(signal) }
  }
}

@Suite struct `The README of PluginAPI` {
  @Test(arguments: Route.allCases) func `its strategy buys after three lower closes`(_ route: Route) throws {
    let driver = try StrategyDriver(ThreeDown.self, route: route, host: TestHost())
    for (index, close) in [5.0, 4, 3, 4, 3, 2, 1, 0.5].enumerated() {
      var bar = Examples.bar(index)
      bar.close = close
      try driver.bar(bar)
    }
    #expect(driver.signals.map(\.close) == [1])
    #expect(driver.signals.map(\.ownQuantity) == [Quantity("1")])
  }

  @Test func `its strategy is the one that this file compiles`() throws {
    let here = URL(filePath: #filePath)
    let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    func strategy(in file: URL) throws -> Substring {
      let text = try String(contentsOf: file, encoding: .utf8)
      let start = try #require(text.range(of: "public struct ThreeDown"))
      let end = try #require(text.range(of: "\n}\n", range: start.upperBound..<text.endIndex))
      return text[start.lowerBound..<end.upperBound]
    }
    #expect(try strategy(in: root.appending(path: "PluginAPI/README.md")) == strategy(in: here))
  }
}
