import CommandLineKit
import Conformance
import Hashing
import PluginHost

/// What a check came to, in both forms.
struct CheckReport: CommandReport {
  var file: String
  var digest: Digest
  var seed: UInt64
  var level: Int
  var results: [TestResult]
  var seconds = 0.0

  /// The results with which a plugin is not fit for use.
  var failed: [TestResult] { results.filter(\.verdict.isFailure) }

  func count(_ verdict: Verdict) -> Int { results.count { $0.verdict == verdict } }

  /// The line before the results.
  var heading: String { "\(printable(file)) (\(digest.hex.prefix(12))), level \(level), seed \(seed)\n\n" }

  /// A result, with what its reader needs below it.
  func lines(_ result: TestResult, _ style: Style) -> String {
    let word = result.verdict.rawValue
    let column = style.tinted(word, result.verdict.tint) + String(repeating: " ", count: 9 - word.utf8.count)
    var text = "  \(column)\(result.test.name)"
    if result.verdict == .skip { return text + style.dim(result.detail.map { ": " + printable($0) } ?? "") + "\n" }
    text += style.dim(" (\(Int((result.seconds * 1000).rounded())) ms)") + "\n"
    if let detail = result.detail {
      for line in detail.split(separator: "\n") { text += "           " + printable(String(line)) + "\n" }
    }
    for line in result.output.split(separator: "\n").prefix(20) {
      text += "           " + style.dim("| " + printable(String(line))) + "\n"
    }
    return text
  }

  /// The lines after the results.
  func summary(_ style: Style) -> String {
    var parts: [String] = []
    for verdict in Verdict.allCases where count(verdict) > 0 {
      parts.append(style.tinted("\(count(verdict)) \(verdict.rawValue)", verdict.tint))
    }
    var text =
      "\n\(results.count) tests in \(Int((seconds * 1000).rounded())) ms: " + parts.joined(separator: ", ") + "\n"
    if let first = failed.first {
      text += "again: host check-plugin \(file) --level \(level) --seed \(seed) --test \(first.test.name)\n"
    }
    return text
  }

  func text(for capabilities: TerminalCapabilities) -> String {
    let style = Style(capabilities)
    return heading + results.map { lines($0, style) }.joined() + summary(style)
  }

  func writeJSON(to writer: inout JSONWriter) {
    let rows = results.map { result -> JSONValue in
      var row: [String: JSONValue] = [
        "test": .string(result.test.name), "group": .string(result.test.group.rawValue),
        "verdict": .string(result.verdict.rawValue), "detail": result.detail.map { .string($0) } ?? .null,
        "seconds": .number(result.seconds),
      ]
      if !result.output.isEmpty { row["output"] = .string(result.output) }
      return .object(row)
    }
    writer.value([
      "schema": 1, "file": .string(file), "sha256": .string(digest.hex), "seed": .integer(Int64(seed)),
      "level": .integer(Int64(level)), "passed": .integer(Int64(count(.pass) + count(.warn))),
      "warned": .integer(Int64(count(.warn))), "skipped": .integer(Int64(count(.skip))),
      "failed": .integer(Int64(failed.count)), "results": .array(rows),
    ])
  }
}

/// The tests there are, in both forms.
struct TestList: CommandReport {
  var tests: [ConformanceTest]

  func text(for capabilities: TerminalCapabilities) -> String {
    var table = TextTable([.init("TEST"), .init("GROUP"), .init("LEVEL", .right), .init("WHAT IT CHECKS")])
    for test in tests {
      table.append([
        .init(test.name), .init(test.group.rawValue), .init("\(test.level)"), .init(test.abstract),
      ])
    }
    return table.rendered(for: capabilities)
  }

  func writeJSON(to writer: inout JSONWriter) {
    let rows = tests.map { test -> JSONValue in
      .object([
        "test": .string(test.name), "group": .string(test.group.rawValue), "level": .integer(Int64(test.level)),
        "roles": .array(test.roles.map(\.rawValue).sorted().map { .string($0) }), "abstract": .string(test.abstract),
        "deadline": .integer(Int64(test.deadline)),
      ])
    }
    writer.value(["schema": 1, "tests": .array(rows)])
  }
}

extension Verdict {
  fileprivate var tint: Style.Tint {
    switch self {
    case .pass: .green
    case .warn: .yellow
    case .fail, .crash, .timeout: .red
    case .skip: .dim
    }
  }
}
