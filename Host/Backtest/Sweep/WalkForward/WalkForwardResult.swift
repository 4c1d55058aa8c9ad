import BacktestStatistics
public import TradingTypes

/// What a walk-forward analysis came to.
public struct WalkForwardResult: Sendable {
  /// One fold: what was best in sample and what became of it.
  public struct Fold: Sendable {
    /// The windows, as numbers of bars.
    public var windows: WalkForwardWindows.Fold
    /// All trials in sample.
    public var inSample: SweepResult
    /// What the best of them came to out of sample; `nil` when none is the best.
    public var outOfSample: TrialFigures?

    /// Makes a fold from its parts.
    public init(windows: WalkForwardWindows.Fold, inSample: SweepResult, outOfSample: TrialFigures?) {
      self.windows = windows
      self.inSample = inSample
      self.outOfSample = outOfSample
    }

    /// What the best trial came to in sample; `nil` when the metric is undefined for all.
    public var best: TrialFigures? { inSample.best.flatMap { inSample.figures($0) } }

    /// The walk-forward efficiency of the fold alone (see ``WalkForwardResult/efficiency``).
    public var efficiency: Double? { WalkForwardResult(folds: [self]).efficiency }
  }

  /// The folds in order of time.
  public let folds: [Fold]

  /// Makes a result of folds.
  public init(folds: [Fold]) { self.folds = folds }

  /// The profit of all windows out of sample; `nil` when one is missing or the sum does not fit.
  public var profit: Money? {
    let profits = folds.compactMap { $0.outOfSample?.equity.profit }
    guard profits.count == folds.count, let first = profits.first else { return nil }
    return profits.dropFirst().reduce(first) { $0?.adding($1) }
  }

  /// The fraction of windows out of sample that earned more than nothing; `nil` when one is missing.
  public var winningFolds: Double? {
    let profits = folds.compactMap { $0.outOfSample?.equity.profit }
    guard profits.count == folds.count, !folds.isEmpty else { return nil }
    return Double(profits.count { $0.nanos > 0 }) / Double(folds.count)
  }

  /// The walk-forward efficiency: what was earned a bar out of sample over what the chosen parameters had earned a bar
  /// in sample (Pardo 2008; his years cancel out). 1 means that nothing was lost on the way.
  ///
  /// - Returns: `nil` when nothing was earned in sample, or a profit is missing.
  public var efficiency: Double? {
    var (inside, outside) = (0.0, 0.0)
    var (barsInside, barsOutside) = (0, 0)
    for fold in folds {
      guard let best = fold.best?.equity, let later = fold.outOfSample?.equity, let earned = best.profit,
        let kept = later.profit
      else { return nil }
      inside += earned.double
      outside += kept.double
      barsInside += best.bars
      barsOutside += later.bars
    }
    guard inside > 0, barsInside > 0, barsOutside > 0 else { return nil }
    return (outside / Double(barsOutside)) / (inside / Double(barsInside))
  }
}
