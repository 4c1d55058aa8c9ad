import Foundation
import Testing

/// The built executable, run as a user runs it.
struct HostProcess {
  /// What a process left behind.
  struct Result {
    var status: Int32
    var wasKilled: Bool
    var output: String
    var errors: String

    /// Standard output as one JSON object.
    var json: [String: Any] {
      get throws {
        let object = try JSONSerialization.jsonObject(with: Data(output.utf8))
        return try #require(object as? [String: Any])
      }
    }

    /// The first error's code of a JSON answer.
    var errorCode: String? { ((try? json)?["error"] as? [String: Any])?["code"] as? String }
  }

  /// A folder of its own, removed when the value goes.
  final class Folder: Sendable {
    let path: String

    init() throws {
      path = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-test-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
      try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    }
  }

  static var executable: String {
    let products = Bundle.allBundles.map(\.bundleURL) + [URL(fileURLWithPath: CommandLine.arguments[0])]
    for url in products {
      let candidate = url.deletingLastPathComponent().appendingPathComponent("host").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    }
    return "\(SourceRoot.path)/.build/debug/host"
  }

  /// Runs it to its end, without a terminal.
  static func run(
    _ arguments: [String], home: Folder, environment: [String: String] = [:], input: String = "",
    executable: String = executable
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("WHARF_") }
    variables["WHARF_HOME"] = home.path
    for (key, value) in environment { variables[key] = value }
    process.environment = variables
    let (output, errors) = ("\(home.path)/stdout", "\(home.path)/stderr")
    for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    let pipe = Pipe()
    process.standardInput = pipe
    try process.run()
    pipe.fileHandleForWriting.write(Data(input.utf8))
    try pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
      output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }
}

/// Where the project lies.
enum SourceRoot {
  static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
}

/// Daily bars of made-up symbols on real XNYS weekdays of 2016, from a seeded walk.
enum MadeUpBars {
  static func csv(symbol index: UInt64, days: Int = 260) -> String {
    var state = index &* 7919 &+ 17
    func next(_ bound: UInt64) -> Int64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int64(state % bound)
    }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "UTC")!
    var date = calendar.date(from: DateComponents(year: 2016, month: 1, day: 4))!
    var cents: Int64 = 5000
    var lines = ["timestamp,open,high,low,close,volume"]
    while lines.count <= days {
      let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
      if parts.weekday != 1, parts.weekday != 7 {
        let open = max(200, cents + next(121) - 60)
        let close = max(200, open + next(301) - 150)
        let (high, low) = (max(open, close) + next(80), min(open, close) - next(80))
        cents = close
        func money(_ cents: Int64) -> String { "\(cents / 100)." + (cents % 100 < 10 ? "0" : "") + "\(cents % 100)" }
        let day =
          "\(parts.year!)-" + [parts.month!, parts.day!].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: "-")
        lines.append(
          "\(day)T00:00:00Z,\(money(open)),\(money(high)),\(money(low)),\(money(close)),\(1_000_000 + next(900_000))")
      }
      date = calendar.date(byAdding: .day, value: 1, to: date)!
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
