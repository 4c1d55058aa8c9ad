/// Little-endian numbers and texts in bytes that nobody vouches for: every read is checked.
package struct ByteTable {
  package let bytes: [UInt8]

  /// A table over bytes.
  package init(bytes: [UInt8]) { self.bytes = bytes }

  package var count: Int { bytes.count }

  /// The number at an offset; `nil` when it is not wholly inside.
  package func number<Number: FixedWidthInteger>(_ offset: Int, as: Number.Type = Number.self) -> Number? {
    let width = MemoryLayout<Number>.size
    guard offset >= 0, offset <= bytes.count - width else { return nil }
    return bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self)) }
  }

  /// The bytes from an offset to the next zero byte; `nil` when there is none within 16 KiB or before the end.
  package func text(_ offset: some BinaryInteger) -> ArraySlice<UInt8>? {
    guard let start = Int(exactly: offset), start >= 0, start < bytes.count,
      let end = bytes[start...].prefix(1 << 14).firstIndex(of: 0)
    else { return nil }
    return bytes[start..<end]
  }
}
