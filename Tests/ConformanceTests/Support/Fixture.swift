import Foundation

/// Builds the plugins of `Tests/Fixtures/Conformance` with the system's C compiler.
struct Fixture {
  struct BuildFailure: Error, CustomStringConvertible {
    var description: String
  }

  static let root = URL(filePath: #filePath).appending(path: "../../../..").standardized.path
  static let folder = root + "/Tests/Fixtures/Conformance"

  /// A manifest for a fixture: that of its role, with some keys replaced.
  static func manifest(_ source: String, _ changes: [String: String?]) -> String {
    let role = source.prefix { $0 != "." && $0 != "-" }
    var members: [String: String] = [
      "id": "\"fixture\"", "name": "\"Fixture\"", "version": "\"1.0.0\"", "roles": "[\"\(role)\"]", "abi": "\"1.0\"",
      "language": "\"c\"", "summary": "\"A plugin of a test.\"", "permissions": "[]", "options": options(source),
    ]
    if source == "broker-network.c" { members["permissions"] = "[\"http:broker.example.com\"]" }
    for (key, value) in changes { members[key] = value }
    return "{" + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
  }

  /// The options that a fixture reads.
  static func options(_ source: String) -> String {
    let span =
      #"{"name":"span","type":"integer","default":"5","minimum":"1","maximum":"64","help":"Bars to look back."}"#
    let others = """
      {"name":"label","type":"text","default":"plain","help":"What it is called."},
      {"name":"token","type":"secret","help":"Not for it to read."}
      """
    guard source.hasPrefix("strategy") else { return "[]" }
    return source == "strategy-options.c" ? "[\(span),\(others)]" : "[\(span)]"
  }

  /// Builds a fixture and returns the path of the file, which lies in `folder`.
  static func build(
    _ source: String, define: String = "", flags: [String] = [], manifest: [String: String?] = [:], in folder: String
  ) throws -> String {
    try self.manifest(source, manifest).write(toFile: folder + "/manifest.json", atomically: true, encoding: .utf8)
    let output = folder + "/libfixture.so"
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/cc")
    process.arguments =
      ["-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"] + (define.isEmpty ? [] : ["-D" + define])
      + [
        "-I", root + "/PluginAPI/include", "-I", folder, Fixture.folder + "/" + source, "-o", output, "-lm",
        "-fvisibility=hidden", "-Wl,-z,defs",
      ] + flags
    process.standardError = errors
    try process.run()
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BuildFailure(description: "cc failed: " + String(decoding: text, as: UTF8.self))
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: output)
    return output
  }
}

/// A folder of its own, removed when the value goes.
final class Scratch: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-check-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
