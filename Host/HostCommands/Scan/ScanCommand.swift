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
          + "listed too."
      ],
      arguments: [ArgumentSpecification("PLUGIN", help: "The id of a strategy or scanner, such as mr-combined.")],
      options: options, examples: ["host scan mr-combined --data AAPL.csv --from 2018-04-01 --to 2018-04-30"])
  ) { arguments, streams in
    let environment = try HostEnvironment(arguments)
    let file = try environment.plugin(arguments.argument("PLUGIN") ?? "")
    let setup = try ScanSetup(arguments, environment, file, streams)
    if setup.isScanner {
      try streams.show(ObservationScan(setup))
    } else {
      try streams.show(SignalScan(setup))
    }
    return .ok
  }

  static let options: [OptionSpecification] =
    DataOptions.specifications + [.flag("all-bars", help: "Report every bar, also those that came to nothing.")]
}
