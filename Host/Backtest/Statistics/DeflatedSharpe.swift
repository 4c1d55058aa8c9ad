/// The Sharpe ratio that the best of many trials without any skill would reach.
///
/// D. H. Bailey and M. Lopez de Prado, "The Deflated Sharpe Ratio: Correcting for Selection Bias, Backtest
/// Overfitting and Non-Normality", Journal of Portfolio Management 40 (5), 2014: with the variance V of the trials'
/// ratios, N trials, the Euler-Mascheroni constant g and the normal quantile function Z,
/// `sqrt(V) ((1 - g) Z(1 - 1/N) + g Z(1 - 1/(N e)))`.
///
/// - Parameters:
///   - trials: how many independent trials there were.
///   - variance: the variance of their Sharpe ratios, in the unit of the result squared.
/// - Returns: `nil` for fewer than two trials, or unless the variance is positive and finite.
public func expectedMaximumSharpe(trials: Int, variance: Double) -> Double? {
  guard trials >= 2, variance > 0, variance.isFinite else { return nil }
  let eulerMascheroni = 0.577215664901532860606512090082402431
  let e = 2.71828182845904523536028747135266250
  let n = Double(trials)
  // By symmetry Z(1 - p) = -Z(p), which keeps the digits of a small p.
  return variance.squareRoot()
    * -((1 - eulerMascheroni) * NormalDistribution.quantile(1 / n)
    + eulerMascheroni * NormalDistribution.quantile(1 / (n * e)))
}

/// The Sharpe ratio that the best of these trials would have reached by luck, if none had any skill.
///
/// - Parameters:
///   - sharpes: the Sharpe ratios of single bars of all trials that have one.
///   - trials: how many trials there were, with those that have none.
/// - Returns: `nil` for fewer than two ratios, or when all are one.
public func expectedMaximumSharpe(among sharpes: [Double], trials: Int) -> Double? {
  sampleVariance(sharpes).flatMap { expectedMaximumSharpe(trials: trials, variance: $0) }
}

extension ReturnMoments {
  /// The probability that the true Sharpe ratio of single bars lies above a benchmark, given the length, skewness and
  /// kurtosis of these returns.
  ///
  /// D. H. Bailey and M. Lopez de Prado, "The Sharpe Ratio Efficient Frontier", Journal of Risk 15 (2), 2012: with the
  /// ratio S, the benchmark B, T returns, skewness s and kurtosis k (3 if normal),
  /// `P((S - B) sqrt(T - 1) / sqrt(1 - s S + (k - 1) / 4 S^2))` for the normal distribution function P.
  ///
  /// - Parameter benchmark: a Sharpe ratio of single bars.
  /// - Returns: `nil` without deviation or where the formula is undefined.
  public func probabilisticSharpe(above benchmark: Double = 0) -> Double? {
    guard count >= 2, let sharpe, let skewness, let kurtosis else { return nil }
    let spread = 1 - skewness * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe
    guard spread > 0 else { return nil }
    let score = (sharpe - benchmark) * (Double(count) - 1).squareRoot() / spread.squareRoot()
    return score.isNaN ? nil : NormalDistribution.probability(below: score)
  }

  /// The deflated Sharpe ratio: the probability that the true ratio lies above what the best of all trials would have
  /// reached by luck (Bailey and Lopez de Prado 2014, see ``expectedMaximumSharpe(trials:variance:)``).
  ///
  /// - Parameters:
  ///   - sharpes: the Sharpe ratios of single bars of all trials that have one, these returns' included.
  ///   - trials: how many trials there were, with those that have none.
  /// - Returns: `nil` for fewer than two ratios, when all are one, or where the formula is undefined.
  public func deflatedSharpe(among sharpes: [Double], trials: Int) -> Double? {
    expectedMaximumSharpe(among: sharpes, trials: trials).flatMap { probabilisticSharpe(above: $0) }
  }
}

/// The sample variance in two passes; `nil` for fewer than two values, and 0 when all are equal but for rounding.
func sampleVariance(_ values: [Double]) -> Double? {
  guard values.count >= 2 else { return nil }
  let n = Double(values.count)
  let mean = values.reduce(0, +) / n
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
  return variance <= 1e-24 * mean * mean ? 0 : variance
}
