import BacktestStatistics
import Testing
import TradingTypes

@Suite struct `Trade statistics` {
  private func accumulated(_ profits: [String]) -> TradeAccumulator {
    var trades = TradeAccumulator(currency: .usd)
    for (index, profit) in profits.enumerated() {
      let entry = day("2024-01-01").adding(seconds: Int64(index) * 1000)
      trades.add(profit: dollars(profit), entry: entry, exit: entry.adding(seconds: Int64(index + 1) * 60))
    }
    return trades
  }

  @Test func `winners and losers are counted after costs`() {
    let trades = accumulated(["10", "-4", "0", "2.5", "-1", "20"])
    #expect(trades.count == 6)
    #expect(trades.wins == 3)
    #expect(trades.losses == 2)
    #expect(trades.winRate == 0.5)
    #expect(trades.profit == dollars("27.5"))
    #expect(trades.profitFactor == 6.5)
    #expect(trades.averageWin == dollars("10.833333333"))
    #expect(trades.averageLoss == dollars("-2.5"))
    #expect(trades.best == dollars("20"))
    #expect(trades.worst == dollars("-4"))
    #expect(trades.longest == 360_000_000_000)
    #expect(trades.averageHolding == 210_000_000_000)
  }

  @Test func `losers alone have a best trade below zero`() {
    let trades = accumulated(["-3", "-1", "-2"])
    #expect(trades.best == dollars("-1"))
    #expect(trades.worst == dollars("-3"))
    #expect(trades.winRate == 0)
    #expect(trades.profitFactor == 0)
    #expect(trades.averageWin == nil)
    #expect(trades.averageLoss == dollars("-2"))
  }

  @Test func `without losers there is no profit factor`() {
    #expect(accumulated(["3", "1"]).profitFactor == nil)
    #expect(accumulated(["3", "1"]).averageLoss == nil)
  }

  @Test func `without trades nothing is defined`() {
    let trades = accumulated([])
    #expect(trades.winRate == nil && trades.profitFactor == nil && trades.best == nil && trades.worst == nil)
    #expect(trades.averageHolding == nil && trades.longest == nil)
    #expect(trades.profit == dollars("0"))
  }

  @Test func `sums that no amount can hold are nil, their ratio is not`() {
    let trades = accumulated(["9000000000", "9000000000", "-4500000000"])
    #expect(trades.profit == nil)
    #expect(trades.profitFactor == 4)
    #expect(trades.averageWin == dollars("9000000000"))
  }
}
