import Backtest
import CommandLineKit
import Configuration
import PluginHost
import Sweep
import TradingTypes

/// `host sweep`: backtests of many parameters on all processors, ranked, with the luck of so many trials told.
enum SweepCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "sweep", abstract: "Run backtests of many combinations of parameters and rank them.",
      discussion: [
        "The best of many trials looks good by luck alone. The deflated Sharpe ratio beside it is the probability that "
          + "its true Sharpe ratio lies above what the best of as many trials without any skill would have reached; "
          + "below 0.95 it is no evidence.",
        "Combinations that the strategy refuses are counted and listed with its reason.",
      ],
      options: SweepOptions.specifications,
      examples: [
        "host sweep --strategy sma-cross --data AAPL.csv --param fast=5:50:5 --param slow=60:250:10",
        "host sweep --strategy sma-cross --data AAPL.csv --param fast=5:50:1 --param slow=60:250:1 --random 500 "
          + "--walk-forward 5 --metric sharpe",
      ])
  ) { arguments, streams in
    let options = try SweepOptions(arguments)
    let environment = try HostEnvironment(arguments)
    let setup = try BacktestSetup(
      options.backtest, environment, swept: options.plan.parameters.map(\.name), streams)
    try requireValues(options.plan, setup.plan)
    let runner = SweepRunner(plan: setup.plan, bars: try setup.loadBars(), sweep: options.plan)
    StopRequest.install()
    let progress = ProgressReporter(
      capabilities: streams.errors.capabilities, now: systemMonotonicNanoseconds, write: streams.errors.write)
    let began = systemMonotonicNanoseconds()
    let outcomes = try runner.run(
      (0..<options.plan.trials).map { SweepRunner.Job(trial: $0) }, workers: options.workers, progress: progress,
      step: "sweep")
    let seconds = Double(systemMonotonicNanoseconds() - began) / 1e9
    let result = SweepResult(plan: options.plan, metric: options.metric, outcomes: outcomes)
    guard let any = result.ranking.first else { throw allRefused(result) }
    let times = options.walkForward == nil ? [] : try runner.decisionTimes(any)
    let walkForward = try options.walkForward.map { windows in
      try WalkForwardRun(windows: windows, metric: options.metric, workers: options.workers, times: times)
        .run(runner, progress: progress)
    }
    for line in runner.log.summary { streams.errors.line(line) }
    try streams.show(
      SweepReport(
        setup: setup, result: result, walkForward: walkForward,
        times: times, sweepSeconds: seconds,
        shown: options.showsAll ? Int.max : 20))
    return .ok
  }

  /// Refuses values that an option never takes, before anything runs; all at once.
  private static func requireValues(_ sweep: SweepPlan, _ plan: BacktestPlan) throws {
    var faults: [CommandError] = []
    for parameter in sweep.parameters {
      for image in plan.strategies {
        guard let configuration = plan.configuration.plugin(image.identity.id) else { continue }
        for index in parameter.tellingPlaces {
          do {
            _ = try configuration.setting(parameter.name, to: parameter[index], .commandLine("--param"))
          } catch {
            faults.append(
              CommandError(
                code: error.code.rawValue, message: error.what, where: "--param \(parameter.name)",
                expected: error.expected, found: error.found, remedy: error.remedy, exitCode: .badConfiguration))
          }
        }
      }
    }
    if let failure = CommandFailure(faults) { throw failure }
  }

  private static func allRefused(_ result: SweepResult) -> CommandFailure {
    CommandFailure(
      code: "all_refused", message: "the strategy refuses every combination of these parameters", where: "--param",
      expected: "at least one that it takes",
      found: "\(result.refused.count) refused, the first: \(result.refused.first.flatMap(result.refusal) ?? "")",
      remedy: "name other values with --param", exitCode: .usage)
  }
}
