/// Walks over the rows of a ``RowBuffer``.
struct RowReader {
  enum Value {
    case null
    case integer(Int64)
    case real(Double)
    case text(UnsafeRawBufferPointer)
  }

  private let bytes: UnsafeRawBufferPointer
  private(set) var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The table of the next row; `nil` at the end.
  var nextTable: Table? { position < bytes.count ? Table(rawValue: bytes[position]) : nil }

  /// Steps over the table and answers how many values follow.
  mutating func beginRow() -> Int {
    let count = Int(bytes[position + 1])
    position += 2
    return count
  }

  mutating func value() -> Value {
    let kind = bytes[position]
    position += 1
    switch kind {
    case RowBuffer.Kind.integer: return .integer(Int64(bitPattern: word()))
    case RowBuffer.Kind.real: return .real(Double(bitPattern: word()))
    case RowBuffer.Kind.text:
      let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
      defer { position += 4 + length }
      return .text(UnsafeRawBufferPointer(rebasing: bytes[position + 4..<position + 4 + length]))
    default: return .null
    }
  }

  private mutating func word() -> UInt64 {
    defer { position += 8 }
    return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  /// The rows as a person reads them: `fill(number=1, symbol=AAPL, ...)`, a row's parts after it.
  static func text(of bytes: some Collection<UInt8>) -> String {
    Array(bytes).withUnsafeBytes { bytes in
      var reader = RowReader(bytes)
      var rows: [String] = []
      while let table = reader.nextTable {
        let count = reader.beginRow()
        var values: [String] = []
        for column in table.columns.prefix(count) {
          switch reader.value() {
          case .null: break
          case .integer(let value): values.append("\(column)=\(value)")
          case .real(let value): values.append("\(column)=\(value)")
          case .text(let text): values.append("\(column)=\(String(decoding: text, as: UTF8.self))")
          }
        }
        rows.append("\(table.name)(\(values.joined(separator: ", ")))")
      }
      return rows.joined(separator: " ")
    }
  }
}
