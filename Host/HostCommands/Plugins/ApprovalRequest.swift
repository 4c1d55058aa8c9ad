import CommandLineKit
import Configuration
import Hashing
import PluginHost
import Sandbox
import TradingCore
import TradingTypes

/// What a person is asked to allow, in both forms.
struct ApprovalRequest: CommandReport {
  /// The file, read whole.
  var file: PluginFile
  var manifest: Manifest
  /// The wall it would run behind.
  var isolation: PluginFile.Isolation
  /// What was allowed to its id before.
  var earlier: PluginLock.Grant?
  var changes: [ApprovalChange]
  var check: CheckVerdict?
  /// Whether it lies in a folder that the host looks through.
  var isListed: Bool
  var sandbox = SandboxSupport.current
  /// Whether it is allowed now.
  var isApproved = false

  /// Whether it is allowed already, as it is and behind this wall.
  var isUnchanged: Bool { earlier != nil && changes.isEmpty && earlier?.isolation == isolation }

  func text(for capabilities: TerminalCapabilities) -> String {
    let style = Style(capabilities)
    var lines: [(label: String, text: String)] = [
      ("plugin", "\(manifest.id) \(manifest.version): \(manifest.name)"), ("", manifest.summary), ("file", file.path),
      ("sha256", file.digest?.hex ?? ""), ("roles", manifest.roles.map(\.rawValue).joined(separator: ", ")),
      ("written in", manifest.language + (file.buildIdentity.map { ", \($0)" } ?? "")),
    ]
    lines += labelled("brings", (file.libraries ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
    let permissions = manifest.permissions.map { "\($0)  (\($0.meaning))" }
    lines += labelled("may", permissions.isEmpty ? ["ask for nothing outside the host"] : permissions)
    lines += labelled("options", manifest.options.map { "\($0.name): \($0.help)" })
    if manifest.roles.contains(.strategy) {
      lines.append(("on failure", "its positions: \(manifest.onFailure.rawValue)"))
    }
    lines.append(("check", check.map { "\($0)" } ?? "never made; run host check-plugin \(file.path)"))
    lines += labelled("isolation", wall)
    if let earlier { lines += labelled("approved", ["\(earlier.approvedAt), \(earlier.isolation.rawValue)"]) }
    lines += labelled("changed", changes.map(\.description) + isolationChange)
    var text = lines.map { Self.line($0.label, printable($0.text)) }.joined()
    if !isListed {
      text += "note: no folder that the host looks through has this file: set WHARF_PLUGIN_PATH or plugins.paths\n"
    }
    if isolation == .inProcess, !file.isFirstParty { text += ApprovalRequest.warning(style) }
    return text
  }

  /// What a person must know who takes the wall away.
  static func warning(_ style: Style) -> String {
    style.bold(style.red("warning:"))
      + " in-process, there is no wall: it can read every key and file of yours, trade, and take the host down;\n"
      + "         the permissions of its manifest bind nobody. Do this only with code that you wrote or have read.\n"
  }

  private static func line(_ label: String, _ text: String) -> String {
    "  " + label + String(repeating: " ", count: max(1, 12 - label.utf8.count)) + text + "\n"
  }

  /// The lines of one label, which stands before the first.
  private func labelled(_ label: String, _ texts: [String]) -> [(label: String, text: String)] {
    texts.enumerated().map { ($0.offset == 0 ? label : "", $0.element) }
  }

  /// The wall, and what this machine lacks of it.
  private var wall: [String] {
    guard isolation == .isolated else { return [isolation.rawValue] }
    let state = sandbox.text.split(separator: "\n").first.map { ", \($0)" } ?? ""
    return [isolation.rawValue + state] + sandbox.missing
  }

  private var isolationChange: [String] {
    guard let earlier, earlier.isolation != isolation else { return [] }
    let keep = earlier.isolation == .inProcess ? "; --isolation in-process keeps it as it was" : ""
    return ["isolation \(earlier.isolation.rawValue) to \(isolation.rawValue)\(keep)"]
  }

  func writeJSON(to writer: inout JSONWriter) {
    var changes = self.changes.map(\.json)
    if let earlier, earlier.isolation != isolation {
      changes.append([
        "field": "isolation", "from": .string(earlier.isolation.rawValue), "to": .string(isolation.rawValue),
      ])
    }
    var plugin = file.row.merging(file.details(check)) { $1 }
    plugin["isolation"] = .string(isolation.rawValue)
    plugin["sandbox"] = sandbox.json
    writer.value([
      "schema": 1, "plugin": .object(plugin), "is_new": .bool(earlier == nil && !file.isFirstParty),
      "changes": .array(changes), "is_listed": .bool(isListed), "approved": .bool(isApproved),
    ])
  }
}

extension Permission {
  /// What it lets the plugin do.
  fileprivate var meaning: String {
    switch kind {
    case .http: "requests through the host to \(target)"
    case .websocket: "streams through the host from \(target)"
    case .process: "the host runs the command \(target) for it"
    case .secret: "the host puts the secret \(target) into its requests; it never sees it"
    }
  }
}
