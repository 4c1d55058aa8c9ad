/// Memory of one process in which a message is put together or taken apart; it grows and never shrinks.
///
/// What came from the other process is copied in here before anything in it is looked at.
final class MessageBuffer {
  private(set) var base: UnsafeMutableRawPointer
  private(set) var capacity: Int
  /// Bytes that are in use.
  private(set) var count = 0

  init(capacity: Int = 4096) {
    self.capacity = capacity
    base = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { base.deallocate() }

  /// Begins a message with a header that ``finish(_:function:serial:)`` fills in.
  @inline(__always)
  func begin() { count = MessageHeader.size }

  /// Makes room for so many bytes at the end, a multiple of 8, and answers where they begin. Addresses from before are
  /// no longer valid.
  @inline(__always)
  func extend(_ bytes: Int) throws(CarriageFault) -> Int {
    let place = count
    guard bytes <= MessageHeader.limit - place else {
      throw .garbage("\(bytes) bytes are more than a message may carry")
    }
    let end = place + (bytes + 7) & ~7
    if end > capacity { grow(to: end) }
    // What fills up the last eight bytes is never left over from something else.
    if end > place, bytes & 7 != 0 { base.storeBytes(of: 0, toByteOffset: end - 8, as: UInt64.self) }
    count = end
    return place
  }

  /// Appends bytes, filled up to a multiple of 8.
  @inline(__always)
  func append(_ bytes: UnsafeRawPointer, _ length: Int) throws(CarriageFault) {
    let place = try extend(length)
    (base + place).copyMemory(from: bytes, byteCount: length)
  }

  /// Appends a number.
  @inline(__always)
  func append(_ number: UInt64) throws(CarriageFault) {
    let place = try extend(8)
    base.storeBytes(of: number, toByteOffset: place, as: UInt64.self)
  }

  /// Fills in the header.
  @inline(__always)
  func finish(_ kind: MessageHeader.Kind, function: Int, serial: UInt64) {
    MessageHeader(length: count, kind: kind, function: function, serial: serial).write(to: base)
  }

  /// The message as it stands.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  /// Makes room for a message that comes in pieces, keeping what has come.
  func reserve(_ bytes: Int) {
    if bytes > capacity { grow(to: bytes) }
  }

  /// Says how many bytes have come.
  func setCount(_ count: Int) { self.count = count }

  private func grow(to needed: Int) {
    let larger = max(needed, capacity * 2)
    let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
    moved.copyMemory(from: base, byteCount: min(count, capacity))
    base.deallocate()
    (base, capacity) = (moved, larger)
  }
}
