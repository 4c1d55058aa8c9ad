/// Writes fixed-width little-endian integers and short texts one behind the other.
struct RecordWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func put(_ value: Double) { put(value.bitPattern) }

  mutating func put(_ text: String) {
    put(UInt16(clamping: text.utf8.count))
    bytes.append(contentsOf: text.utf8.prefix(Int(UInt16.max)))
  }
}

/// A record that is not what this version writes.
struct RecordFault: Error {
  var text: String
}

/// Reads what ``RecordWriter`` wrote; refuses a record that is too short, too long or has an unlisted value.
struct RecordReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func next<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) throws(RecordFault) -> Value {
    let size = MemoryLayout<Value>.size
    guard rest.count >= size else { throw RecordFault(text: "expected \(size) more bytes, found \(rest.count)") }
    var value: Value = 0
    withUnsafeMutableBytes(of: &value) { $0.copyBytes(from: rest.prefix(size)) }
    rest = rest.dropFirst(size)
    return Value(littleEndian: value)
  }

  mutating func number() throws(RecordFault) -> Double { Double(bitPattern: try next()) }

  mutating func text() throws(RecordFault) -> String {
    let count = Int(try next(UInt16.self))
    guard rest.count >= count else { throw RecordFault(text: "expected \(count) more bytes, found \(rest.count)") }
    let text = String(decoding: rest.prefix(count), as: UTF8.self)
    rest = rest.dropFirst(count)
    return text
  }

  mutating func listed<Value: RawRepresentable>(_ type: Value.Type = Value.self) throws(RecordFault) -> Value
  where Value.RawValue: FixedWidthInteger {
    let raw = try next(Value.RawValue.self)
    guard let value = Value(rawValue: raw) else { throw RecordFault(text: "expected a listed \(type), found \(raw)") }
    return value
  }

  func end() throws(RecordFault) {
    guard rest.isEmpty else { throw RecordFault(text: "expected the end, found \(rest.count) more bytes") }
  }
}
