import Foundation
import Sandbox
import Testing

/// A plugin of `Tests/Fixtures/Escapes`, built and run behind the wall by a child that does nothing else.
enum EscapePlugin {
  struct Failure: Error, CustomStringConvertible { var description: String }

  /// Who the child is.
  enum User: String, Sendable, CaseIterable { case same, nobody }

  /// What a child left behind.
  struct Result {
    var ending: ChildEnding?
    var output: String
    var attempts: [SandboxAttempt]
    var total: Int

    /// Whether the plugin came to the end of its attempts.
    var isDone: Bool { output.contains("TRIED: all of it") && output.contains("PRISONER DONE") }
  }

  static let root = URL(filePath: #filePath).appending(path: "../../..").standardized.path

  /// Every escape there is, by its name.
  static let all: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/Tests/Fixtures/Escapes")) ?? []
    return names.filter { $0.hasSuffix(".c") }.map { String($0.dropLast(2)) }.sorted()
  }()

  /// Compiles an escape into a folder that every user may read, with the home folder it attacks.
  static func build(_ name: String, in folder: TestFolder, flags: [String] = []) throws -> String {
    let id = name.replacing("_", with: "-")
    try folder.write(
      "manifest.json",
      "{\"id\":\"\(id)\",\"name\":\"\(id)\",\"version\":\"1.0.0\",\"roles\":[\"strategy\"],\"abi\":\"1.0\","
        + "\"language\":\"c\",\"summary\":\"Tries to escape.\",\"permissions\":[],\"options\":[]}")
    let output = "\(folder.path)/\(name).so"
    try run(
      "/usr/bin/cc",
      [
        "-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-I", root + "/PluginAPI/include",
        "-I", folder.path, "-DESCAPE_HOME=\"\(folder.path)\"", "\(root)/Tests/Fixtures/Escapes/\(name).c", "-o", output,
      ] + flags)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: output)
    return output
  }

  /// Runs a built plugin to its end, or until the deadline.
  static func run(
    _ plugin: String, as user: User = .same, options: [String] = [], deadline: Int32 = 60_000
  ) throws -> Result {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
      throw Failure(description: "socketpair")
    }
    defer { for end in ends { close(end) } }
    let command = [executable, plugin] + options
    let asNobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] + command
    let words = user == .same ? command : asNobody
    let child = try ChildProcess(executable: words[0], arguments: Array(words.dropFirst()), descriptors: [ends[1]])
    var output: [UInt8] = []
    let ending = child.wait(milliseconds: deadline)
    let final = ending ?? child.end()
    output += child.takeOutput()
    let news = child.attempts.takeNews()
    return Result(
      ending: ending == nil ? nil : final, output: String(decoding: output, as: UTF8.self), attempts: news.attempts,
      total: news.attempts.count + news.unnoted)
  }

  /// The child's executable, beside the tests.
  static var executable: String {
    for url in Bundle.allBundles.map(\.bundleURL) + [URL(fileURLWithPath: CommandLine.arguments[0])] {
      let candidate = url.deletingLastPathComponent().appendingPathComponent("Prisoner").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    }
    return root + "/.build/debug/Prisoner"
  }

  /// Why escapes cannot be run as another user; `nil` when they can.
  static let noOtherUser: String? = {
    if getuid() != 0 { return "the tests do not run as root, so all ran as an ordinary user already" }
    let arguments = ["--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/test", "-x", executable]
    return (try? run("/usr/bin/setpriv", arguments)) == nil ? "user 65534 may not run \(executable)" : nil
  }()

  private static func run(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardError = errors
    try process.run()
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "\(program) failed: " + String(decoding: text, as: UTF8.self))
    }
  }
}

/// A folder of its own that every user may read, removed when the value goes.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
  }
}
