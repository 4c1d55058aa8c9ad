import CommandLineKit
import Ledger
import TradingTypes

/// `host positions`: what is held or under way, or with `--all` everything that ever was.
enum Positions {
  static let kind = RecordKind<PositionRow>(
    name: "positions", abstract: "List the positions that are held or under way.",
    discussion: ["--from and --to look at the time of the last change."],
    options: [.flag("all", help: "Those that ended too.")],
    columns: [
      RecordColumn("id", "ID", .right) { .whole($0.id) },
      RecordColumn("symbol", "SYMBOL") { .word($0.symbol) },
      RecordColumn("strategy", "STRATEGY", mayBeCut: true) { .word($0.strategy) },
      RecordColumn("side", "SIDE") { _ in .word("long") },
      RecordColumn("quantity", "QUANTITY", .right) { .quantity($0.quantity) },
      RecordColumn("average_price", "AVERAGE", .right) { .price($0.averagePrice) },
      RecordColumn("cost", "COST", .right) { .money($0.cost) },
      RecordColumn("currency", "CURRENCY") { .word("\($0.cost.currency)") },
      RecordColumn("stop", "STOP", .right) { .price($0.stop) },
      RecordColumn("target", "TARGET", .right) { .price($0.target) },
      RecordColumn("status", "STATUS") { .word($0.status) },
      RecordColumn("time", "SINCE") { .time($0.time) },
    ], symbol: \.symbol,
    read: { reader, filter, arguments throws(LedgerError) in
      try reader.positions(filter, includingEnded: arguments.has("all"))
    }, nothing: "no positions; --all lists those that ended too",
    footer: { Figures.count($0.count, "position", "positions") })
}
