import CommandLineKit
import Workload

/// One measurement of one workload.
struct BenchRow {
  var workload: BenchWorkload
  /// Where the data came from, or `process` where a whole process was measured.
  var source: String
  /// What sets the row apart from others of the workload, for people; empty where nothing does.
  var variant = ""
  var threads = 1
  /// From 1 up.
  var repetition: Int
  var figure: Double
  var unit: String
  /// What the figure was computed from.
  var engineSeconds: Double
  /// The same by the clock, where it was measured.
  var wallSeconds: Double?
  /// The same in processors' time, all threads together.
  var processorSeconds: Double
  /// Getting the data into memory.
  var loadSeconds: Double
  /// The most memory the process had resident while this was measured.
  var peakBytes: Int?
  /// The result in numbers; the keys belong to the workload.
  var result: [String: JSONValue]
  /// The result in a few words.
  var summary: String
  var claims: [Claim]

  var mistakes: [Claim] { claims.filter { !$0.holds } }

  var json: JSONValue {
    var row: [String: JSONValue] = [
      "workload": .string(workload.rawValue), "source": .string(source), "threads": JSONValue(threads),
      "repetition": JSONValue(repetition), "bars": nil, "fills": nil, "pnl": nil, "max_drawdown_money": nil,
      "engine_seconds": .number(engineSeconds), "wall_seconds": JSONValue(wallSeconds),
      "cpu_seconds": .number(processorSeconds),
      "load_seconds": .number(loadSeconds), "figure": .number(figure), "unit": .string(unit),
      "peak_rss_bytes": peakBytes.map { JSONValue($0) } ?? .null, "must_give_ok": .bool(mistakes.isEmpty),
    ]
    row.merge(result) { $1 }
    if !mistakes.isEmpty {
      row["mistakes"] = .array(
        mistakes.map {
          ["name": .string($0.name), "expected": .string($0.expected), "found": .string($0.found)]
        })
    }
    return .object(row)
  }
}

/// All measurements of a bench.
struct BenchReport: CommandReport {
  var rows: [BenchRow]

  func text(for capabilities: TerminalCapabilities) -> String {
    var table = TextTable([
      .init("WORKLOAD"), .init("SOURCE"), .init("THREADS", .right), .init("FIGURE", .right), .init("UNIT"),
      .init("RESULT", mayBeCut: true), .init("MUST GIVE"), .init("LOAD s", .right), .init("PEAK MiB", .right),
    ])
    for row in rows {
      let name = row.variant.isEmpty ? row.workload.rawValue : "\(row.workload.rawValue) \(row.variant)"
      table.append([
        .init(name), .init(row.source), .init(String(row.threads)), .init(Figures.number(row.figure)),
        .init(row.unit), .init(row.summary),
        row.mistakes.isEmpty ? .init("ok", .green) : .init("WRONG", .red), .init(Figures.number(row.loadSeconds)),
        .init(row.peakBytes.map { Figures.number((Double($0) / 1_048_576 * 10).rounded() / 10) } ?? Figures.missing),
      ])
    }
    var text = table.rendered(for: capabilities)
    for row in rows {
      for mistake in row.mistakes {
        text += "\(row.workload.rawValue): \(mistake.name) must be \(mistake.expected) and is \(mistake.found)\n"
      }
    }
    return text
      + "\nA lower figure is better. For ratios, run the other programs in turn with this one on the same machine.\n"
  }

  func writeJSON(to writer: inout JSONWriter) {
    writer.value(["rows": .array(rows.map(\.json)), "schema": 1])
  }
}
