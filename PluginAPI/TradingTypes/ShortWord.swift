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
    var (word, place): (UInt64, Int) = (0, 0)
    if count & 4 != 0 {
      word = UInt64(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
      place = 4
    }
    if count & 2 != 0 {
      word |=
        UInt64(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self))) &<< UInt64(8 &* place)
      place &+= 2
    }
    if count & 1 != 0 { word |= UInt64(bytes.load(fromByteOffset: place, as: UInt8.self)) &<< UInt64(8 &* place) }
    self = word
  }
}
