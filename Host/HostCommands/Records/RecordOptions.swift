import CommandLineKit
import Ledger
import TradingTypes

/// Which rows of which ledger a command was asked for.
struct RecordOptions {
  let ledger: String
  private let symbols: Set<String>
  private let from: Timestamp?
  private let to: Timestamp?
  private let limit: Int?

  static let specifications: [OptionSpecification] = [
    LedgerFile.option,
    OptionSpecification(
      "symbols", aliases: ["symbol"], value: "A,B", .list, help: "Only rows of these symbols.", default: "all"),
    OptionSpecification("from", value: "DATE", DateBound.kind, help: "Only rows from this day or time (UTC) on."),
    OptionSpecification("to", value: "DATE", DateBound.kind, help: "Only rows up to this day or time (UTC)."),
    OptionSpecification(
      "limit", value: "N", .integer(1...Int.max), help: "Only the latest N of them.", default: "all"),
  ]

  init(_ arguments: ParsedArguments) throws {
    ledger = try LedgerFile.path(arguments)
    symbols = Set(arguments.list("symbols"))
    from = arguments.value("from").flatMap(DateBound.from)
    to = arguments.value("to").flatMap(DateBound.until)
    limit = arguments.integer("limit")
    if let from, let to, from > to {
      throw CommandFailure(
        code: "empty_range", message: "the range holds no time", where: "--from, --to",
        expected: "--from not after --to",
        found: "\(arguments.value("from") ?? "") after \(arguments.value("to") ?? "")", remedy: "exchange them",
        exitCode: .badData)
    }
  }

  /// Reads the rows, and which symbols have daily bars. Blocks on the disk.
  func rows<Row>(
    _ kind: RecordKind<Row>, _ arguments: ParsedArguments
  ) throws -> (rows: [Row], daily: Set<String>) {
    try LedgerFile.read(ledger) { reader throws(LedgerError) in
      let daily = try reader.dailySymbols()
      // The ledger filters by one symbol; several are sorted out here, and then counted.
      guard symbols.count > 1 else {
        let filter = LedgerFilter(symbol: symbols.first, from: from, to: to, limit: limit)
        return (try kind.read(reader, filter, arguments), daily)
      }
      let rows = try kind.read(reader, LedgerFilter(from: from, to: to), arguments)
        .filter { symbols.contains(kind.symbol($0)) }
      return (limit.map { Array(rows.suffix($0)) } ?? rows, daily)
    }
  }
}

extension DateBound {
  /// The last instant that belongs to the range.
  static func until(_ text: String) -> Timestamp? {
    after(text).map { Timestamp(nanoseconds: $0.nanoseconds &- 1) }
  }
}
