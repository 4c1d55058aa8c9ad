import CommandLineKit
import Hashing
import PluginHost

/// `host release-plugin`: a person says that a quarantined plugin may be loaded again.
enum ReleasePluginCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "release-plugin", abstract: "Let a quarantined plugin be loaded again.",
      discussion: [
        "A plugin that fails three times within ten minutes is quarantined until a person has looked into it. Its failures "
          + "so far do not count any more; the record of them stays in HOME/state/plugin-failures.json."
      ], arguments: [ArgumentSpecification("ID", help: "The plugin's id, as host list-plugins shows it.")],
      examples: ["host release-plugin my-strategy"])
  ) { arguments, streams in
    let environment = try HostEnvironment(arguments)
    guard let id = arguments.argument("ID") else {
      preconditionFailure("the parser lets no command line through without the argument")
    }
    let lifted = try environment.failures.update { $0.release(id) }
    guard !lifted.isEmpty else { throw refusal(id, environment) }
    try streams.show(Released(id: id, quarantines: lifted))
    return .ok
  }

  private static func refusal(_ id: String, _ environment: HostEnvironment) -> CommandFailure {
    let installed = environment.files.first { $0.manifest?.id == id }
    let waiting = environment.files.filter { $0.status == .quarantined }.compactMap { $0.manifest?.id }.sorted()
    let expected = waiting.isEmpty ? "no plugin is quarantined" : "one of: \(waiting.joined(separator: ", "))"
    guard let installed else {
      return CommandFailure(
        code: "unknown_plugin", message: "there is no plugin \(id)", where: "plugin folders", expected: expected,
        found: id, remedy: "see host list-plugins", exitCode: .noInput)
    }
    return CommandFailure(
      code: "not_quarantined", message: "plugin \(id) is not quarantined", where: installed.path, expected: expected,
      found: "status \(installed.status.rawValue)", remedy: installed.remedy ?? "nothing has to be done",
      exitCode: .usage)
  }
}

/// What was lifted, in both forms.
private struct Released: CommandReport {
  var id: String
  var quarantines: [Quarantine]

  func text(for capabilities: TerminalCapabilities) -> String {
    quarantines.map { "released \($0.failure.plugin): was \($0.reason)\n" }.joined()
  }

  func writeJSON(to writer: inout JSONWriter) {
    let files = quarantines.map { quarantine -> JSONValue in
      [
        "reason": .string(quarantine.reason), "sha256": .string(quarantine.failure.plugin.digest.hex),
        "version": .string(quarantine.failure.plugin.version),
      ]
    }
    writer.value(["id": .string(id), "released": .array(files), "schema": 1])
  }
}
