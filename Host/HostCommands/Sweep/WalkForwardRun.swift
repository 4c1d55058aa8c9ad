import Backtest
import CommandLineKit
import Runtime
import Sweep
import TradingTypes

/// A walk-forward analysis: every fold's trials in sample, then the best of each out of sample.
struct WalkForwardRun {
  let windows: WalkForwardWindows
  let metric: SweepMetric
  let workers: Int
  /// The instants at which decisions are made, in order of time.
  let times: [AccountMark]

  func run(_ runner: SweepRunner, progress: ProgressReporter?) throws -> WalkForwardResult {
    let folds: [WalkForwardWindows.Fold]
    do throws(SweepFault) {
      folds = try windows.folds(bars: times.count, trials: runner.sweep.trials)
    } catch {
      throw CommandFailure(error.commandError)
    }
    let inside = folds.flatMap { fold in
      let window = window(fold.inSample, runner)
      return (0..<runner.sweep.trials).map { SweepRunner.Job(trial: $0, window: window) }
    }
    let outcomes = try runner.run(inside, workers: workers, progress: progress, step: "in sample")
    let results = folds.indices.map { fold in
      let first = fold * runner.sweep.trials
      return SweepResult(
        plan: runner.sweep, metric: metric, outcomes: Array(outcomes[first..<first + runner.sweep.trials]))
    }
    let judged = folds.indices.compactMap { fold in results[fold].best.map { (fold: fold, trial: $0) } }
    let outside = judged.map { SweepRunner.Job(trial: $0.trial, window: window(folds[$0.fold].outOfSample, runner)) }
    let later = try runner.run(outside, workers: workers, progress: progress, step: "out of sample")
    let figures = Dictionary(uniqueKeysWithValues: zip(judged.map(\.fold), later.map(\.figures)))
    return WalkForwardResult(
      folds: folds.indices.map { fold in
        .init(windows: folds[fold], inSample: results[fold], outOfSample: figures[fold] ?? nil)
      })
  }

  /// A window decides from right after the instant before it, so that no bar belongs to two windows.
  private func window(_ range: Range<Int>, _ runner: SweepRunner) -> SweepRunner.Window {
    let decideFrom =
      range.lowerBound == 0
      ? runner.plan.decideFrom : Timestamp(nanoseconds: times[range.lowerBound - 1].time.nanoseconds + 1)
    guard range.upperBound < times.count else {
      return SweepRunner.Window(
        decideFrom: decideFrom, endBefore: runner.plan.endBefore, bars: 0..<runner.bars.count)
    }
    let endBefore = times[range.upperBound].barStart
    return SweepRunner.Window(
      decideFrom: decideFrom, endBefore: endBefore, bars: 0..<runner.bars.firstIndex(from: endBefore))
  }
}

extension BarArray {
  /// How many bars start before an instant.
  fileprivate func firstIndex(from instant: Timestamp) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].start < instant { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
