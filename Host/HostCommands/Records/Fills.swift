import CommandLineKit
import Ledger
import TradingTypes

/// `host fills`: what venues confirmed.
enum Fills {
  static let kind = RecordKind<FillRow>(
    name: "fills", abstract: "List the confirmed fills, in the order they were booked.",
    columns: [
      RecordColumn("id", "ID", .right) { .whole($0.id) },
      RecordColumn("time", "TIME") { .time($0.time) },
      RecordColumn("symbol", "SYMBOL") { .word($0.symbol) },
      RecordColumn("side", "SIDE") { .word($0.side) },
      RecordColumn("quantity", "QUANTITY", .right) { .quantity($0.quantity) },
      RecordColumn("price", "PRICE", .right) { .price($0.price) },
      RecordColumn("fee", "FEE", .right) { .money($0.fee) },
      RecordColumn("currency", "CURRENCY") { .word("\($0.fee.currency)") },
      RecordColumn("order", "ORDER") { .word($0.order) },
      RecordColumn("report_id") { .word($0.reportID) },
      RecordColumn("status") { _ in .word("filled") },
    ], symbol: \.symbol, read: { reader, filter, _ throws(LedgerError) in try reader.fills(filter) },
    nothing: "no fills", footer: { Figures.count($0.count, "fill", "fills") })
}
