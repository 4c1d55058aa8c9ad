/// How the returns of single bars are distributed; nothing in it is scaled to a year.
public struct ReturnMoments: Hashable, Sendable {
  /// The number of returns: one less than bars.
  public var count: Int
  /// The arithmetic mean.
  public var mean: Double
  /// The sample standard deviation, divided by n - 1; 0 when all returns are equal.
  public var deviation: Double
  /// The target downside deviation for the target 0: the root of the mean over all returns of the squared negative
  /// ones (F. A. Sortino and L. N. Price, "Performance Measurement in a Downside Risk Framework", Journal of
  /// Investing 3, 1994).
  public var downsideDeviation: Double
  /// The third standardised moment with deviations over n; `nil` when all returns are equal.
  public var skewness: Double?
  /// The fourth standardised moment with deviations over n, 3 for a normal distribution; `nil` when all returns are
  /// equal.
  public var kurtosis: Double?

  /// Makes moments from their parts.
  public init(
    count: Int, mean: Double, deviation: Double, downsideDeviation: Double, skewness: Double?, kurtosis: Double?
  ) {
    self.count = count
    self.mean = mean
    self.deviation = deviation
    self.downsideDeviation = downsideDeviation
    self.skewness = skewness
    self.kurtosis = kurtosis
  }

  /// The Sharpe ratio of single bars, mean over sample deviation, risk-free rate 0; `nil` without deviation.
  public var sharpe: Double? { deviation > 0 ? mean / deviation : nil }

  /// The Sortino ratio of single bars, mean over downside deviation, target 0; `nil` when no bar lost.
  public var sortino: Double? { downsideDeviation > 0 ? mean / downsideDeviation : nil }
}

extension ReturnMoments {
  /// The moments of `count` returns with these sums; `nil` of fewer than two or if a sum is not finite.
  init?(count: Int, sums: ReturnSums) {
    guard count >= 2, sums.fourth.isFinite else { return nil }
    let n = Double(count)
    let mean = sums.first / n
    var second = sums.second / n - mean * mean
    // What is left of equal returns after rounding is no spread.
    if second <= 1e-12 * sums.second / n { second = 0 }
    let third = sums.third / n - mean * (3 * sums.second / n - 2 * mean * mean)
    let fourth = sums.fourth / n - mean * (4 * sums.third / n - mean * (6 * sums.second / n - 3 * mean * mean))
    self.init(
      count: count, mean: mean, deviation: (second * n / (n - 1)).squareRoot(),
      downsideDeviation: (sums.downside / n).squareRoot(),
      skewness: second > 0 ? third / (second * second.squareRoot()) : nil,
      kurtosis: second > 0 ? fourth / (second * second) : nil)
  }
}
