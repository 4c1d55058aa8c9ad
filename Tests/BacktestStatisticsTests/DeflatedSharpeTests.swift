import BacktestStatistics
import Testing

/// A number of trials, the variance of their ratios and the expected maximum.
struct MaximumCase: Sendable {
  var trials: Int
  var variance: Double
  var maximum: Double

  // Made with Python's decimal at 50 digits: the normal quantile by bisection of the Taylor series of its integral.
  static let all = [
    MaximumCase(trials: 2, variance: 1, maximum: 0.5197553442805939),
    MaximumCase(trials: 10, variance: 1, maximum: 1.57459830134575),
    MaximumCase(trials: 100, variance: 1, maximum: 2.530602893201682),
    MaximumCase(trials: 100, variance: 0.002, maximum: 0.11317200186513203),
    MaximumCase(trials: 1_000_000, variance: 0.25, maximum: 2.4339300189186526),
  ]
}

@Suite struct `The deflated Sharpe ratio` {
  /// The example of Bailey and Lopez de Prado 2014: five years of 250 daily returns with a yearly ratio of 2.5.
  private func example(skewness: Double, kurtosis: Double) -> ReturnMoments {
    ReturnMoments(
      count: 1250, mean: 2.5 / 250.0.squareRoot(), deviation: 1, downsideDeviation: 1, skewness: skewness,
      kurtosis: kurtosis)
  }

  /// That many ratios with the sample variance of a half a year, 0.5 / 250 a day.
  private func ratios(_ trials: Int) -> [Double] {
    let spread = (0.002 * Double(trials - 1) / Double(trials)).squareRoot()
    return (0..<trials).map { $0.isMultiple(of: 2) ? spread : -spread }
  }

  @Test(arguments: MaximumCase.all) func `the best of trials without skill grows with their number`(
    _ example: MaximumCase
  ) {
    #expect(agree(expectedMaximumSharpe(trials: example.trials, variance: example.variance), example.maximum))
  }

  // The paper prints 0.1132, 0.9004, 0.9505 and 0.9505; the further digits are from Python's decimal at 50 digits.
  @Test(arguments: [
    (100, -3.0, 10.0, 0.900396834449391), (46, -3, 10, 0.9505017068755786), (88, 0, 3, 0.9504908166760142),
  ])
  func `the published example comes out`(_ trials: Int, _ skewness: Double, _ kurtosis: Double, _ expected: Double) {
    let returns = example(skewness: skewness, kurtosis: kurtosis)
    #expect(agree(returns.deflatedSharpe(among: ratios(trials), trials: trials), expected, within: 1e-12))
  }

  @Test func `against no skill the probability is that of the one ratio`() {
    #expect(agree(example(skewness: -3, kurtosis: 10).probabilisticSharpe(), 0.9999968595078976))
    #expect(example(skewness: -3, kurtosis: 10).probabilisticSharpe(above: 2.5 / 250.0.squareRoot()) == 0.5)
  }

  @Test func `a curve and its trials give the number that exact fractions give`() throws {
    let curve = ["100", "101", "100.5", "100.5", "103", "102", "102", "101.25", "104.5", "99.75", "99.75", "106"]
    let returns = try #require(accumulated(curve).summary(barsPerYear: 252).returns)
    #expect(agree(returns.probabilisticSharpe(), 0.7471058782114766))
    let own = try #require(returns.sharpe)
    let ratios = [own, 0.05, -0.02, 0.11, 0]
    #expect(agree(returns.deflatedSharpe(among: ratios, trials: ratios.count), 0.6227733062631191))
  }

  @Test(arguments: [
    [], [0.1], [0.1, 0.1], [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], [0.1, .infinity], [0.1, .nan],
  ])
  func `trials without a spread deflate nothing`(_ ratios: [Double]) {
    #expect(example(skewness: 0, kurtosis: 3).deflatedSharpe(among: ratios, trials: ratios.count) == nil)
  }

  @Test func `returns without a ratio have no probability`() {
    let flat = ReturnMoments(count: 100, mean: 0, deviation: 0, downsideDeviation: 0, skewness: nil, kurtosis: nil)
    #expect(flat.probabilisticSharpe() == nil)
    #expect(flat.deflatedSharpe(among: [0.1, 0.2], trials: 2) == nil)
    // Skewness and kurtosis that no returns can have together make the variance negative.
    #expect(example(skewness: 100, kurtosis: 1).probabilisticSharpe() == nil)
  }

  @Test(arguments: [(0, 1.0), (1, 1), (-5, 1), (10, 0), (10, -1), (10, .nan), (10, .infinity)])
  func `an expected maximum needs trials and a variance`(_ trials: Int, _ variance: Double) {
    #expect(expectedMaximumSharpe(trials: trials, variance: variance) == nil)
  }
}
