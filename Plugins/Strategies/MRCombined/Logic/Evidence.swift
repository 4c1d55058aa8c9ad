/// What the stored trades near a score say about a signal.
struct Evidence: Equatable {
  /// Near trades, and those of them with a gain.
  let count: Int
  let wins: Int
  /// The hit rate with its prior.
  let hitRate: Double
  /// The mean gain of a win and the mean loss of a loss, with their priors, as fractions.
  let meanWin: Double
  let meanLoss: Double

  private let distribution: BetaDistribution

  init(count: Int, wins: Int, sumOfWins: Double, sumOfLosses: Double, _ parameters: Parameters) {
    let n = Double(count)
    let w = Double(wins)
    self.count = count
    self.wins = wins
    hitRate = (w + parameters.kappa * parameters.prior) / (n + parameters.kappa)
    meanWin = (sumOfWins + parameters.kappa * parameters.priorWin) / (w + parameters.kappa)
    meanLoss = (sumOfLosses + parameters.kappa * parameters.priorLoss) / (n - w + parameters.kappa)
    distribution = BetaDistribution(
      alpha: w + parameters.kappa * parameters.prior, beta: n - w + parameters.kappa * (1 - parameters.prior))
  }

  /// The 5 % and the 95 % quantile of the hit rate.
  func hitRateInterval() -> (low: Double, high: Double) {
    (distribution.quantile(0.05), distribution.quantile(0.95))
  }

  /// The expected value after costs, as a fraction of the entry price.
  func expectedValue(cost: Double) -> Double { hitRate * meanWin - (1 - hitRate) * meanLoss - cost }
}

extension Parameters {
  /// The cost of a round trip, as a fraction of the price.
  func cost(spread: Double?, convertsCurrency: Bool) -> Double {
    (spread ?? spreadUnknown) + 2 * (fee + slippage + (convertsCurrency ? fx : 0))
  }
}
