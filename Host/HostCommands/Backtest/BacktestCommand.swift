import Backtest
import CommandLineKit
import Ledger
import Runtime
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
        "With --ledger every decision is recorded, for host why, trades and the other commands that read a ledger; one "
          + "that was cut off is run again from its beginning and compared with its record.",
      ], options: BacktestOptions.specifications + outputs,
      examples: [
        "host backtest --strategy sma-cross --param fast=20 --param slow=50 --data GOOG.csv --cash 10000",
        "host backtest --strategy rsi2 --data prices/ --commission-rate 0.001 --report rsi2.html",
        "host backtest --strategy mr-combined --data prices/ --market equity --ledger study.db",
      ])
  ) { arguments, streams in
    let wanted = try Wanted(arguments, streams)
    let setup = try BacktestSetup(BacktestOptions(arguments), HostEnvironment(arguments), streams)
    return try run(setup, wanted, streams)
  }

  private static let outputs = [
    OptionSpecification("report", value: "FILE", help: "Write a self-contained HTML report."),
    .flag("no-series", help: "Leave the list of trades and the equity of every bar out of --json."),
    OptionSpecification("ledger", value: "FILE", help: "Keep the record of every decision, as host run does."),
    .flag("new", help: "Begin a new ledger; an old one is kept beside it."),
  ]

  /// What is to come out.
  private struct Wanted {
    var report: String?
    var listsSeries: Bool
    var ledger: String?
    var startsNew: Bool

    init(_ arguments: ParsedArguments, _ streams: StandardStreams) throws {
      report = arguments.value("report")
      listsSeries = streams.mode == .json && !arguments.has("no-series")
      ledger = arguments.value("ledger")
      startsNew = arguments.has("new")
      guard ledger != nil || !startsNew else {
        throw CommandFailure(
          code: "missing_option", message: "there is no ledger to begin anew", where: "--new",
          expected: "--ledger FILE beside it", found: nil, remedy: "name a ledger, or leave --new out",
          exitCode: .usage)
      }
    }
  }

  private static func run(_ setup: BacktestSetup, _ wanted: Wanted, _ streams: StandardStreams) throws -> ExitCode {
    let plan = setup.plan
    let ledger = try wanted.ledger.map {
      try SessionLedger(setup.description, path: $0, startsNew: wanted.startsNew)
    }
    let curve = AccountCurve(start: plan.cash, keepsSeries: wanted.listsSeries, samples: wanted.report != nil)
    var wishes = BacktestPlan.Wishes(observer: curve, keepsTrades: wanted.listsSeries || wanted.report != nil)
    wishes.recorder = ledger.map {
      BatchedRecorder($0.ledger, faults: DrillFaults(environment: HostEnvironment.processVariables()))
    }
    let sampled = wanted.report.map { _ in
      SampledSource(
        setup.source(), instruments: plan.universe.instruments.count, from: plan.decideFrom, endBefore: plan.endBefore)
    }
    let outcome = try run(plan, sampled ?? setup.source(), wishes, streams.errors)
    let result = BacktestResult(setup, outcome, curve)
    if let report = wanted.report, let account = curve.sampler, let sampled {
      try BacktestReporter(result: result, account: account, prices: sampled.curves).write(report)
    }
    let summary = BacktestSummary(
      result: result, listsSeries: wanted.listsSeries, report: wanted.report, ledger: wanted.ledger)
    try ledger?.finish(JSONValue.object(summary.figures).text)
    try streams.show(summary)
    return .ok
  }

  private static func run(
    _ plan: BacktestPlan, _ source: any BarSource, _ wishes: BacktestPlan.Wishes, _ errors: LineOutput
  ) throws -> BacktestOutcome {
    do {
      return try plan.run(source, wishes: wishes) { errors.line($0) }
    } catch let error as LedgerError {
      throw CommandFailure(error.commandError)
    }
  }
}
