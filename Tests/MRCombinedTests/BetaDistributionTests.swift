import Testing

@testable import MRCombinedLogic

/// Values computed with mpmath to 40 digits.
@Suite struct `Beta distribution` {
  struct Case: Sendable, CustomTestStringConvertible {
    let alpha, beta, p, value: Double
    var testDescription: String { "Beta(\(alpha), \(beta)) at \(p)" }
  }

  static let quantiles = [
    Case(alpha: 24, beta: 16, p: 0.05, value: 0.47114273271958804),
    Case(alpha: 24, beta: 16, p: 0.95, value: 0.72309850874011042),
    Case(alpha: 50, beta: 24, p: 0.05, value: 0.58404691845837439),
    Case(alpha: 50, beta: 24, p: 0.95, value: 0.76186925519237599),
    Case(alpha: 24.5, beta: 16.25, p: 0.05, value: 0.47359289793682885),
    Case(alpha: 0.5, beta: 0.5, p: 0.05, value: 0.0061558297024311369),
    Case(alpha: 0.5, beta: 0.5, p: 0.95, value: 0.99384417029756886),
    Case(alpha: 2, beta: 300, p: 0.05, value: 0.0011818702947252122),
    Case(alpha: 2, beta: 300, p: 0.95, value: 0.015662671524309183),
    Case(alpha: 824, beta: 416, p: 0.05, value: 0.64231893242530489),
    Case(alpha: 824, beta: 416, p: 0.95, value: 0.6864114916807752),
    Case(alpha: 10_000, beta: 6_000, p: 0.05, value: 0.61869590306859679),
    Case(alpha: 10_000, beta: 6_000, p: 0.95, value: 0.63128633027005221),
  ]

  @Test(arguments: quantiles) func `quantiles agree with high-precision values`(_ row: Case) {
    let value = BetaDistribution(alpha: row.alpha, beta: row.beta).quantile(row.p)
    #expect(close(value, row.value, within: 1e-11))
  }

  @Test(arguments: quantiles) func `the share below a quantile is its probability`(_ row: Case) {
    let distribution = BetaDistribution(alpha: row.alpha, beta: row.beta)
    #expect(close(distribution.cumulative(distribution.quantile(row.p)), row.p, within: 1e-10))
  }

  @Test(arguments: [
    (0.04, 3.19707817376730586), (0.5, 0.572364942924700087), (2.5, 0.28468287047291916),
    (16.5, 29.2777545150408146), (24, 51.6066755677643736), (1240.25, 7591.49287012579874),
  ]) func `the logarithm of gamma agrees with high-precision values`(_ x: Double, _ value: Double) {
    #expect(close(BetaDistribution.lnGamma(x), value, within: 1e-14))
  }

  @Test func `the ends are the ends`() {
    let distribution = BetaDistribution(alpha: 24, beta: 16)
    #expect(distribution.quantile(0) == 0)
    #expect(distribution.quantile(1) == 1)
    #expect(distribution.cumulative(-1) == 0)
    #expect(distribution.cumulative(2) == 1)
  }

  @Test func `parameters that are not positive give no number`() {
    #expect(BetaDistribution(alpha: 0, beta: 1).quantile(0.5).isNaN)
    #expect(BetaDistribution(alpha: 1, beta: -1).quantile(0.5).isNaN)
    #expect(BetaDistribution(alpha: 1, beta: 1).quantile(.nan).isNaN)
  }
}
