import PluginSDK
import PluginTestKit
import StrategyTestSupport
import SMACrossLogic
import Testing
import TradingTypes

private let references = [
  ReferenceBacktest(data: "GOOG_daily", strategy: "sma_20_50_cross", closedTrades: 49, leftOver: .zero),
  ReferenceBacktest(data: "SPY_minute", strategy: "sma_20_50_cross", closedTrades: 23, leftOver: Quantity("50")!),
]

@Suite struct `SMA Cross against reference back tests` {
  @Test(
    .enabled(if: sharedData != nil, "needs the shared data: set WHARF_SHARED"), arguments: references,
    Route.allCases)
  func `the crossing makes exactly the reference trades`(_ reference: ReferenceBacktest, _ route: Route) throws {
    let host = TestHost(["fast": 20, "slow": 50, "mode": "cross", "quantity": 50])
    var loop = FillLoop(try StrategyDriver(SMACross.self, route: route, host: host))
    let bars = try reference.bars()
    try loop.run(bars)
    let expected = try reference.trades()
    #expect(expected.count == reference.closedTrades)
    #expect(loop.trades == expected)
    // A signal on the last bar has no next open, so what is held at the end is what the reference leaves open.
    #expect(loop.held == reference.leftOver)
  }
}

/// What the level must give on the first bars of the performance workload.
struct Workload: Sendable, CustomTestStringConvertible {
  var bars: Int
  var fills: Int
  var profit: Double
  var held: Quantity
  var testDescription: String { "\(bars) bars" }

  static let all = [
    Workload(bars: 10_000, fills: 219, profit: 135.498, held: Quantity("100")!),
    Workload(bars: 100_000, fills: 2310, profit: -376.908, held: .zero),
  ]
}

@Suite struct `SMA Cross on the performance workload` {
  @Test(arguments: Workload.all)
  func `the level gives the fills and the profit that the workload must give`(_ workload: Workload) throws {
    let host = TestHost(["fast": 20, "slow": 50, "mode": "level", "quantity": 100])
    let bars = workloadBars(workload.bars)
    var loop = FillLoop(try StrategyDriver(SMACross.self, route: .tables, host: host))
    try loop.run(bars)
    #expect(loop.fills == workload.fills)
    #expect(loop.held == workload.held)
    #expect(abs(loop.cash + loop.held.double * bars.last!.close - workload.profit) < 0.0005)
  }
}
