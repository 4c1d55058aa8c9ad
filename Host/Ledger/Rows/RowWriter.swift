/// Inserts the rows of a ``RowBuffer``.
final class RowWriter {
  private let insertions: [Statement?]
  private let columnCounts: [Int32]

  init(_ connection: Connection) throws(LedgerError) {
    var insertions: [Statement?] = [nil]
    for table in Table.allCases { insertions.append(try connection.prepare(table.insertion)) }
    self.insertions = insertions
    columnCounts = [0] + Table.allCases.map { Int32($0.columns.count) }
  }

  /// Inserts every row; the first fact gets the number `record`, the next ones the following.
  func write(_ rows: borrowing RowBuffer, firstRecord record: UInt64) throws(LedgerError) {
    let result = rows.bytes.withUnsafeBytes { bytes -> Result<Void, LedgerError> in
      var reader = RowReader(bytes)
      var next = Int64(clamping: record)
      var position: Int64 = 0
      var previous: Table?
      do throws(LedgerError) {
        while let table = reader.nextTable {
          if table.isDetail {
            position = table == previous ? position + 1 : 1
            try insert(table, record: next - 1, position: position, &reader)
          } else {
            try insert(table, record: next, position: nil, &reader)
            next += 1
          }
          previous = table
        }
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  private func insert(
    _ table: Table, record: Int64, position: Int64?, _ reader: inout RowReader
  ) throws(LedgerError) {
    guard let statement = insertions[Int(table.rawValue)] else { return }
    statement.bind(1, record)
    var index: Int32 = 2
    if let position {
      statement.bind(2, position)
      index = 3
    }
    let end = index + columnCounts[Int(table.rawValue)]
    for _ in 0..<reader.beginRow() {
      switch reader.value() {
      case .null: statement.bind(index, Int64?.none)
      case .integer(let value): statement.bind(index, value)
      case .real(let value): statement.bind(index, value)
      case .text(let text): statement.bindBorrowed(index, utf8: text)
      }
      index += 1
    }
    while index < end {
      statement.bind(index, Int64?.none)
      index += 1
    }
    _ = try statement.step("cannot write to \(table.name)")
  }
}
