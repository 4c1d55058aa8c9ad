import Foundation

/// A program of the system that a test runs.
struct Tool {
  /// What it printed and how it ended.
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  let path: String

  /// Finds a program in the folders of `PATH`.
  static func find(_ name: String) -> Tool? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    return folders.lazy.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
      .map { Tool(path: $0) }
  }

  /// Finds a program beside the Swift compiler.
  static func findBesideSwift(_ name: String) -> Tool? {
    guard let swift = find("swift") else { return nil }
    let folder = URL(filePath: swift.path).resolvingSymlinksInPath().deletingLastPathComponent()
    let path = folder.appending(path: name).path
    return FileManager.default.isExecutableFile(atPath: path) ? Tool(path: path) : nil
  }

  /// Runs it to its end. Output goes through files, so that no full pipe can stop it.
  func run(_ arguments: [String], in folder: String = "/") throws -> Outcome {
    let scratch = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: scratch.write("output", "")))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: scratch.write("errors", "")))
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: try scratch.text("output"), errors: try scratch.text("errors"))
  }

  /// Runs it and returns its output; fails when it does.
  func output(_ arguments: [String], in folder: String = "/") throws -> String {
    let outcome = try run(arguments, in: folder)
    guard outcome.status == 0 else {
      throw Failure(description: "\(path) ended with \(outcome.status): \(outcome.errors)")
    }
    return outcome.output
  }

  /// The system's C compiler, which every machine that builds Wharf has.
  static func compiler() throws -> Tool {
    guard let compiler = find("cc") ?? find("gcc") ?? findBesideSwift("clang") else {
      throw Failure(description: "no C compiler found; install gcc")
    }
    return compiler
  }
}
