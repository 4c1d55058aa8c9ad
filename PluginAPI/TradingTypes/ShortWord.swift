extension UInt64 {
  /// Reads up to eight bytes from anywhere, the first into the low byte; the others are 0. Reads nothing behind them.
  ///
  /// - Parameter count: 0 to 8.
  @inlinable @inline(__always)
  package init(littleEndianBytes bytes: UnsafeRawPointer, count: Int) {
    guard count < 8 else {
      self.init(littleEndian: bytes.loadUnaligned(as: UInt64.self))
      return
    }
    // The first and the last of them, which may overlap: there they say the same.
    if count >= 4 {
      let first = UInt64(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
      let last = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)))
      self = first | last &<< UInt64(8 &* (count &- 4))
    } else if count > 0 {
      let middle = count &>> 1
      let last = count &- 1
      self =
        UInt64(bytes.load(as: UInt8.self))
        | UInt64(bytes.load(fromByteOffset: middle, as: UInt8.self)) &<< UInt64(8 &* middle)
        | UInt64(bytes.load(fromByteOffset: last, as: UInt8.self)) &<< UInt64(8 &* last)
    } else {
      self = 0
    }
  }

  /// Reads up to sixteen bytes from anywhere into two words, as one is read.
  ///
  /// - Parameter count: 1 to 16.
  @inlinable @inline(__always)
  package static func pair(littleEndianBytes bytes: UnsafeRawPointer, count: Int) -> (low: UInt64, high: UInt64) {
    guard count > 8 else { return (UInt64(littleEndianBytes: bytes, count: count), 0) }
    let last = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
    return (UInt64(littleEndianBytes: bytes, count: 8), last &>> UInt64(8 &* (16 &- count)))
  }
}
