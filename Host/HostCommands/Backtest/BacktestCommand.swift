import Backtest
import CommandLineKit
import TradingTypes

/// `host backtest`: what the live host would have done, over recorded bars.
enum BacktestCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "backtest",
      abstract: "Run strategies over recorded bars as the live host would have, as fast as the machine goes.",
      discussion: [
        "The same plugins, core and risk rules as in host run; only the clock, the data and the account differ. A market "
          + "order fills at the next bar's open. Without --config there are no limits and no costs but those asked for.",
        "Without --market every bar is used as given. --json lists every trade and the equity of every bar unless "
          + "--no-series is given.",
      ], options: BacktestOptions.specifications + outputs,
      examples: [
        "host backtest --strategy sma-cross --param fast=20 --param slow=50 --data GOOG.csv --cash 10000",
        "host backtest --strategy rsi2 --data prices/ --commission-rate 0.001 --report rsi2.html",
      ])
  ) { arguments, streams in
    let setup = try BacktestSetup(BacktestOptions(arguments), HostEnvironment(arguments), streams)
    return try run(setup, Wanted(arguments, streams), streams)
  }

  private static let outputs = [
    OptionSpecification("report", value: "FILE", help: "Write a self-contained HTML report."),
    .flag("no-series", help: "Leave the list of trades and the equity of every bar out of --json."),
  ]

  /// What is to come out.
  private struct Wanted {
    var report: String?
    var listsSeries: Bool

    init(_ arguments: ParsedArguments, _ streams: StandardStreams) {
      report = arguments.value("report")
      listsSeries = streams.mode == .json && !arguments.has("no-series")
    }
  }

  private static func run(_ setup: BacktestSetup, _ wanted: Wanted, _ streams: StandardStreams) throws -> ExitCode {
    let plan = setup.plan
    let curve = AccountCurve(start: plan.cash, keepsSeries: wanted.listsSeries, samples: wanted.report != nil)
    let wishes = BacktestPlan.Wishes(observer: curve, keepsTrades: wanted.listsSeries || wanted.report != nil)
    let errors = streams.errors
    guard let report = wanted.report else {
      let outcome = try plan.run(setup.source(), wishes: wishes) { errors.line($0) }
      try streams.show(
        BacktestSummary(
          result: BacktestResult(setup, outcome, curve), listsSeries: wanted.listsSeries, report: nil, ledger: nil))
      return .ok
    }
    let source = SampledSource(
      setup.source(), instruments: plan.universe.instruments.count, from: plan.decideFrom, endBefore: plan.endBefore)
    let outcome = try plan.run(source, wishes: wishes) { errors.line($0) }
    let result = BacktestResult(setup, outcome, curve)
    if let sampler = curve.sampler {
      try BacktestReporter(result: result, account: sampler, prices: source.curves).write(report)
    }
    try streams.show(
      BacktestSummary(result: result, listsSeries: wanted.listsSeries, report: report, ledger: nil))
    return .ok
  }
}
