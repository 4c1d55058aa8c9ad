/// Reads the rows of a file the quick way: no quotes, no blanks, plain decimals, the usual forms of time.
///
/// It gives up on anything else; then ``CarefulRow`` reads the line or says what is wrong with it. What it does read it
/// reads as ``CarefulRow`` would.
struct RowScanner {
  private let columns: UnsafeMutableBufferPointer<ColumnKind>
  private let decimals = DecimalScanner()
  private var times: TimeScanner

  /// Makes a scanner for the columns of a file; ``deallocate()`` ends it.
  init(_ layout: Layout, takesNaive: Bool) {
    columns = .allocate(capacity: layout.columns.count)
    _ = columns.initialize(from: layout.columns)
    times = TimeScanner(takesNaive: takesNaive)
  }

  /// Frees the memory of the scanner.
  func deallocate() { columns.deallocate() }

  /// Reads a line, which ends with a line break, into a row; answers where the next line starts, or `nil`: gave up.
  @inline(__always) mutating func scan(_ line: UnsafeRawPointer, _ row: inout Row) -> UnsafeRawPointer? {
    var address = line
    let last = columns.count &- 1
    for index in 0...last {
      switch columns[index] {
      case .time: guard times.scan(&address, &row.start) else { return nil }
      case .open: guard decimals.scan(&address, &row.open) else { return nil }
      case .high: guard decimals.scan(&address, &row.high) else { return nil }
      case .low: guard decimals.scan(&address, &row.low) else { return nil }
      case .close: guard decimals.scan(&address, &row.close) else { return nil }
      case .volume: guard decimals.scan(&address, &row.volume) else { return nil }
      case .symbol:
        let start = address
        guard RowScanner.skipField(&address), address > start else { return nil }
        row.symbol = UnsafeRawBufferPointer(start: start, count: address - start)
      case .ignored: guard RowScanner.skipField(&address) else { return nil }
      }
      let delimiter = address.load(as: UInt8.self)
      if index < last {
        guard delimiter == UInt8(ascii: ",") else { return nil }
      } else if delimiter != UInt8(ascii: "\n") {
        guard delimiter == UInt8(ascii: "\r"), (address + 1).load(as: UInt8.self) == UInt8(ascii: "\n") else {
          return nil
        }
        address += 1
      }
      address += 1
    }
    return address
  }

  /// Moves to the end of a field; false for one with quotes, blanks or control characters in it.
  @inline(__always) private static func skipField(_ address: inout UnsafeRawPointer) -> Bool {
    while true {
      let byte = address.load(as: UInt8.self)
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return true }
      guard byte > 32, byte != UInt8(ascii: "\"") else { return false }
      address += 1
    }
  }
}
