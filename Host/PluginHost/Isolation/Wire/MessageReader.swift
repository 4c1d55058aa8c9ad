/// Walks through the bytes of a message that nobody vouches for, eight at a time, and never past their end.
struct MessageReader {
  private var next: UnsafeMutableRawPointer
  private(set) var left: Int

  /// Reads what stands after the header.
  init(_ buffer: MessageBuffer) {
    next = buffer.base + MessageHeader.size
    left = buffer.count - MessageHeader.size
  }

  /// The next bytes, which must be there.
  @inline(__always)
  mutating func take(_ bytes: Int) throws(CarriageFault) -> UnsafeMutableRawPointer {
    guard bytes <= left else { throw .garbage("\(bytes) bytes where a message has \(left)") }
    let taken = next
    let whole = (bytes + 7) & ~7
    // A message's length is a multiple of 8, so the filling is there too.
    next += whole
    left -= whole
    return taken
  }

  /// The next items of one size, which must all be there.
  @inline(__always)
  mutating func take(_ count: UInt64, of size: Int) throws(CarriageFault) -> UnsafeMutableRawPointer {
    guard count <= UInt64(left / size) else {
      throw .garbage("\(count) items of \(size) bytes where there are \(left) bytes")
    }
    return try take(Int(count) * size)
  }

  /// The next number.
  @inline(__always)
  mutating func number() throws(CarriageFault) -> UInt64 { try take(8).load(as: UInt64.self) }

  /// Makes sure that nothing is left.
  @inline(__always)
  func end() throws(CarriageFault) {
    guard left == 0 else { throw .garbage("\(left) bytes behind the end") }
  }
}
