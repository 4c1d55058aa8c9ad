import TradingTypes

/// The headline figures of a run. Money is exact; ratios are fractions, `nil` where undefined.
public struct ReportFigures: Sendable {
  /// What the account began with.
  public var startingCash: Money
  /// What it was worth at the end, open positions at their last price.
  public var finalEquity: Money
  /// Commissions and fees of all fills.
  public var fees: Money
  /// Orders placed.
  public var orders: Int
  /// Fills.
  public var fills: Int
  /// Final equity over starting cash, minus 1.
  public var totalReturn: Double?
  /// The yearly rate of growth that gives the same return.
  public var cagr: Double?
  /// The lowest of equity over its running peak, minus 1: negative.
  public var maxDrawdown: Double?
  /// Mean over standard deviation of the returns, a year.
  public var sharpe: Double?
  /// Mean over downside deviation of the returns, a year.
  public var sortino: Double?
  /// The share of trades with a net profit.
  public var winRate: Double?
  /// Gross profit over gross loss of the trades, net of fees.
  public var profitFactor: Double?
  /// The share of bars with a position.
  public var exposure: Double?
  /// Bars a year that Sharpe and Sortino were annualised with.
  public var barsPerYear: Double?
  /// How many variants were tried, this one included; `nil` where unknown.
  public var trials: Int?
  /// The probability that the Sharpe ratio is above what the best of so many trials gives by luck.
  public var deflatedSharpe: Double?

  /// Makes figures from their parts; ratios that are left out are undefined.
  public init(
    startingCash: Money, finalEquity: Money, fees: Money, orders: Int, fills: Int, totalReturn: Double? = nil,
    cagr: Double? = nil, maxDrawdown: Double? = nil, sharpe: Double? = nil, sortino: Double? = nil,
    winRate: Double? = nil, profitFactor: Double? = nil, exposure: Double? = nil, barsPerYear: Double? = nil,
    trials: Int? = nil, deflatedSharpe: Double? = nil
  ) {
    self.startingCash = startingCash
    self.finalEquity = finalEquity
    self.fees = fees
    self.orders = orders
    self.fills = fills
    self.totalReturn = totalReturn
    self.cagr = cagr
    self.maxDrawdown = maxDrawdown
    self.sharpe = sharpe
    self.sortino = sortino
    self.winRate = winRate
    self.profitFactor = profitFactor
    self.exposure = exposure
    self.barsPerYear = barsPerYear
    self.trials = trials
    self.deflatedSharpe = deflatedSharpe
  }
}
