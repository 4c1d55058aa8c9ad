import Foundation
import Testing

/// Builds small plugins in C with the system's compiler.
enum CPlugin {
  struct BuildFailure: Error, CustomStringConvertible {
    var description: String
  }

  static let packageRoot = URL(filePath: #filePath).appending(path: "../../../..").standardized.path

  /// A manifest that is right, with some keys replaced; a value of `nil` leaves the key out.
  static func manifest(_ changes: [String: String?] = [:]) -> String {
    var members: [String: String] = [
      "id": "\"tiny\"", "name": "\"Tiny\"", "version": "\"1.0.0\"", "roles": "[\"strategy\"]", "abi": "\"1.0\"",
      "language": "\"c\"", "summary": "\"A plugin of a test.\"", "permissions": "[]", "options": "[]",
    ]
    for (key, value) in changes { members[key] = value }
    return "{" + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
  }

  /// The head of every fixture: the headers, and the manifest `manifest.json` when there is one.
  static func prelude(hasManifest: Bool = true) -> String {
    """
    #include "wharf/wharf.h"
    #include <math.h>
    #include <string.h>
    \(hasManifest ? "WHARF_MANIFEST_FILE(\"manifest.json\");" : "")

    """
  }

  /// An entry that offers tables, each by its id and the name of a variable.
  static func entry(_ tables: [String: String], descriptor: String = "sizeof(wharf_plugin), 1, 0, find") -> String {
    let lines = tables.sorted { $0.key < $1.key }.map { id, variable in
      "  if (n == \(id.utf8.count) && !memcmp(id, \"\(id)\", n)) { *out = &\(variable); return WHARF_OK; }"
    }
    return """

      static wharf_status find(const char *id, uint64_t n, const void **out) {
      \(lines.joined(separator: "\n"))
        (void)id; (void)n; (void)out;
        return WHARF_E_UNSUPPORTED;
      }
      static const wharf_plugin descriptor = {\(descriptor)};
      const wharf_plugin *wharf_plugin_entry(void) { return &descriptor; }

      """
  }

  /// A strategy that does nothing.
  static let quietStrategy = """
    static int anything;
    static wharf_status create(const wharf_host *h, wharf_instance **o) {
      (void)h; *o = (wharf_instance *)&anything; return WHARF_OK;
    }
    static wharf_status start(wharf_instance *i, const wharf_start *s) { (void)i; (void)s; return WHARF_OK; }
    static wharf_status on_bar(wharf_instance *i, const wharf_bar *b, const wharf_strategy_sink *s) {
      (void)i; (void)b; (void)s; return WHARF_OK;
    }
    static void destroy(wharf_instance *i) { (void)i; }
    static const wharf_strategy strategy = {
      .struct_size = sizeof(wharf_strategy), .create = create, .start = start, .on_bar = on_bar, .destroy = destroy};

    """

  /// The source of a plugin that can be used.
  static let quietSource = prelude() + quietStrategy + entry(["wharf.strategy/1": "strategy"])

  /// Compiles a source into `folder/name`, with the manifest beside it, and returns the path.
  @discardableResult
  static func build(
    _ name: String, in folder: String, source: String = quietSource, manifest: String? = CPlugin.manifest(),
    flags: [String] = []
  ) throws -> String {
    let scratch = try TemporaryFolder()
    try scratch.write("plugin.c", source)
    if let manifest { try scratch.write("manifest.json", manifest) }
    let output = folder + "/" + name
    let shared = flags.contains("-pie") ? ["-fPIE"] : ["-shared", "-fPIC"]
    try compile(
      shared + ["-I", packageRoot + "/PluginAPI/include", "-I", scratch.path, scratch.path + "/plugin.c", "-o", output]
        + flags)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: output)
    return output
  }

  /// Runs the system's C compiler.
  static func compile(_ arguments: [String]) throws {
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/cc")
    process.arguments = ["-std=gnu11", "-O1", "-Wall"] + arguments
    process.standardError = errors
    try process.run()
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BuildFailure(description: "cc failed: " + String(decoding: text, as: UTF8.self))
    }
  }
}
