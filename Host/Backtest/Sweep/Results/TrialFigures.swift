public import BacktestStatistics

/// What one backtest of a sweep came to. A figure that is undefined is `nil`.
public struct TrialFigures: Hashable, Sendable {
  /// Orders sent.
  public var orders: Int
  /// Confirmed fills.
  public var fills: Int
  /// Closed round trips.
  public var trades: Int
  /// What equity and bars amount to.
  public var equity: EquitySummary
  /// The fraction of trades that earned more than nothing after costs.
  public var winRate: Double?
  /// What the winners won over what the losers lost.
  public var profitFactor: Double?

  /// Makes figures from what a backtest counted.
  public init(orders: Int, fills: Int, equity: EquitySummary, trades: TradeAccumulator) {
    self.orders = orders
    self.fills = fills
    self.trades = trades.count
    self.equity = equity
    winRate = trades.winRate
    profitFactor = trades.profitFactor
  }
}

/// How a trial ended.
public enum TrialOutcome: Hashable, Sendable {
  /// The backtest ran.
  case figures(TrialFigures)
  /// The strategy does not take these parameters together, for the reason it gave.
  case refused(String)

  /// What the backtest came to, if it ran.
  public var figures: TrialFigures? {
    if case .figures(let figures) = self { figures } else { nil }
  }
}
