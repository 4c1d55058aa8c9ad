import CommandLineKit
import TradingCore
import TradingTypes

/// How a session ended, in both forms.
struct RunSummary: CommandReport {
  var mode: String
  var from: Timestamp?
  var to: Timestamp?
  var symbols: [String]
  var bars: UInt64
  var counters: Counters
  var openPositions: Int
  var equity: Money?
  var currency: Currency
  var ledger: String
  /// What a person should know besides the numbers.
  var remarks: [String]

  func text(for capabilities: TerminalCapabilities) -> String {
    let style = Style(capabilities)
    let range = [from, to].compactMap { $0.map { "\(CivilDate(utc: $0))" } }.joined(separator: " to ")
    var lines = [
      style.bold("\(mode) session, \(range)"),
      "  \(symbols.count) symbols, \(bars) bars",
      "  signals       \(counters.signals) (\(counters.approved) approved, \(counters.rejected) rejected, "
        + "\(counters.expired) expired)",
      "  orders        \(counters.orders), fills \(counters.fills)",
      "  trades        \(counters.trades), realised \(counters.realised), fees \(counters.fees)",
      "  open          \(openPositions) positions",
      "  equity        \(equity.map { "\($0)" } ?? "not computable")",
      "  ledger        \(ledger)",
    ]
    lines += remarks.map { "note: \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  var json: JSONValue {
    [
      "approved": JSONValue(counters.approved), "bars": .integer(Int64(clamping: bars)),
      "currency": .string("\(currency)"), "equity": .decimal(equity?.amount), "expired": JSONValue(counters.expired),
      "fees": .string(counters.fees.amount), "fills": JSONValue(counters.fills),
      "from": JSONValue(from.map { "\($0)" }),
      "ledger": .string(ledger), "mode": .string(mode), "open_positions": JSONValue(openPositions),
      "orders": JSONValue(counters.orders), "realised_pnl": .string(counters.realised.amount),
      "rejected": JSONValue(counters.rejected), "remarks": .array(remarks.map { .string($0) }), "schema": 1,
      "signals": JSONValue(counters.signals), "symbol_names": .array(symbols.map { .string($0) }),
      "symbols": JSONValue(symbols.count),
      "to": JSONValue(to.map { "\($0)" }), "trades": JSONValue(counters.trades),
    ]
  }

  func writeJSON(to writer: inout JSONWriter) { writer.value(json) }
}
