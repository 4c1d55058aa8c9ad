/// Bytes on their way to a file descriptor, or kept in memory.
///
/// Appending never throws. After a failed write, everything else is dropped and ``finish()`` throws the failure. Bytes
/// still buffered when the value is destroyed without ``finish()`` are dropped: an abandoned result leaves nothing
/// behind as long as it fits the buffer.
public struct BufferedOutput: ~Copyable {
  private var bytes: [UInt8] = []
  private let descriptor: Int32?
  private let destination: String
  private let capacity: Int
  /// The first failed write, if any.
  public private(set) var failure: OutputError?
  /// How many bytes the file descriptor has taken.
  public private(set) var bytesWritten = 0

  /// An output that keeps all bytes for ``collected()``.
  public init() {
    descriptor = nil
    destination = "memory"
    capacity = .max
  }

  /// An output to an open file descriptor, which stays the caller's to close.
  ///
  /// - Parameters:
  ///   - destination: what errors call it, such as `stdout`.
  ///   - capacity: how many bytes are gathered before they are written.
  public init(descriptor: Int32, destination: String, capacity: Int = 1 << 16) {
    self.descriptor = descriptor
    self.destination = destination
    self.capacity = max(capacity, 1)
    bytes.reserveCapacity(self.capacity + 4096)
  }

  /// Appends one byte.
  public mutating func append(_ byte: UInt8) {
    bytes.append(byte)
    if bytes.count >= capacity { flush() }
  }

  /// Appends bytes as they are.
  public mutating func append(_ buffer: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: buffer)
    if bytes.count >= capacity { flush() }
  }

  /// Appends a literal.
  public mutating func append(_ literal: StaticString) {
    append(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// Appends a text as UTF-8.
  public mutating func append(text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Appends a whole number in decimal digits.
  public mutating func append(decimal value: Int64) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var position = digits.count
      var rest = value.magnitude
      repeat {
        position -= 1
        digits[position] = UInt8(48 + rest % 10)
        rest /= 10
      } while rest > 0
      if value < 0 {
        position -= 1
        digits[position] = UInt8(ascii: "-")
      }
      append(UnsafeBufferPointer(rebasing: digits[position...]))
    }
  }

  /// Writes what is buffered; in memory, keeps it.
  public mutating func flush() {
    guard let descriptor else { return }
    if failure == nil {
      if let number = bytes.withUnsafeBytes({ writeAll($0, to: descriptor) }) {
        failure = OutputError(number: number, destination: destination)
      } else {
        bytesWritten += bytes.count
      }
    }
    bytes.removeAll(keepingCapacity: true)
  }

  /// Writes what is left; throws the first failure of any write.
  public consuming func finish() throws(OutputError) {
    flush()
    if let failure { throw failure }
  }

  /// The bytes of an output in memory.
  public consuming func collected() -> [UInt8] { bytes }
}
