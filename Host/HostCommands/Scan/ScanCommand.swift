import CommandLineKit
import Configuration
import PluginHost
import TradingTypes

/// `host scan PLUGIN`: walks recorded bars through one strategy or scanner and prints every number it came to.
enum ScanCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "scan", abstract: "Walk recorded bars through a strategy or scanner and print every number behind its decisions.",
      discussion: [
        "Nothing is traded and nothing is recorded. A strategy sees a flat account of --cash; its virtual trades are "
          + "listed too.",
        "--follow goes on with further bars when the history has been walked: lines \(FollowedLine.layout), in order of "
          + "time. An instant is scanned at once when a line of another time follows, at an empty line, and at the end; "
          + "its answers are printed then, those that were raised ranked by score. The result is that of a scan over "
          + "all these bars; --json adds the steps to it.",
      ],
      arguments: [ArgumentSpecification("PLUGIN", help: "The id of a strategy or scanner, such as mr-combined.")],
      options: options,
      examples: [
        "host scan mr-combined --data AAPL.csv --from 2018-04-01 --to 2018-04-30",
        "host scan mr-combined --data prices/ --follow today.csv",
      ])
  ) { arguments, streams in
    let environment = try HostEnvironment(arguments)
    let file = try environment.plugin(arguments.argument("PLUGIN") ?? "")
    let setup = try ScanSetup(arguments, environment, file, streams)
    let follower = try arguments.value("follow").map { try ScanFollower($0, setup, streams) }
    let run: any ScanRun = setup.isScanner ? try ObservationScanRun(setup) : try SignalScanRun(setup)
    var last = Timestamp.distantPast
    try setup.walk(setup.history()) {
      run.offer($0)
    } evaluate: {
      run.evaluate($0)
      last = $0
    }
    let steps = try follower?.follow(run, after: last)
    try run.finish()
    try run.show(streams, steps: steps)
    return .ok
  }

  static let options: [OptionSpecification] =
    DataOptions.specifications + [
      .flag("all-bars", help: "Report every bar, also those that came to nothing."),
      OptionSpecification("follow", value: "FILE", help: "Go on with the bars of this file; - is standard input."),
    ]
}
