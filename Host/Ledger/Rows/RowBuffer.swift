import CSQLite
import TradingTypes

/// Rows in the one byte form that is hashed, compared and written to SQLite.
///
/// A row is its table's number, the count of its values, and each value as a kind byte followed by nothing (NULL), eight
/// little-endian bytes (integer, IEEE double) or a four-byte length and UTF-8. NULLs at the end of a row are left out,
/// so that columns added later do not change the form of older rows.
struct RowBuffer {
  enum Kind {
    static let null: UInt8 = 0
    static let integer: UInt8 = 1
    static let real: UInt8 = 2
    static let text: UInt8 = 3
  }

  private(set) var bytes: [UInt8] = []
  private var countAt = 0
  private var count: UInt8 = 0
  private var written: UInt8 = 0
  private var end = 0

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Drops what was added after the buffer had `count` bytes.
  mutating func truncate(to count: Int) { bytes.removeSubrange(count...) }

  mutating func begin(_ table: Table) {
    bytes.append(table.rawValue)
    countAt = bytes.count
    bytes.append(0)
    count = 0
    written = 0
    end = bytes.count
  }

  mutating func finish() {
    if end < bytes.count { bytes.removeSubrange(end...) }
    bytes[countAt] = written
  }

  mutating func null() {
    bytes.append(Kind.null)
    count += 1
  }

  mutating func add(_ value: Int64?) {
    guard let value else { return null() }
    bytes.append(Kind.integer)
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    took()
  }

  /// Numbers that are not finite have no place in SQLite's NULLs and JSON: they are NULL. -0 is 0, as in the file.
  mutating func add(_ value: Double?) {
    guard let value, value.isFinite else { return null() }
    bytes.append(Kind.real)
    withUnsafeBytes(of: (value == 0 ? 0 : value).bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    took()
  }

  mutating func add(_ value: String?) {
    guard var value else { return null() }
    value.withUTF8 { add(utf8: UnsafeRawBufferPointer($0)) }
  }

  mutating func add(utf8 text: UnsafeRawBufferPointer) {
    bytes.append(Kind.text)
    withUnsafeBytes(of: UInt32(text.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: text)
    took()
  }

  mutating func add(_ value: Bool) { add(Int64(value ? 1 : 0)) }
  mutating func add(_ value: UInt64) { add(Int64(clamping: value)) }
  mutating func add(_ value: UInt64?) { add(value.map(Int64.init(clamping:))) }
  mutating func add(_ value: Timestamp?) { add(value?.nanoseconds) }
  mutating func add(_ value: some FixedPoint) { add(value.nanos) }
  /// Zero says that there is none.
  mutating func add(unlessZero value: some FixedPoint) { add(value.nanos == 0 ? nil : value.nanos) }
  /// Zero says that there is none.
  mutating func add(unlessZero value: UInt64) { add(value == 0 ? nil : Int64(clamping: value)) }
  /// An empty text says that there is none.
  mutating func add(unlessEmpty value: String) { if value.isEmpty { null() } else { add(value) } }

  private mutating func took() {
    count += 1
    written = count
    end = bytes.count
  }

  /// Adds the columns from `first` on of a statement's present row, all but those in `skipped`.
  mutating func add(_ table: Table, from statement: Statement, firstColumn: Int32, skipping skipped: [Bool]) {
    begin(table)
    for index in 0..<Int32(skipped.count) where !skipped[Int(index)] {
      let column = firstColumn + index
      switch statement.type(column) {
      case SQLITE_INTEGER: add(statement.integer(column))
      case SQLITE_FLOAT: add(statement.double(column))
      case SQLITE_TEXT: add(utf8: statement.utf8(column))
      default: null()
      }
    }
    finish()
  }
}
