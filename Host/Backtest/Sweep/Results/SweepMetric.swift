import BacktestStatistics
import TradingTypes

/// A figure that trials are compared by: more is better, in all of them.
public enum SweepMetric: String, CaseIterable, Sendable {
  /// Profit in money, open positions at their last prices.
  case pnl
  /// Profit as a fraction of the start.
  case totalReturn = "return"
  /// Growth a year.
  case annualGrowth = "cagr"
  /// Sharpe ratio a year.
  case sharpe
  /// Sortino ratio a year.
  case sortino
  /// What winners won over what losers lost; undefined without a loss, because one lucky trade has none.
  case profitFactor = "profit_factor"
  /// Drawdown as a negative fraction of the peak.
  case maxDrawdown = "max_drawdown"
  /// Fraction of trades that won.
  case winRate = "win_rate"

  /// The figure of a trial; `nil` where it is undefined.
  public func value(of figures: TrialFigures) -> Double? {
    switch self {
    case .pnl: figures.equity.profit?.double
    case .totalReturn: figures.equity.totalReturn
    case .annualGrowth: figures.equity.annualGrowth
    case .sharpe: figures.equity.sharpe
    case .sortino: figures.equity.sortino
    case .profitFactor: figures.profitFactor
    case .maxDrawdown: figures.equity.maxDrawdown
    case .winRate: figures.winRate
    }
  }

  /// Whether one trial is better than another: undefined is worse than anything, and money is compared exactly.
  public func isBetter(_ a: TrialFigures, than b: TrialFigures) -> Bool {
    guard let first = value(of: a) else { return false }
    guard let second = value(of: b) else { return true }
    if self == .pnl, let first = a.equity.profit, let second = b.equity.profit { return first.nanos > second.nanos }
    return first > second
  }
}
