/// Puts values one after the other, little-endian.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func put(_ other: some Collection<UInt8>) { bytes.append(contentsOf: other) }

  /// Puts a text behind its length in two bytes; a longer one is cut.
  mutating func put(text: String) {
    let utf8 = Array(text.utf8.prefix(Int(UInt16.max)))
    put(UInt16(utf8.count))
    put(utf8)
  }
}

/// Reads values one after the other; behind the end everything is zero and ``isPastEnd`` is set.
struct ByteReader {
  private let bytes: UnsafeRawBufferPointer
  private(set) var offset: Int
  private(set) var isPastEnd = false

  init(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  /// Whether all has been read, and no more than all.
  var isAtEnd: Bool { offset == bytes.count && !isPastEnd }

  mutating func get<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) -> Number {
    guard take(MemoryLayout<Number>.size) else { return 0 }
    return Number(
      littleEndian: bytes.loadUnaligned(fromByteOffset: offset - MemoryLayout<Number>.size, as: Number.self))
  }

  mutating func get(count: Int) -> [UInt8] {
    guard take(count) else { return [] }
    return Array(bytes[offset - count..<offset])
  }

  /// Reads a text behind its length; `nil` when it is not UTF-8.
  mutating func getText() -> String? {
    let count = Int(get(UInt16.self))
    return String(validating: get(count: count), as: UTF8.self)
  }

  private mutating func take(_ count: Int) -> Bool {
    guard bytes.count - offset >= count else {
      isPastEnd = true
      return false
    }
    offset += count
    return true
  }
}
