import CommandLineKit
import Ledger
import TradingTypes

/// The decisions about a symbol in the order they were made, and the signals they are about.
struct DecisionChain: CommandReport {
  let symbol: String
  let decisions: [DecisionRow]
  private let signals: [UInt64: SignalRow]
  private let isDaily: Bool

  /// Reads them; there are none when nothing was decided up to that time. Blocks on the disk.
  init(_ symbol: String, at time: Timestamp?, in reader: LedgerReader) throws(LedgerError) {
    self.symbol = symbol
    isDaily = try reader.dailySymbols().contains(symbol)
    decisions = try reader.why(symbol, at: time)
    // A signal is as old as its first decision.
    let times = decisions.map(\.time)
    let rows = try reader.signals(LedgerFilter(symbol: symbol, from: times.min(), to: times.max()))
    let numbers = Set(decisions.compactMap(\.signal))
    signals = Dictionary(rows.filter { numbers.contains($0.number) }.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
  }

  /// A table cut into chains: each signal's heading stands above its first decision.
  func text(for capabilities: TerminalCapabilities) -> String {
    var inner = capabilities
    inner.columns -= DecisionChain.indent.utf8.count
    let lines = table.rendered(for: inner).split(separator: "\n", omittingEmptySubsequences: false)
    let style = Style(capabilities)
    var text = style.bold(printable(symbol)) + ": \(Figures.count(decisions.count, "decision", "decisions"))"
    text += " about \(Figures.count(signals.count, "signal", "signals"))\n\(DecisionChain.indent)\(lines[0])\n"
    var told: Set<UInt64> = []
    for (decision, line) in zip(decisions, lines.dropFirst()) {
      if let number = decision.signal, told.insert(number).inserted { text += heading(number, style) }
      text += DecisionChain.indent + line + "\n"
    }
    return text
  }

  private static let indent = "  "

  private func heading(_ number: UInt64, _ style: Style) -> String {
    guard let signal = signals[number] else { return style.bold("signal \(number)") + "\n" }
    let code = signal.code.map { " (\(printable($0)))" } ?? ""
    return style.bold("signal \(number)") + ": \(signal.action) by \(printable(signal.strategy)), "
      + "bar \(Figures.time(signal.barTime)), now \(signal.status)\(code)\n"
  }

  private var table: TextTable {
    var table = TextTable([
      .init("TIME"), .init("SIGNAL", .right), .init("ORDER", .right), .init("PASSED"), .init("STAGE"), .init("CODE"),
      .init("NUMBERS"),
    ])
    for decision in decisions {
      // What decides about a signal stands out; its conditions and its orders hang below.
      let depth = decision.stage == "gate" || decision.order != nil ? "  " : ""
      table.append([
        .init(Figures.time(decision.time)), .init(decision.signal.map(String.init) ?? ""),
        .init(decision.order.map(String.init) ?? ""),
        decision.passed ? .init("yes", .green) : .init("NO", .red), .init(depth + decision.stage),
        .init(decision.code), .init(decision.numbers.map(DecisionChain.words).joined(separator: ", ")),
      ])
    }
    return table
  }

  private static func words(_ number: NamedValue) -> String {
    switch number.value {
    case .number(let value): "\(number.name) \(Figures.number(value))"
    case .integer(let value): "\(number.name) \(value)"
    case .text(let value): "\(number.name) \(value.isEmpty ? Figures.missing : value)"
    case .undefined: "\(number.name) \(Figures.missing)"
    }
  }

  func writeJSON(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("decisions")
    writer.beginArray()
    for decision in decisions where writer.failure == nil {
      writer.value(DecisionChain.json(decision, isDaily: isDaily))
    }
    writer.endArray()
    writer.key("schema")
    writer.value(1)
    writer.key("symbol")
    writer.value(symbol)
    writer.endObject()
  }

  private static func json(_ decision: DecisionRow, isDaily: Bool) -> JSONValue {
    let numbers = decision.numbers.map { ($0.name, json($0.value)) }
    var members: [String: JSONValue] = [
      "code": .string(decision.code), "numbers": .object(Dictionary(numbers, uniquingKeysWith: { $1 })),
      "order": RecordValue.whole(decision.order).json, "passed": .bool(decision.passed),
      "signal": RecordValue.whole(decision.signal).json, "stage": .string(decision.stage),
      "time": isDaily ? SessionDate.json(decision.time) : .decimal(decision.time),
    ]
    if isDaily { members["at"] = .decimal(decision.time) }
    return .object(members)
  }

  private static func json(_ value: NamedValue.Value) -> JSONValue {
    switch value {
    case .number(let number): .number(number)
    case .integer(let integer): .integer(integer)
    case .text(let text): .string(text)
    case .undefined: .null
    }
  }
}
