import CommandLineKit
import Configuration

/// `host config check` and `host config show`.
enum ConfigCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "config", abstract: "Check or show the configuration.",
      subcommands: [
        CommandSpecification(
          "check",
          abstract: "Check the configuration against the host's and the plugins' options; list all faults at once.",
          examples: ["host config check"]),
        CommandSpecification(
          "show", abstract: "Print every option with its value in effect and where it comes from.",
          discussion: ["Secrets appear as references only."], examples: ["host config show"]),
      ])
  ) { arguments, streams in
    let environment = try HostEnvironment(arguments)
    let configuration = try environment.configuration()
    let secrets = DotEnvironment.read(environment.locations)
    let store = SecretStore(environment: environment.variables, file: secrets)
    let faults = secrets.faults + store.faults(in: configuration)
    if let failure = CommandFailure(faults.filter { $0.severity == .fault }.map(\.commandError)) { throw failure }
    let warnings = configuration.warnings + faults.filter { $0.severity == .warning }
    for warning in warnings { streams.errors.line("warning: \(warning)") }
    if arguments.commandWords.last == "show" {
      try streams.show(ConfigurationListing(rows: configuration.rows))
    } else {
      try streams.show(
        ConfigurationVerdict(file: environment.locations.configurationFile, warnings: warnings.map { "\($0)" }))
    }
    return .ok
  }
}

/// What `host config check` says when nothing is wrong.
struct ConfigurationVerdict: CommandReport {
  var file: String
  var warnings: [String]

  func text(for capabilities: TerminalCapabilities) -> String {
    "\(file): no faults\(warnings.isEmpty ? "" : ", \(warnings.count) warnings")\n"
  }

  func writeJSON(to writer: inout JSONWriter) {
    writer.value([
      "faults": 0, "file": .string(file), "schema": 1, "warnings": .array(warnings.map { .string($0) }),
    ])
  }
}

/// What `host config show` prints.
struct ConfigurationListing: CommandReport {
  var rows: [EffectiveConfiguration.Row]

  func text(for capabilities: TerminalCapabilities) -> String {
    var table = TextTable([.init("KEY"), .init("VALUE"), .init("ORIGIN")])
    for row in rows { table.append([.init(row.key), .init(row.value ?? "(not set)"), .init(row.origin)]) }
    return table.rendered(for: capabilities)
  }

  func writeJSON(to writer: inout JSONWriter) {
    writer.value([
      "options": .array(
        rows.map {
          [
            "help": .string($0.help), "key": .string($0.key), "origin": .string($0.origin),
            "value": $0.value.map { .string($0) } ?? .null,
          ]
        }), "schema": 1,
    ])
  }
}
