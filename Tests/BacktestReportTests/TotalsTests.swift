import BacktestReport
import Testing
import TradingTypes

@Suite struct `Trade totals` {
  @Test func `they are exact and cover trades that are not listed`() {
    var trades = ReportTrades(limit: 2)
    let run = ExampleRun()
    for (index, result) in ["10.000000001", "-3", "5", "0", "-0.000000001", "-7"].enumerated() {
      trades.append(run.trade(index, result))
    }
    #expect(trades.rows.count == 2)
    #expect(trades.totals.count == 6)
    #expect(trades.totals.wins == 2)
    #expect(trades.totals.losses == 3)
    #expect(trades.totals.netNanos == 5_000_000_000)
    #expect(trades.totals.profitNanos == 15_000_000_001)
    #expect(trades.totals.lossNanos == -10_000_000_001)
    #expect(trades.totals.feeNanos == 1_500_000_000)
    #expect(trades.totals.bestNanos == 10_000_000_001)
    #expect(trades.totals.worstNanos == -7_000_000_000)
    #expect(trades.totals.longestWinning == 1)
    #expect(trades.totals.longestLosing == 2)
    #expect(trades.totals.heldSeconds == 6 * 86_400)
    #expect(trades.won.count == 2)
    #expect(trades.lost.netNanos == -10_000_000_001)
    #expect(trades.byReason.mapValues(\.count) == ["stop": 3, "strategy": 3])
    #expect(trades.bySymbol[0]?.count == 6)
    #expect(trades.byStrategy[0]?.netNanos == 5_000_000_000)
    #expect(trades.bySide[.short] == nil)
  }

  @Test func `sums go beyond what one amount can hold`() {
    var trades = ReportTrades(limit: 0)
    for index in 0..<3 { trades.append(ExampleRun().trade(index, "9223372036.854775807")) }
    #expect(trades.totals.netNanos == 3 * Int128(Int64.max))
    #expect(trades.rows.isEmpty)
  }
}
