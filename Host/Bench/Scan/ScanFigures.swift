import Indicators

/// What a scan came to: sums over all defined cells, their number, and the last ranking.
public struct ScanFigures: Equatable, Sendable {
  /// The sum of each value, in the order of `ScanColumn`.
  public var sums = [Double](repeating: 0, count: ScanColumn.allCases.count)
  /// How many cells of each value are defined.
  public var cells = [Int](repeating: 0, count: ScanColumn.allCases.count)
  /// How many symbols were ranked last.
  public var ranked = 0
  /// The first ten of them.
  public var firstTen: [Int] = []

  /// The figures of no cells.
  public init() {}

  mutating func add(_ table: borrowing ScanTable, rows: Range<Int>) {
    for column in ScanColumn.allCases {
      for row in rows {
        table.withValues(column, row: row) { values in
          for index in values.indices where !values[index].isNaN {
            sums[column.rawValue] += values[index]
            cells[column.rawValue] += 1
          }
        }
      }
    }
  }

  mutating func take(_ ranking: ScanRanking) {
    ranked = ranking.symbols.count
    firstTen = Array(ranking.symbols.prefix(10))
  }
}
