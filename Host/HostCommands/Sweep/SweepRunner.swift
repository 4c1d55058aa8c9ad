import Backtest
import BacktestStatistics
import CommandLineKit
import PluginHost
import Runtime
import Sweep
import TradingCore
import TradingTypes

/// Runs the backtests of a sweep over bars that all of them share.
struct SweepRunner: Sendable {
  let plan: BacktestPlan
  let bars: BarArray
  let sweep: SweepPlan
  let log = TrialLog()

  /// A stretch of the data to decide in; all bars before it warm up.
  struct Window: Sendable {
    var decideFrom: Timestamp
    var endBefore: Timestamp
    /// The bars up to its end.
    var bars: Range<Int>
  }

  /// A trial and where it runs; everywhere without a window.
  struct Job: Sendable {
    var trial: Int
    var window: Window?
  }

  /// Runs backtests on several threads, the calling one among them; results come in the order of jobs.
  ///
  /// - Throws: the failure of the first job in order that has one; `interrupted` when the process was told to stop.
  func run(_ jobs: [Job], workers: Int, progress: ProgressReporter?, step: String) throws -> [TrialOutcome] {
    progress?.begin(step, total: jobs.count, unit: jobs.count == 1 ? "trial" : "trials")
    defer { progress?.finish() }
    do throws(TrialsFault<any Error>) {
      return try runTrials(
        jobs.count, workers: workers, isCancelled: { StopRequest.isAsked },
        progress: { done, _ in progress?.advance(to: done) },
        makeState: { () throws(any Error) in TrialLines() },
        body: { (lines: inout TrialLines, index) throws(any Error) in try run(jobs[index], lines) })
    } catch {
      switch error {
      case .failed(let failure): throw failure
      case .cancelled(let done):
        throw CommandFailure(
          code: "interrupted", message: "stopped before all trials had ended", where: step,
          expected: "\(jobs.count) trials", found: "\(done)", remedy: "start the sweep again", exitCode: .tryAgain)
      }
    }
  }

  /// Runs one backtest on the calling thread.
  private func run(_ job: Job, _ lines: TrialLines) throws -> TrialOutcome {
    let account = AccountCurve(start: plan.cash, keepsSeries: false, samples: false)
    let outcome: BacktestOutcome
    do {
      outcome = try backtest(job, observer: account, lines)
    } catch let failure as CommandFailure where failure.first.code == CommandFailure.pluginRefused {
      return .refused(reason(lines.takeAll().last) ?? failure.first.message)
    } catch let failure as CommandFailure {
      throw failure.placed(in: name(job.trial))
    }
    log.take(lines.takeAll())
    guard account.unknownCount == 0 else { throw equityUnknown(account, in: job.trial) }
    let statistics = account.statistics
    let barsPerYear = plan.universe.barsPerYear(tradesOnSaturdays: statistics.tradesOnSaturdays)
    return .figures(
      TrialFigures(
        orders: outcome.counters.orders, fills: outcome.counters.fills,
        equity: statistics.summary(barsPerYear: barsPerYear), trades: outcome.tradeStatistics))
  }

  private func equityUnknown(_ account: AccountCurve, in trial: Int) -> CommandFailure {
    CommandFailure(
      code: "equity_unknown", message: "the account's worth cannot be computed", where: "trial \(name(trial))",
      expected: "cash and positions that fit an amount", found: "\(account.unknownCount) bars without a worth",
      remedy: "trade smaller quantities", exitCode: .badData)
  }

  private func name(_ trial: Int) -> String {
    settings(trial).map { "\($0.name)=\($0.text)" }.joined(separator: " ")
  }

  /// What a strategy said last, without its name in front.
  private func reason(_ line: String?) -> String? {
    guard let line else { return nil }
    let prefixes = plan.strategies.map { "\($0.identity.id): error: " }
    return prefixes.first { line.hasPrefix($0) }.map { String(line.dropFirst($0.count)) } ?? line
  }

  /// The instants at which a trial decides, with the account at them.
  func decisionTimes(_ trial: Int) throws -> [AccountMark] {
    let times = DecisionTimes()
    _ = try backtest(Job(trial: trial), observer: times, TrialLines())
    return times.marks
  }

  private func backtest(
    _ job: Job, observer: any AccountObserver, _ lines: TrialLines
  ) throws -> BacktestOutcome {
    let plan = job.window.map(plan.limited) ?? plan
    return try plan.run(
      bars.source(job.window?.bars), parameters: settings(job.trial),
      wishes: .init(observer: observer, keepsTrades: false),
      log: { lines.add($0) })
  }

  private func settings(_ trial: Int) -> [BacktestPlan.Parameter] {
    sweep.settings(trial).map { .init(name: $0.name, text: $0.value) }
  }
}

extension BacktestPlan {
  /// The same plan that decides in a window only.
  fileprivate func limited(to window: SweepRunner.Window) -> BacktestPlan {
    BacktestPlan(
      strategies: strategies, broker: broker, configuration: configuration, universe: universe, cash: cash,
      decideFrom: window.decideFrom, firstStart: firstStart, endBefore: window.endBefore, stopped: stopped)
  }
}

extension CommandFailure {
  /// The same faults with the trial they belong to.
  fileprivate func placed(in trial: String) -> CommandFailure {
    guard !trial.isEmpty else { return self }
    let placed = faults.map { fault in
      var fault = fault
      fault.where = [fault.where, "trial \(trial)"].compactMap(\.self).joined(separator: ", ")
      return fault
    }
    return CommandFailure(placed) ?? self
  }
}
