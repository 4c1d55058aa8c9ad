import BacktestStatistics
import Foundation
import StrategyTestSupport
import Testing
import TradingTypes

/// One of the reference back tests: its figures, equity curve and closed trades.
struct ReferenceCurve {
  /// What the JSON file says.
  struct Figures: Decodable {
    struct Peer: Decodable {
      var winRate: Double
      var exposure: Double

      enum CodingKeys: String, CodingKey {
        case winRate = "Win Rate [%]"
        case exposure = "Exposure Time [%]"
      }
    }
    var bars: Int
    var starting_cash: Double
    var closed_trades: Int
    var winning_trades_net: Int
    var net_pnl_closed: Double
    var final_equity: Double
    var total_return: Double
    var max_drawdown: Double
    var bars_per_year: Double
    var sharpe: Double
    var backtesting_py: Peer
  }

  static let names = ["GOOG_daily", "SPY_minute"].flatMap { data in
    ["sma_20_50_cross", "rsi2_mean_reversion"].flatMap { strategy in
      ["no_commission", "commission_10bps"].map { "\(data)_\(strategy)_\($0)" }
    }
  }

  var figures: Figures
  var equity: [(time: Timestamp, amount: Money)]
  var trades: [(entry: Timestamp, exit: Timestamp, bars: Range<Int>, profit: Money)]

  init(_ name: String) throws {
    let folder = try #require(sharedData).appending(path: "reference/backtests")
    figures = try JSONDecoder().decode(
      Figures.self, from: Data(contentsOf: folder.appending(path: "\(name).json")))
    func rows(_ kind: String) throws -> [[Substring]] {
      try String(contentsOf: folder.appending(path: "\(name)_\(kind).csv"), encoding: .utf8)
        .split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    }
    func money(_ text: Substring) throws -> Money {
      let number = try #require(Double(text))
      return Money(nanos: try #require(Price(number)).nanos, currency: .usd)
    }
    equity = try rows("equity").map { (try #require(Timestamp(rfc3339: $0[0])), try money($0[1])) }
    trades = try rows("trades").map {
      let (first, last) = (try #require(Int($0[3])), try #require(Int($0[4])))
      return (
        try #require(Timestamp(rfc3339: $0[1])), try #require(Timestamp(rfc3339: $0[2])), first..<last,
        try money($0[10])
      )
    }
  }

  /// Whether a closed trade covers each bar, from its entry's to its exit's, as backtesting.py counts exposure.
  var holds: [Bool] {
    var holds = Array(repeating: false, count: figures.bars)
    for trade in trades { for bar in trade.bars.lowerBound...trade.bars.upperBound { holds[bar] = true } }
    return holds
  }
}

@Suite(.enabled(if: sharedData != nil, "needs the shared data: set WHARF_SHARED"))
struct `Statistics of the reference back tests` {
  @Test(arguments: ReferenceCurve.names) func `the curve's figures are the reference's`(_ name: String) throws {
    let reference = try ReferenceCurve(name)
    let figures = reference.figures
    #expect(reference.equity.count == figures.bars)
    let start = try #require(Price(figures.starting_cash))
    var accumulator = EquityAccumulator(start: Money(nanos: start.nanos, currency: .usd))
    for (row, holds) in zip(reference.equity, reference.holds) {
      accumulator.add(row.amount, at: row.time, holdsPosition: holds)
    }
    let barsPerYear = Market.unfiltered.barsPerYear(
      barSeconds: name.hasPrefix("GOOG") ? 86_400 : 60, tradesOnSaturdays: accumulator.tradesOnSaturdays)
    #expect(barsPerYear == figures.bars_per_year)
    let summary = accumulator.summary(barsPerYear: barsPerYear)
    #expect(summary.bars == figures.bars)
    #expect(summary.final.nanos == Price(figures.final_equity)?.nanos)
    #expect(agree(summary.totalReturn, figures.total_return, within: 1e-11))
    #expect(agree(summary.maxDrawdown, figures.max_drawdown, within: 1e-11))
    #expect(agree(summary.sharpe, figures.sharpe, within: 1e-9))
    #expect(agree(summary.exposure, figures.backtesting_py.exposure / 100))
  }

  @Test(arguments: ReferenceCurve.names) func `the trades' figures are the reference's`(_ name: String) throws {
    let reference = try ReferenceCurve(name)
    var trades = TradeAccumulator(currency: .usd)
    for trade in reference.trades { trades.add(profit: trade.profit, entry: trade.entry, exit: trade.exit) }
    #expect(trades.count == reference.figures.closed_trades)
    #expect(trades.wins == reference.figures.winning_trades_net)
    let profit = try #require(trades.profit)
    #expect(abs(profit.double - reference.figures.net_pnl_closed) < 1e-6)
    #expect(agree(trades.winRate, reference.figures.backtesting_py.winRate / 100))
  }

  @Test(arguments: ReferenceCurve.names) func `months together make the whole return`(_ name: String) throws {
    let reference = try ReferenceCurve(name)
    var months = MonthlyReturns(start: reference.equity[0].amount)
    for row in reference.equity { months.add(row.amount, at: row.time) }
    let growth = months.months.reduce(1) { $0 * (1 + ($1.change ?? .nan)) }
    #expect(agree(growth, 1 + reference.figures.total_return, within: 1e-11))
    #expect(months.months.count == (name.hasPrefix("GOOG") ? 236 : 1))
  }
}
