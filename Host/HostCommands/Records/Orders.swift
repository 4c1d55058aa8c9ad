import CommandLineKit
import Ledger

/// `host orders`: orders as they stand.
enum Orders {
  static let kind = RecordKind<OrderRow>(
    name: "orders", abstract: "List the orders as they stand, in the order they were intended.",
    columns: [
      RecordColumn("number", "NUMBER", .right) { .whole($0.number) },
      RecordColumn("id", "ID") { .word($0.id) },
      RecordColumn("time", "TIME") { .time($0.time) },
      RecordColumn("symbol", "SYMBOL") { .word($0.symbol) },
      RecordColumn("purpose", "PURPOSE") { .word($0.purpose) },
      RecordColumn("side", "SIDE") { .word($0.side) },
      RecordColumn("type", "TYPE") { .word($0.type) },
      RecordColumn("time_in_force", "TIF") { .word($0.timeInForce) },
      RecordColumn("quantity", "QUANTITY", .right) { .quantity($0.quantity) },
      RecordColumn("filled", "FILLED", .right) { .quantity($0.filled) },
      RecordColumn("limit_price", "LIMIT", .right) { .price($0.limitPrice) },
      RecordColumn("stop_price", "STOP", .right) { .price($0.stopPrice) },
      RecordColumn("trailing_distance") { .price($0.trailingDistance) },
      RecordColumn("take_profit_price") { .price($0.takeProfitPrice) },
      RecordColumn("stop_loss_price") { .price($0.stopLossPrice) },
      RecordColumn("oco_group") { .word($0.ocoGroup) },
      RecordColumn("exit_reason") { .word($0.exitReason) },
      RecordColumn("status", "STATUS") { .word($0.status) },
      RecordColumn("updated", "SINCE") { .time($0.updated) },
      RecordColumn("reason", "REASON", mayBeCut: true) { .word($0.reason) },
      RecordColumn("signal") { .whole($0.signal) },
      RecordColumn("position") { .whole($0.position) },
    ], symbol: \.symbol, read: { reader, filter, _ throws(LedgerError) in try reader.orders(filter) },
    nothing: "no orders", footer: { Figures.count($0.count, "order", "orders") })
}
