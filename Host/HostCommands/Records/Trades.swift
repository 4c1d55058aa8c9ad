import CommandLineKit
import Ledger
import TradingTypes

/// `host trades`: closed round trips.
enum Trades {
  static let kind = RecordKind<TradeRow>(
    name: "trades", abstract: "List the closed round trips, in the order they closed.",
    discussion: ["--from and --to look at the time of the exit."],
    columns: [
      RecordColumn("id", "ID", .right) { .whole($0.id) },
      RecordColumn("account") { .word($0.account) },
      RecordColumn("symbol", "SYMBOL") { .word($0.symbol) },
      RecordColumn("strategy", "STRATEGY", mayBeCut: true) { .word($0.strategy) },
      RecordColumn("side", "SIDE") { _ in .word("long") },
      RecordColumn("quantity", "QUANTITY", .right) { .quantity($0.quantity) },
      RecordColumn("entry_time", "ENTRY") { .time($0.entryTime) },
      RecordColumn("entry_price", "PRICE", .right) { .price($0.entryPrice) },
      RecordColumn("exit_time", "EXIT") { .time($0.exitTime) },
      RecordColumn("exit_price", "PRICE", .right) { .price($0.exitPrice) },
      RecordColumn("exit_reason", "REASON") { .word($0.exitReason) },
      RecordColumn("exit_detail", "DETAIL", mayBeCut: true) { .word($0.exitDetail) },
      RecordColumn("fees", "FEES", .right) { .money($0.fees) },
      RecordColumn("pnl", "P&L", .right) { .gain($0.pnl) },
      RecordColumn("currency", "CURRENCY") { .word("\($0.pnl.currency)") },
    ], symbol: \.symbol, read: { reader, filter, _ throws(LedgerError) in try reader.trades(filter) },
    nothing: "no trades", footer: summary)

  /// How many there are, how many were won, and what they came to in each currency.
  @Sendable private static func summary(_ rows: [TradeRow]) -> String {
    var parts = [Figures.count(rows.count, "trade", "trades") + ", \(rows.count { $0.pnl.nanos > 0 }) won"]
    for currency in Set(rows.map(\.pnl.currency)).sorted() {
      let rows = rows.filter { $0.pnl.currency == currency }
      parts.append("P&L \(total(rows.map(\.pnl), currency)), fees \(total(rows.map(\.fees), currency))")
    }
    return parts.joined(separator: "; ")
  }

  private static func total(_ amounts: [Money], _ currency: Currency) -> String {
    let sum = amounts.reduce(Money.zero(currency)) { sum, amount in sum?.adding(amount) }
    return sum.map { "\(Figures.decimal(nanos: $0.nanos)) \(currency)" } ?? "beyond what can be written in \(currency)"
  }
}
