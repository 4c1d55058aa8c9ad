import CommandLineKit
import Configuration
import Hashing
import PluginHost
import Sandbox

/// `host list-plugins`: every file in the plugin folders and what it is, without running any of it.
enum ListPluginsCommand {
  static let command = HostCommand(
    specification: CommandSpecification(
      "list-plugins", abstract: "List every plugin file, what it is, and why it cannot be used if it cannot.",
      discussion: [
        "Folders: plugins.paths of the configuration, $WHARF_PLUGIN_PATH, and the folder of the executable. "
          + "No plugin code runs.",
        "Plugins that came with the host need no approval; every other file is used only after host approve-plugin.",
      ], examples: ["host list-plugins", "host list-plugins --json"])
  ) { arguments, streams in
    let environment = try HostEnvironment(arguments, isThorough: true)
    environment.reportSuspects(streams.errors)
    if let note = environment.build.note { streams.errors.line("note: \(note)") }
    try streams.show(PluginList(files: environment.files))
    return .ok
  }
}

/// The list in both forms.
struct PluginList: CommandReport {
  var files: [PluginFile]
  /// What keeps isolated plugins from doing harm on this machine.
  var sandbox = SandboxSupport.current

  func text(for capabilities: TerminalCapabilities) -> String {
    guard !files.isEmpty else { return "no plugin files; set WHARF_PLUGIN_PATH or plugins.paths\n" }
    var table = TextTable([
      .init("ID"), .init("VERSION"), .init("ROLES"), .init("ABI"), .init("STATUS"), .init("ISOLATION"),
      .init("SHA-256"),
      .init("PATH", mayBeCut: true),
    ])
    for file in files {
      table.append([
        .init(file.manifest?.id ?? "-"), .init(file.manifest.map { "\($0.version)" } ?? "-"),
        .init(file.manifest.map { $0.roles.map(\.rawValue).joined(separator: ",") } ?? "-"),
        .init(file.manifest.map { "\($0.abi)" } ?? "-"), .init(file.status.rawValue), .init(file.isolation.rawValue),
        .init(file.digest.map { String($0.description.prefix(12)) } ?? "-"), .init(file.path),
      ])
    }
    var text = table.rendered(for: capabilities)
    for file in files where file.status != .ready {
      text += "\n\(file.manifest?.id ?? file.path): \(file.reason ?? file.status.rawValue)\n"
      if let remedy = file.remedy { text += "  what to do: \(remedy)\n" }
    }
    return text + "\n" + sandbox.text
  }

  func writeJSON(to writer: inout JSONWriter) {
    writer.value(["plugins": .array(files.map { .object($0.row) }), "sandbox": sandbox.json, "schema": 1])
  }
}
