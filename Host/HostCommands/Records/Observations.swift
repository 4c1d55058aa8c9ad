import CommandLineKit
import Ledger

/// `host observations`: what alert-only scanners reported.
enum Observations {
  static let kind = RecordKind<ObservationRow>(
    name: "observations", abstract: "List what the scanners reported; nothing of it can become an order.",
    discussion: ["--json has every number a scanner reported."],
    columns: [
      RecordColumn("id", "ID", .right) { .whole($0.id) },
      RecordColumn("time", "TIME") { .time($0.time) },
      RecordColumn("scanner", "SCANNER", mayBeCut: true) { .word($0.scanner) },
      RecordColumn("symbol", "SYMBOL") { .word($0.symbol) },
      RecordColumn("status", "STATUS") { .word($0.status) },
      RecordColumn("episode", "EPISODE", .right) { .whole($0.episode) },
      RecordColumn("number", "ALERT", .right) { .whole($0.number) },
      RecordColumn("level", "LEVEL") { .word($0.level) },
      RecordColumn("code", "CODE") { .word($0.code) },
      RecordColumn("price", "PRICE", .right) { .number($0.price) },
      RecordColumn("score", "SCORE", .right) { .number($0.score) },
      RecordColumn("text", "TEXT", mayBeCut: true) { .word($0.text) },
    ], furtherMembers: { ReportedFields.members($0.fields) }, symbol: \.symbol,
    read: { reader, filter, _ throws(LedgerError) in try reader.observations(filter) }, nothing: "no observations",
    footer: { Figures.count($0.count, "observation", "observations") })
}
