import Foundation
import PluginSDK
import PluginTestKit
import SMACrossLogic
import Testing
import TradingTypes

/// A reference back test: closed trades by backtesting.py, identical to an independent simulation.
struct Reference: Sendable, CustomTestStringConvertible {
  var data: String
  var closedTrades: Int
  var leftOver: Quantity
  var testDescription: String { data }

  static let all = [
    Reference(data: "GOOG_daily", closedTrades: 49, leftOver: .zero),
    Reference(data: "SPY_minute", closedTrades: 23, leftOver: Quantity("50")!),
  ]

  func rows(_ path: String) throws -> [[Substring]] {
    let text = try String(
      contentsOf: try #require(sharedData).appending(path: "reference").appending(path: path), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  func bars() throws -> [Bar] {
    try rows("indicators/\(data)_input.csv").map { row in
      let start = try #require(Timestamp(rfc3339: row[0]))
      let numbers = try row[1...].map { try #require(Double($0)) }
      return Bar(
        start: start, end: start.adding(seconds: 60), open: numbers[0], high: numbers[1], low: numbers[2],
        close: numbers[3], volume: numbers[4], instrument: InstrumentID(0))
    }
  }

  func trades() throws -> [Trade] {
    try rows("backtests/\(data)_sma_20_50_cross_no_commission_trades.csv").map { row in
      Trade(
        entryTime: try #require(Timestamp(rfc3339: row[1])), exitTime: try #require(Timestamp(rfc3339: row[2])),
        quantity: try #require(Quantity(row[5])), entryPrice: try #require(Double(row[6])),
        exitPrice: try #require(Double(row[7])))
    }
  }
}

@Suite struct `SMA Cross against reference back tests` {
  @Test(
    .enabled(if: sharedData != nil, "needs the shared data: set WHARF_SHARED"), arguments: Reference.all,
    Route.allCases)
  func `the crossing makes exactly the reference trades`(_ reference: Reference, _ route: Route) throws {
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
