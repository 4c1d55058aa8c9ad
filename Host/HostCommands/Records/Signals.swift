import CommandLineKit
import Ledger
import TradingCore

/// `host signals`: what strategies raised or refused, with every condition and number.
enum Signals {
  static let kind = RecordKind<SignalRow>(
    name: "signals", abstract: "List the signals with what became of them.",
    discussion: ["--json has every condition and every number a strategy reported; host why shows them as a chain."],
    columns: [
      RecordColumn("number", "NUMBER", .right) { .whole($0.number) },
      RecordColumn("id") { .word($0.id) },
      RecordColumn("time", "TIME") { .time($0.time) },
      RecordColumn("bar_time") { .time($0.barTime) },
      RecordColumn("symbol", "SYMBOL") { .word($0.symbol) },
      RecordColumn("strategy", "STRATEGY", mayBeCut: true) { .word($0.strategy) },
      RecordColumn("action", "ACTION") { .word($0.action) },
      RecordColumn("verdict", "VERDICT") { .word($0.verdict) },
      RecordColumn("status", "STATUS") { .word($0.status) },
      RecordColumn("code", "CODE", mayBeCut: true) { .word($0.code) },
      RecordColumn("expires_at") { .time($0.expiresAt) },
      RecordColumn("close", "CLOSE", .right) { .number($0.close) },
      RecordColumn("score", "SCORE", .right) { .number($0.score) },
      RecordColumn("confidence", "CONFIDENCE", .right) { .number($0.confidence) },
      RecordColumn("expected_value", "EV", .right) { .number($0.expectedValue) },
      RecordColumn("quantity", "QUANTITY", .right) { .quantity($0.quantity) },
      RecordColumn("entry", "ENTRY", .right) { .price($0.entry) },
      RecordColumn("limit") { .price($0.limit) },
      RecordColumn("stop", "STOP", .right) { .price($0.stop) },
      RecordColumn("target", "TARGET", .right) { .price($0.target) },
      RecordColumn("exit_reason") { .word($0.exitReason) },
      RecordColumn("text") { .word($0.text) },
      RecordColumn("checks", "FAILED CHECKS", mayBeCut: true) { row in
        .parts(.array(row.checks.map(json)), text: row.checks.filter { !$0.passed }.map(\.name).joined(separator: ", "))
      },
    ], furtherMembers: { ReportedFields.members($0.fields) }, symbol: \.symbol,
    read: { reader, filter, _ throws(LedgerError) in try reader.signals(filter) }, nothing: "no signals",
    footer: { rows in
      "\(Figures.count(rows.count, "signal", "signals")), \(rows.count { $0.verdict == "raised" }) raised"
    })

  /// A condition as every command shows it.
  @Sendable private static func json(_ check: Check) -> JSONValue {
    [
      "limit": JSONValue(check.limit), "name": .string(check.name),
      "note": check.note.isEmpty ? .null : .string(check.note), "pass": .bool(check.passed),
      "value": JSONValue(check.value),
    ]
  }
}
