import Foundation
import Testing

/// Third-party plugins in C, built while the tests run.
struct StrangerPlugin {
  var id = "stranger"
  var version = "1.0.0"
  var permissions: [String] = []
  /// Whether it also has an option `key` that must be given.
  var required = false
  /// Runs in the entry function.
  var inEntry = ""
  /// Runs when an instance is made.
  var inCreate = ""
  /// Runs when an instance is started.
  var inStart = ""

  private var manifest: String {
    """
    {"id":"\(id)","name":"Stranger","version":"\(version)","roles":["strategy"],"abi":"1.0","language":"c",
     "summary":"A strategy of a test.","permissions":[\(permissions.map { "\"\($0)\"" }.joined(separator: ","))],
     "options":[{"name":"speed","type":"integer","default":"3","help":"how fast"}\(required ? key : "")]}
    """
  }

  private var key: String { ",{\"name\":\"key\",\"type\":\"integer\",\"required\":true,\"help\":\"the key\"}" }

  private var source: String {
    """
    #include "wharf/wharf.h"
    #include <stdlib.h>
    #include <string.h>
    WHARF_MANIFEST_FILE("manifest.json");
    static int anything;
    static wharf_status create(const wharf_host *h, wharf_instance **o) {
      (void)h; *o = (wharf_instance *)&anything; \(inCreate); return WHARF_OK;
    }
    static wharf_status start(wharf_instance *i, const wharf_start *s) { (void)i; (void)s; \(inStart); return WHARF_OK; }
    static wharf_status on_bar(wharf_instance *i, const wharf_bar *b, const wharf_strategy_sink *s) {
      (void)i; (void)b; (void)s; return WHARF_OK;
    }
    static void destroy(wharf_instance *i) { (void)i; }
    static const wharf_strategy strategy = {sizeof strategy, 0, create, start, on_bar, NULL, NULL, NULL, destroy};
    static wharf_status find(const char *id, uint64_t n, const void **out) {
      if (n != 16 || memcmp(id, "wharf.strategy/1", 16)) return WHARF_E_UNSUPPORTED;
      *out = &strategy;
      return WHARF_OK;
    }
    const wharf_plugin *wharf_plugin_entry(void) {
      static const wharf_plugin plugin = {sizeof plugin, 1, 0, find};
      \(inEntry);
      return &plugin;
    }
    """
  }

  /// Builds it as `FOLDER/ID.so`; whatever has that name is replaced.
  @discardableResult
  func build(in folder: HostProcess.Folder) throws -> String {
    try StrangerPlugin.compile(id, source: source, manifest: manifest, in: folder)
  }

  /// Compiles a source that embeds `manifest.json`.
  @discardableResult
  static func compile(
    _ name: String, source: String, manifest: String, in folder: HostProcess.Folder
  ) throws -> String {
    try folder.write("manifest.json", manifest)
    try folder.write("\(name).c", source)
    let path = "\(folder.path)/\(name).so"
    try? FileManager.default.removeItem(atPath: path)
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/cc")
    compiler.arguments = [
      "-std=gnu11", "-shared", "-fPIC", "-I", "\(SourceRoot.path)/PluginAPI/include", "-I", folder.path,
      "\(folder.path)/\(name).c", "-o", path,
    ]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  /// Runs the host with this folder as its home and as the only folder of third-party plugins.
  static func host(
    _ arguments: [String], in home: HostProcess.Folder, input: String = ""
  ) throws -> HostProcess.Result {
    try HostProcess.run(arguments, home: home, environment: ["WHARF_PLUGIN_PATH": home.path], input: input)
  }

  /// Allows a plugin of this folder to run in the host's process.
  static func trust(_ id: String, in home: HostProcess.Folder) throws {
    let result = try host(["approve-plugin", id, "--yes", "--isolation", "in-process"], in: home)
    try #require(result.status == 0, "\(result.output) \(result.errors)")
  }
}
