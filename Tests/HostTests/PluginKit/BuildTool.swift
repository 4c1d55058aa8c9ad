import Foundation
import Testing

/// A program on the PATH that plugins are built with, run as an author runs it.
struct BuildTool {
  let path: String

  /// Finds a program; without it the tests that need it are skipped, and say so.
  init?(_ name: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for folder in folders where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
      path = "\(folder)/\(name)"
      return
    }
    FileHandle.standardError.write(Data("SKIPPED: there is no \(name), so nothing was built with it\n".utf8))
    return nil
  }

  /// A program by its path; `nil` when there is none.
  init?(path: String) {
    guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
    self.path = path
  }

  /// Runs it to its end and expects success; answers everything it wrote.
  @discardableResult
  func run(_ arguments: [String], in folder: String, _ variables: [String: String] = [:]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    // What the test's own build passes on would steer another one.
    var environment = ProcessInfo.processInfo.environment.filter { name, _ in
      !["WHARF_", "SWIFT", "XCTest", "MAKE", "MFLAGS"].contains { name.hasPrefix($0) }
    }
    for (name, value) in variables { environment[name] = value }
    process.environment = environment
    let log = folder + "/.log-\(UUID().uuidString)"
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    defer { try? FileManager.default.removeItem(atPath: log) }
    let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let text = try String(contentsOfFile: log, encoding: .utf8)
    #expect(process.terminationStatus == 0, "\(path) \(arguments.joined(separator: " ")):\n\(text)")
    try #require(process.terminationStatus == 0)
    return text
  }

  static let make = BuildTool("make")
  static let c = BuildTool("cc")
  static let cplusplus = BuildTool("g++")
  static let cargo = BuildTool("cargo")
  static let swift = BuildTool("swift")
  static let python = BuildTool("python3")
  static let pkgConfig = BuildTool("pkg-config")
}
