/// One of the six values of a scan.
public enum ScanColumn: Int, CaseIterable, Sendable {
  /// Wilder's RSI over 2 bars, from bar 2 (from 0).
  case rsi2
  /// Wilder's RSI over 14 bars, from bar 14.
  case rsi14
  /// The z-score of the close over 20 bars (population deviation), from bar 19.
  case bollingerZ
  /// Wilder's average true range over 14 bars, from bar 14.
  case atr14
  /// The mean close over 200 bars, from bar 199.
  case sma200
  /// The volume as a multiple of the mean of the last 20, the present one included, from bar 19.
  case relativeVolume

  /// The first bar, counted from 0, at which the value is defined.
  public var firstBar: Int {
    switch self {
    case .rsi2: 2
    case .rsi14, .atr14: 14
    case .bollingerZ, .relativeVolume: 19
    case .sma200: 199
    }
  }
}

/// Memory for the values of scans: six columns of `rows` times `width` numbers, NaN where nothing was written.
///
/// A row is a symbol's series for ``ScanState``, or one instant of all symbols for ``ScanPanel``.
public struct ScanTable: ~Copyable, Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of values in a row of a column.
  public let width: Int
  /// Owned; the six columns one after the other. Reached through this value alone, so access is exclusive.
  nonisolated(unsafe) let memory: UnsafeMutablePointer<Double>

  /// Makes a table full of NaN; neither number may be negative.
  public init(rows: Int, width: Int) {
    precondition(rows >= 0 && width >= 0, "a table needs sizes that are not negative")
    self.rows = rows
    self.width = width
    let count = ScanColumn.allCases.count * rows * width
    memory = .allocate(capacity: count)
    memory.initialize(repeating: .nan, count: count)
  }

  deinit { memory.deallocate() }

  /// One value; an index outside the table traps.
  public subscript(column: ScanColumn, row row: Int, index: Int) -> Double {
    precondition(index >= 0 && index < width, "the table's rows are not that wide")
    return start(column, row: row)[index]
  }

  /// Hands the values of one row of a column to `body`.
  public func withValues<Result>(_ column: ScanColumn, row: Int, _ body: (Span<Double>) -> Result) -> Result {
    body(UnsafeBufferPointer(start: start(column, row: row), count: width).span)
  }

  /// The address of a row of a column.
  @inline(__always) func start(_ column: ScanColumn, row: Int) -> UnsafeMutablePointer<Double> {
    precondition(row >= 0 && row < rows, "the table has no such row")
    return memory + (column.rawValue * rows + row) * width
  }

  /// Overwrites with NaN what a series that had seen `bars` bars wrote to a row before its windows were full.
  func hideUndefined(row: Int, bars: Int, count: Int) {
    for column in ScanColumn.allCases where bars < column.firstBar {
      start(column, row: row).update(repeating: .nan, count: min(count, column.firstBar - bars))
    }
  }
}

/// The addresses that a scan's values are written to.
struct ScanOutputs {
  let rsi2: UnsafeMutablePointer<Double>
  let rsi14: UnsafeMutablePointer<Double>
  let bollingerZ: UnsafeMutablePointer<Double>
  let atr14: UnsafeMutablePointer<Double>
  let sma200: UnsafeMutablePointer<Double>
  let relativeVolume: UnsafeMutablePointer<Double>

  init(_ table: borrowing ScanTable, row: Int) {
    rsi2 = table.start(.rsi2, row: row)
    rsi14 = table.start(.rsi14, row: row)
    bollingerZ = table.start(.bollingerZ, row: row)
    atr14 = table.start(.atr14, row: row)
    sma200 = table.start(.sma200, row: row)
    relativeVolume = table.start(.relativeVolume, row: row)
  }

  @inline(__always) func put<Lanes: ScanLanes>(_ result: ScanResult<Lanes>, at index: Int) {
    result.rsi2.put(at: rsi2 + index)
    result.rsi14.put(at: rsi14 + index)
    result.bollingerZ.put(at: bollingerZ + index)
    result.atr14.put(at: atr14 + index)
    result.sma200.put(at: sma200 + index)
    result.relativeVolume.put(at: relativeVolume + index)
  }
}
