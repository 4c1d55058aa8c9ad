import CommandLineKit
import PluginHost
import Sandbox

extension SandboxSupport {
  /// What a session says when it starts beside plugins that this machine cannot wholly contain.
  func warnings(for files: [PluginFile]) -> [String] {
    let behindIt = files.filter { $0.status == .ready && $0.isolation == .isolated }
    return warnings(plugins: behindIt.compactMap { $0.manifest?.id })
  }

  /// The same for plugins that run behind it.
  func warnings(plugins ids: [String]) -> [String] {
    guard !ids.isEmpty else { return [] }
    return missing.map { "the sandbox of \(ids.sorted().joined(separator: ", ")) is incomplete: \($0)" }
  }

  /// Lines below the list of plugins.
  var text: String {
    let parts = [
      landlockABI.map { "Landlock \($0)" }, hasSystemCallFilter ? "seccomp" : nil,
      hasNoNewPrivileges ? "no_new_privs" : nil,
    ].compactMap(\.self)
    let state = isComplete ? "complete" : "incomplete"
    let lines = ["sandbox: \(state)" + (parts.isEmpty ? "" : " (" + parts.joined(separator: ", ") + ")")]
    return (lines + (missing + notes).map { "  " + $0 }).joined(separator: "\n") + "\n"
  }

  /// The member `sandbox` of the list's JSON form.
  var json: JSONValue {
    [
      "complete": .bool(isComplete), "landlock_abi": landlockABI.map { JSONValue($0) } ?? .null,
      "missing": .array(missing.map { .string($0) }), "no_new_privs": .bool(hasNoNewPrivileges),
      "notes": .array(notes.map { .string($0) }), "seccomp": .bool(hasSystemCallFilter),
    ]
  }
}
