import CommandLineKit
import Sweep

/// What a sweep was asked for, typed.
struct SweepOptions {
  var backtest: BacktestOptions
  var plan: SweepPlan
  var metric: SweepMetric
  var walkForward: WalkForwardWindows?
  var workers: Int
  /// Whether the table has every trial.
  var showsAll: Bool

  static let specifications: [OptionSpecification] =
    BacktestOptions.specifications.map { option in
      guard option.name == "param" else { return option }
      var option = option
      option.valueName = "KEY=VALUES"
      option.help = "An option of the strategy: FIRST:LAST:STEP, a list A,B,C, or one value; repeatable."
      return option
    } + [
      OptionSpecification(
        "metric", value: "NAME", .choice(SweepMetric.allCases.map(\.rawValue)),
        help: "What trials are compared by; more is better in each.", default: SweepMetric.pnl.rawValue),
      OptionSpecification(
        "random", value: "N", .integer(1...SweepPlan.largest),
        help: "Draw N combinations, each at most once, instead of trying all."),
      OptionSpecification("seed", value: "S", .integer(0...Int.max), help: "Another seed draws others.", default: "1"),
      OptionSpecification(
        "walk-forward", value: "SPEC",
        help: "Judge the best of each window on the one after it: IN:OUT in bars, or a number of folds; "
          + "anchored: before it lets every window begin with the first bar."),
      OptionSpecification(
        "workers", value: "N", .integer(1...1024), help: "How many threads run trials.", default: "one a processor"),
      .flag("all", help: "List every trial, not only the best twenty."),
    ]

  init(_ arguments: ParsedArguments) throws {
    backtest = try BacktestOptions(arguments)
    do throws(SweepFault) {
      let parameters = try arguments.values("param").map { text throws(SweepFault) in try SweptParameter(text) }
      plan =
        if let count = arguments.integer("random") {
          try SweepPlan(drawing: count, seed: UInt64(arguments.integer("seed") ?? 1), from: parameters)
        } else {
          try SweepPlan(grid: parameters)
        }
      walkForward = try arguments.value("walk-forward").map { text throws(SweepFault) in try WalkForwardWindows(text) }
    } catch {
      throw CommandFailure(error.commandError)
    }
    guard arguments.has("random") || !arguments.has("seed") else {
      throw CommandFailure(
        code: "seed_without_random", message: "a seed without a draw", where: "--seed",
        expected: "--random N beside it", found: "all combinations", remedy: "add --random N, or leave --seed out",
        exitCode: .usage)
    }
    metric = arguments.value("metric").flatMap(SweepMetric.init(rawValue:)) ?? .pnl
    workers = arguments.integer("workers") ?? processorCount()
    showsAll = arguments.has("all")
    // What a trial sets need not be there before, unless an option must have some value.
    backtest.bars.parameters = plan.parameters.map { ($0.name, $0[0]) }
  }
}

extension SweepFault {
  /// The fault in the form of the command line.
  var commandError: CommandError {
    CommandError(
      code: code, message: message, where: place, expected: expected, found: found, remedy: remedy, exitCode: .usage)
  }
}
