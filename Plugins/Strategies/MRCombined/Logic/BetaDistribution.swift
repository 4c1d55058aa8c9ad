import Glibc

/// The Beta distribution, for the interval around a hit rate.
///
/// The regularised incomplete beta function is NIST DLMF 8.17.22, a continued fraction, evaluated by the modified Lentz
/// method (DLMF 3.10(iii)); ln Γ is Stirling's series, DLMF 5.11.1. See https://dlmf.nist.gov/8.17.
struct BetaDistribution: Equatable {
  /// The shape parameters, both positive.
  let alpha: Double
  let beta: Double

  /// The value below which a share `p` (0...1) of the distribution lies, to about 1e-14; not a number when a parameter
  /// is not positive.
  ///
  /// Newton's method on the distribution function, kept inside a bracket that every step narrows.
  func quantile(_ p: Double) -> Double {
    guard alpha > 0, beta > 0, p >= 0, p <= 1 else { return .nan }
    if p == 0 || p == 1 { return p }
    let logBeta = lnBeta
    var low = 0.0
    var high = 1.0
    var x = alpha / (alpha + beta)
    for _ in 0..<200 {
      let excess = cumulative(x, logBeta) - p
      if excess > 0 { high = x } else { low = x }
      let density = exp((alpha - 1) * log(x) + (beta - 1) * log1p(-x) - logBeta)
      var next = x - excess / density
      if !(next > low && next < high) { next = low + (high - low) / 2 }
      let step = abs(next - x)
      x = next
      if step <= 1e-15 * x || high - low <= 1e-16 { break }
    }
    return x
  }

  /// The share of the distribution below `x` (0...1).
  func cumulative(_ x: Double) -> Double { cumulative(x, lnBeta) }

  private func cumulative(_ x: Double, _ logBeta: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let front = exp(alpha * log(x) + beta * log1p(-x) - logBeta)
    // The fraction converges fast below the mean; above it, the mirror image is used.
    return x < (alpha + 1) / (alpha + beta + 2)
      ? front / alpha * BetaDistribution.fraction(alpha, beta, x)
      : 1 - front / beta * BetaDistribution.fraction(beta, alpha, 1 - x)
  }

  private var lnBeta: Double {
    BetaDistribution.lnGamma(alpha) + BetaDistribution.lnGamma(beta) - BetaDistribution.lnGamma(alpha + beta)
  }

  /// 1 / (1 + d1 / (1 + d2 / (1 + ...))) of DLMF 8.17.22.
  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var value = 1.0
    var c = 1 / tiny
    var d = 1.0
    for index in 1..<10_000 {
      let m = Double(index / 2)
      let term =
        index % 2 == 0
        ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 + term * d
      if abs(d) < tiny { d = tiny }
      d = 1 / d
      c = 1 + term / c
      if abs(c) < tiny { c = tiny }
      let change = c * d
      value *= change
      if abs(change - 1) < 1e-16 { break }
    }
    return value
  }

  /// ln Γ(x) for x > 0.
  static func lnGamma(_ x: Double) -> Double {
    // The recurrence Γ(x + 1) = x Γ(x) moves the argument to where the series is exact to a double.
    var argument = x
    var product = 1.0
    while argument < 16 {
      product *= argument
      argument += 1
    }
    let square = 1 / (argument * argument)
    let series =
      (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188)))) / argument
    return (argument - 0.5) * log(argument) - argument + 0.5 * log(2 * Double.pi) + series - log(product)
  }
}
