/// What a column of a file holds.
enum ColumnKind: UInt8 {
  case ignored, time, symbol, open, high, low, close, volume
}

/// The columns of a file, read from its header.
struct Layout {
  /// What each column holds, in order.
  var columns: [ColumnKind]
  /// How many lines the header takes.
  var headerLines: Int

  /// Whether the rows name their symbol.
  var hasSymbols: Bool { columns.contains(.symbol) }

  /// The index of the time column.
  var timeColumn: Int { columns.firstIndex(of: .time) ?? 0 }

  private static let times = ["timestamp", "ts", "datetime", "date"]
  private static let values: [(String, ColumnKind)] = [
    ("symbol", .symbol), ("open", .open), ("high", .high), ("low", .low), ("close", .close), ("volume", .volume),
  ]

  /// Makes a layout from its parts.
  init(columns: [ColumnKind], headerLines: Int) {
    self.columns = columns
    self.headerLines = headerLines
  }

  /// Reads the header from the first lines of a file; throws `other_layout` when these are not bars.
  init(firstLines lines: [CSVLine]) throws(RowFault) {
    guard let first = lines.first else {
      throw RowFault(.otherLayout, "expected a header line, found an empty file", isOfFile: true)
    }
    var names = first.fields.map { $0.lowercased() }
    headerLines = 1
    if let mark = names.first, mark == "price" || mark == "ticker" {
      names = try Layout.yfinance(lines, &headerLines)
    }
    columns = names.map { _ in .ignored }
    guard let time = Layout.times.lazy.compactMap({ names.firstIndex(of: $0) }).first else {
      throw RowFault(
        .otherLayout, "expected a column timestamp, ts, Date or Datetime, found \(Layout.shown(names))", isOfFile: true)
    }
    columns[time] = .time
    for (name, kind) in Layout.values {
      guard let place = names.firstIndex(of: name) else {
        if kind == .symbol { continue }
        throw RowFault(.otherLayout, "expected a column \(name), found \(Layout.shown(names))", isOfFile: true)
      }
      guard names.lastIndex(of: name) == place else {
        throw RowFault(
          .otherLayout, "expected one column \(name), found several in \(Layout.shown(names)); write one file a symbol",
          isOfFile: true)
      }
      columns[place] = kind
    }
  }

  /// The column names of an export with one header line each for prices, tickers and the time column.
  private static func yfinance(_ lines: [CSVLine], _ count: inout Int) throws(RowFault) -> [String] {
    var names: [String] = []
    var time: String?
    count = 0
    for line in lines.prefix(3) {
      let fields = line.fields.map { $0.lowercased() }
      switch fields.first {
      case "price": names = fields
      case "ticker":
        let tickers = Set(line.fields.dropFirst().filter { !$0.isEmpty })
        guard tickers.count <= 1 else {
          throw RowFault(
            .otherLayout,
            "expected the bars of one ticker, found \(tickers.count) side by side; write one file a ticker, or rows with "
              + "a symbol column", isOfFile: true)
        }
      case let name? where times.contains(name) && fields.dropFirst().allSatisfy(\.isEmpty): time = name
      default: break
      }
      count += 1
      if time != nil { break }
    }
    guard let time, !names.isEmpty else {
      throw RowFault(
        .otherLayout, "expected three header lines (Price, Ticker, Date), found \(shown(lines[0].fields))",
        isOfFile: true)
    }
    names[0] = time
    return names
  }

  private static func shown(_ names: [String]) -> String {
    "\"" + CarefulNumber.shown(names.joined(separator: ",")) + "\""
  }
}
