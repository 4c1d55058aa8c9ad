import CommandLineKit
import Configuration
import PluginHost

/// `host revoke-plugin`: takes back what `approve-plugin` allowed.
enum RevokePluginCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "revoke-plugin", abstract: "Take the approval of a third-party plugin back; it is not used any more.",
      arguments: [ArgumentSpecification("ID", help: "The plugin's id; its file need not be there any more.")],
      examples: ["host revoke-plugin my-strategy"])
  ) { arguments, streams in
    let id = arguments.argument("ID") ?? ""
    let home = try HostEnvironment.locations(arguments).home
    let file = PluginLockFile(home: home)
    do {
      let known = try file.read().grants.keys.sorted()
      guard known.contains(id) else { throw unknown(id, known, file.path) }
      try file.update { _ = $0.revoke(id) }
    } catch let error as TrustFileError {
      throw CommandFailure(error.commandError)
    }
    StartMarks(home: home).forget(id)
    try streams.show(Revocation(id: id))
    return .ok
  }

  private static func unknown(_ id: String, _ known: [String], _ path: String) -> CommandFailure {
    CommandFailure(
      code: "not_approved", message: "plugin \(id) is not approved", where: path,
      expected: known.isEmpty ? "an approved plugin" : "one of: \(known.joined(separator: ", "))", found: id,
      remedy: "see host list-plugins", exitCode: .noInput)
  }
}

/// What `revoke-plugin` says, in both forms.
private struct Revocation: CommandReport {
  var id: String

  func text(for capabilities: TerminalCapabilities) -> String {
    "revoked: \(id); it is not used until it is approved anew\n"
  }

  func writeJSON(to writer: inout JSONWriter) {
    writer.value(["schema": 1, "id": .string(id), "revoked": true])
  }
}
