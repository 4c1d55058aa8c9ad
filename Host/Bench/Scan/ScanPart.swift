import Indicators

/// The scan of some neighbouring symbols of a set, for one thread.
struct ScanPart: ~Copyable {
  let range: Range<Int>
  private var panel: ScanPanel
  private(set) var table: ScanTable

  /// - Parameter rows: how many days' values are kept.
  init(_ range: Range<Int>, rows: Int) {
    self.range = range
    panel = ScanPanel(symbols: range.count)
    table = ScanTable(rows: rows, width: range.count)
  }

  /// Forgets all bars; the memory of the values stays.
  mutating func restart() { panel = ScanPanel(symbols: range.count) }

  /// Takes one day of the symbols and writes its values to a row of the table.
  @inline(__always) mutating func update(_ columns: borrowing DailyColumns, day: Int, row: Int) {
    let start = day * columns.symbols
    let cells = start + range.lowerBound..<start + range.upperBound
    panel.update(
      highs: columns.highs.span.extracting(cells), lows: columns.lows.span.extracting(cells),
      closes: columns.closes.span.extracting(cells), volumes: columns.volumes.span.extracting(cells),
      into: &table, row: row)
  }

  /// Ranks the symbols by the values in a row of the table, which must be those of `day`.
  func rank(_ columns: borrowing DailyColumns, day: Int, row: Int, into ranking: inout ScanRanking) {
    let start = day * columns.symbols
    let closes = columns.closes.span.extracting(start + range.lowerBound..<start + range.upperBound)
    table.withValues(.sma200, row: row) { means in
      table.withValues(.rsi2, row: row) { ranking.rank(closes: closes, sma200: means, rsi2: $0) }
    }
  }
}
