import BacktestStatistics

/// What all trials of a sweep came to.
public struct SweepResult: Sendable {
  /// What was tried.
  public let plan: SweepPlan
  /// What trials are compared by.
  public let metric: SweepMetric
  /// How each trial of the plan ended.
  public let outcomes: [TrialOutcome]
  /// The trials that ran, the best first; equally good ones in their order.
  public let ranking: [Int]
  /// The trials whose parameters the strategy refused, in their order.
  public let refused: [Int]
  /// The Sharpe ratio of single bars that the best of the trials would have reached by luck; `nil` where undefined.
  public let luckySharpe: Double?

  /// Ranks trials.
  ///
  /// - Parameter outcomes: one for each trial of the plan, in order.
  public init(plan: SweepPlan, metric: SweepMetric, outcomes: [TrialOutcome]) {
    precondition(outcomes.count == plan.trials, "\(outcomes.count) outcomes of \(plan.trials) trials")
    self.plan = plan
    self.metric = metric
    self.outcomes = outcomes
    ranking = outcomes.indices.filter { outcomes[$0].figures != nil }.sorted { a, b in
      let (first, second) = (outcomes[a].figures!, outcomes[b].figures!)
      if metric.isBetter(first, than: second) { return true }
      return metric.isBetter(second, than: first) ? false : a < b
    }
    refused = outcomes.indices.filter { outcomes[$0].figures == nil }
    luckySharpe = expectedMaximumSharpe(
      among: outcomes.compactMap { $0.figures?.equity.returns?.sharpe }, trials: ranking.count)
  }

  /// The best trial by the metric; `nil` when it is undefined for all of them.
  public var best: Int? {
    ranking.first.flatMap { metric.value(of: outcomes[$0].figures!) == nil ? nil : $0 }
  }

  /// What a trial came to; `nil` when it was refused.
  public func figures(_ trial: Int) -> TrialFigures? { outcomes[trial].figures }

  /// The reason why a trial was refused; `nil` when it ran.
  public func refusal(_ trial: Int) -> String? {
    if case .refused(let reason) = outcomes[trial] { reason } else { nil }
  }

  /// The deflated Sharpe ratio of a trial: the probability that its true Sharpe ratio lies above what the best of all
  /// that ran would have reached by luck.
  ///
  /// Every trial that ran counts as independent, also those that never traded. Neighbouring parameters are not
  /// independent, so the figure errs on the side of doubt.
  ///
  /// - Returns: `nil` for fewer than two trials, or where it is undefined.
  public func deflatedSharpe(_ trial: Int) -> Double? {
    luckySharpe.flatMap { outcomes[trial].figures?.equity.returns?.probabilisticSharpe(above: $0) }
  }
}
