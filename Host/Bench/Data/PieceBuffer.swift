/// Bytes gathered until there are enough of them to hand on.
struct PieceBuffer: ~Copyable {
  private let memory: UnsafeMutablePointer<UInt8>
  private var count = 0

  private static let capacity = 1 << 16
  /// More than the longest row needs.
  private static let reserve = 256

  init() { memory = .allocate(capacity: PieceBuffer.capacity) }

  deinit { memory.deallocate() }

  /// Whether the next row might not fit.
  var isFull: Bool { count > PieceBuffer.capacity - PieceBuffer.reserve }

  @inline(__always) mutating func put(byte: UInt8) {
    precondition(count < PieceBuffer.capacity, "a row is longer than the buffer's reserve")
    memory[count] = byte
    count += 1
  }

  mutating func put(text: String) {
    for byte in text.utf8 { put(byte: byte) }
  }

  /// Eight bytes, the lowest first.
  @inline(__always) mutating func put(word: UInt64) {
    precondition(count + 8 <= PieceBuffer.capacity, "a row is longer than the buffer's reserve")
    UnsafeMutableRawPointer(memory + count).storeBytes(of: word.littleEndian, as: UInt64.self)
    count += 8
  }

  /// Decimal digits, with leading zeros up to a width.
  @inline(__always) mutating func put(number: UInt64, width: Int = 1) {
    var length = width
    var limit: UInt64 = 10
    for _ in 1..<width { limit *= 10 }
    while number >= limit {
      length += 1
      limit *= 10
    }
    precondition(count + length <= PieceBuffer.capacity, "a row is longer than the buffer's reserve")
    var rest = number
    for index in (0..<length).reversed() {
      memory[count + index] = UInt8(truncatingIfNeeded: 48 + rest % 10)
      rest /= 10
    }
    count += length
  }

  /// A comma, then a price with exactly five decimals.
  @inline(__always) mutating func put(commaAndPrice ticks: Int64) {
    put(byte: UInt8(ascii: ","))
    let (units, fraction) = UInt64(ticks).quotientAndRemainder(dividingBy: UInt64(TickBar.ticksPerUnit))
    put(number: units)
    put(byte: UInt8(ascii: "."))
    put(number: fraction, width: 5)
  }

  /// `S007,`.
  mutating func put(symbol: Int) {
    put(byte: UInt8(ascii: "S"))
    put(number: UInt64(symbol), width: 3)
    put(byte: UInt8(ascii: ","))
  }

  mutating func drain<Failure: Error>(
    into sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    if count > 0 { try sink(UnsafeRawBufferPointer(start: memory, count: count)) }
    count = 0
  }
}
