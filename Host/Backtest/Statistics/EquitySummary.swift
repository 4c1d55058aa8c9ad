import Glibc
public import TradingTypes

/// What an equity curve amounts to. A figure that is undefined is `nil`, never 0 and never NaN.
public struct EquitySummary: Hashable, Sendable {
  /// The number of bars.
  public var bars: Int
  /// The times of the first and of the last bar; `nil` without bars.
  public var first: Timestamp?
  public var last: Timestamp?
  /// The equity before the first bar.
  public var start: Money
  /// The equity at the close of the last bar.
  public var final: Money
  /// The final equity less the start; `nil` when it does not fit.
  public var profit: Money?
  /// The profit as a fraction of the start; `nil` unless the start is positive.
  public var totalReturn: Double?
  /// The growth a year that would have given the same end, over years of 365.25 days from the first bar to the last;
  /// `nil` when they are at one instant, without a positive start and end, or too large for a number.
  public var annualGrowth: Double?
  /// The minimum of equity over its running peak, minus 1: 0 or negative; `nil` unless the start is positive.
  public var maxDrawdown: Double?
  /// The greatest fall below the running peak in money, 0 or positive; `nil` when it does not fit.
  public var maxDrawdownMoney: Money?
  /// The fraction of bars with a position at their close; `nil` without bars.
  public var exposure: Double?
  /// How the per-bar returns are distributed; `nil` for fewer than three bars, or when an equity was not positive.
  public var returns: ReturnMoments?
  /// The bars a year that ratios are scaled with; `nil` when unknown.
  public var barsPerYear: Double?

  /// The Sharpe ratio a year: that of single bars times the root of the bars a year.
  public var sharpe: Double? { annual(returns?.sharpe) }
  /// The Sortino ratio a year: that of single bars times the root of the bars a year.
  public var sortino: Double? { annual(returns?.sortino) }

  private func annual(_ ratio: Double?) -> Double? {
    guard let ratio, let barsPerYear else { return nil }
    return ratio * barsPerYear.squareRoot()
  }
}

extension EquityAccumulator {
  /// The statistics of the bars taken so far.
  ///
  /// - Parameter barsPerYear: what ratios are scaled with (``TradingTypes/Market/barsPerYear(barSeconds:tradesOnSaturdays:)``).
  public func summary(barsPerYear: Double?) -> EquitySummary {
    let isSolvent = start.nanos > 0
    let profit = final.subtracting(start)
    let change = profit?.double ?? (final.double - start.double)
    return EquitySummary(
      bars: bars, first: firstTime, last: lastTime, start: start, final: final, profit: profit,
      totalReturn: isSolvent ? change / start.double : nil, annualGrowth: annualGrowth,
      maxDrawdown: isSolvent ? 0 - steepestFall : nil,
      maxDrawdownMoney: Int64(exactly: deepestFall).map { Money(nanos: $0, currency: start.currency) },
      exposure: bars > 0 ? Double(barsHeld) / Double(bars) : nil,
      returns: lowestBase > 0 && equity > 0 ? ReturnMoments(count: bars - 1, sums: sums) : nil,
      barsPerYear: barsPerYear)
  }

  private var annualGrowth: Double? {
    guard start.nanos > 0, equity > 0, last > first else { return nil }
    let seconds = Double(last.nanoseconds) / 1e9 - Double(first.nanoseconds) / 1e9
    let growth = pow(final.double / start.double, 31_557_600 / seconds) - 1
    return growth.isFinite ? growth : nil
  }
}
