import Backtest
import BacktestStatistics
import CommandLineKit
import Configuration
import Glibc
import Ledger
import PluginHost
import TradingCore
import TradingTypes

/// How a backtest ended, in both forms.
struct BacktestSummary: CommandReport {
  let result: BacktestResult
  /// Whether the trades and the equity of every bar are listed.
  let listsSeries: Bool
  /// The report that was written, if one was.
  let report: String?
  let ledger: String?

  func text(for capabilities: TerminalCapabilities) -> String {
    let style = Style(capabilities)
    let (outcome, equity) = (result.outcome, result.equity)
    let (counters, trades) = (outcome.counters, outcome.tradeStatistics)
    let names = result.setup.plan.strategies.map(\.identity.id).joined(separator: ", ")
    let range = [outcome.first, outcome.last].compactMap { $0.map { "\(CivilDate(utc: $0))" } }
    var lines = [style.bold("backtest of \(names) on \(symbols), \(range.joined(separator: " to "))")]
    func line(_ name: String, _ value: String) {
      lines.append("  \(name)\(String(repeating: " ", count: max(1, 15 - name.utf8.count)))\(value)")
    }
    line("bars", "\(outcome.bars)")
    line("orders", "\(counters.orders), fills \(counters.fills)")
    line("trades", "\(counters.trades)" + (trades.winRate.map { ", \(percent($0)) won" } ?? ""))
    line("open", "\(outcome.openPositions.count) positions, marked at their last prices")
    line("final equity", result.finalEquity.map { "\($0)" } ?? "not computable")
    line("P&L", (result.profit.map { "\($0)" } ?? "not computable") + ", fees \(counters.fees)")
    line("return", percent(equity.totalReturn) + ", a year \(percent(equity.annualGrowth))")
    line("max drawdown", percent(equity.maxDrawdown) + (equity.maxDrawdownMoney.map { ", \($0)" } ?? ""))
    line("Sharpe", "\(ratio(equity.sharpe)), Sortino \(ratio(equity.sortino))")
    line("profit factor", ratio(trades.profitFactor))
    line("exposure", percent(equity.exposure))
    line("costs", result.setup.costs)
    line("data", String(result.dataHash.prefix(16)))
    line("took", "\(seconds(result.loadSeconds)) to load, \(seconds(result.engineSeconds)) to run")
    if let report { line("report", report) }
    if let ledger { line("ledger", ledger) }
    lines += result.remarks.map { "note: \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private var symbols: String {
    let names = result.instruments.map(\.symbol)
    return names.count <= 3 ? names.joined(separator: ", ") : "\(names[0]) and \(names.count - 1) more symbols"
  }

  private func percent(_ value: Double?) -> String {
    guard let value else { return Figures.missing }
    return Figures.number((value * 10_000).rounded() / 100) + " %"
  }

  private func ratio(_ value: Double?) -> String {
    value.map { Figures.number(($0 * 10_000).rounded() / 10_000) } ?? Figures.missing
  }

  private func seconds(_ value: Double) -> String { Figures.number((value * 1e6).rounded() / 1e6) + " s" }
}

extension BacktestSetup {
  /// The costs assumed, in a line.
  var costs: String {
    let options = plan.configuration.plugin("paper")
    func rate(_ name: String) -> String { options?[name].map { "\($0)" } ?? "0" }
    return "fee \(rate("fee_rate")), slippage \(rate("slippage_rate")), spread \(rate("spread_rate")) of the value"
  }
}

/// Memory of this process.
enum ProcessMemory {
  /// The most that was resident at once, in bytes, as the kernel counts it.
  static var peakBytes: Int64 {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int64(usage.ru_maxrss) * 1024
  }
}
