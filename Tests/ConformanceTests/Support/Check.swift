import Foundation

/// The built executable checking a plugin, as a user has it do.
struct Check {
  /// One row of the answer.
  struct Row: Decodable {
    var test: String
    var verdict: String
    var detail: String?
    var output: String?
  }

  /// The answer.
  struct Answer: Decodable {
    var file: String
    var sha256: String
    var seed: Int
    var level: Int
    var passed: Int
    var failed: Int
    var results: [Row]

    /// The rows of tests that failed, crashed or timed out.
    var faults: [Row] { results.filter { ["fail", "crash", "timeout"].contains($0.verdict) } }
  }

  var status: Int32
  var output: String
  var errors: String

  /// The answer of a check with `--json`.
  var answer: Answer {
    get throws { try JSONDecoder().decode(Answer.self, from: Data(output.utf8)) }
  }

  static var executable: String {
    let products = Bundle.allBundles.map(\.bundleURL) + [URL(fileURLWithPath: CommandLine.arguments[0])]
    for url in products {
      let candidate = url.deletingLastPathComponent().appendingPathComponent("host").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    }
    return "\(Fixture.root)/.build/debug/host"
  }

  /// Runs `host check-plugin` to its end.
  static func run(_ arguments: [String], environment: [String: String]? = nil) throws -> Check {
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = ["check-plugin"] + arguments
    var variables = environment ?? ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("WHARF_") }
    variables["WHARF_HOME"] = scratch.path
    process.environment = variables
    let (output, errors) = (scratch.path + "/stdout", scratch.path + "/stderr")
    for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try process.run()
    process.waitUntilExit()
    return Check(
      status: process.terminationStatus, output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }
}
