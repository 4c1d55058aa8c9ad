import PluginSDK
import PluginTestKit
import RSI2Logic
import StrategyTestSupport
import Testing
import TradingTypes

private let references = [
  ReferenceBacktest(data: "GOOG_daily", strategy: "rsi2_mean_reversion", closedTrades: 156, leftOver: Quantity("50")!),
  ReferenceBacktest(data: "SPY_minute", strategy: "rsi2_mean_reversion", closedTrades: 42, leftOver: .zero),
]

@Suite struct `RSI2 against reference back tests` {
  @Test(
    .enabled(if: sharedData != nil, "needs the shared data: set WHARF_SHARED"), arguments: references, Route.allCases)
  func `the strategy makes exactly the reference trades`(_ reference: ReferenceBacktest, _ route: Route) throws {
    let host = TestHost(["entry_below": 10.0, "exit_above": 70.0, "trend": 200, "quantity": 50.0])
    var loop = FillLoop(try StrategyDriver(RSI2.self, route: route, host: host))
    try loop.run(try reference.bars())
    let expected = try reference.trades()
    #expect(expected.count == reference.closedTrades)
    #expect(loop.trades == expected)
    // A signal on the last bar has no next open, so what is held at the end is what the reference leaves open.
    #expect(loop.held == reference.leftOver)
  }
}
