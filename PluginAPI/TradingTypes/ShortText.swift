/// Up to 48 bytes of UTF-8 held in place: the ids of orders, reports and OCO groups, copied without allocating.
@frozen
public struct ShortText: Hashable, Sendable {
  /// How many bytes fit.
  public static let capacity = 48

  // Unused bytes are zero, so equality and hashing need no length; NUL therefore cannot be content.
  @usableFromInline var bytes: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

  /// Nothing.
  @inlinable public init() { bytes = (0, 0, 0, 0, 0, 0) }

  /// Holds up to 16 bytes, none of them 0, the first in the low byte of the first word.
  @inlinable @inline(__always)
  package init(low: UInt64, high: UInt64) { bytes = (low.littleEndian, high.littleEndian, 0, 0, 0, 0) }

  /// Holds a text; `nil` when it is longer than 48 bytes of UTF-8 or has a NUL in it.
  public init?(_ text: some StringProtocol) {
    self.init()
    let utf8 = text.utf8
    guard utf8.count <= ShortText.capacity, !utf8.contains(0) else { return nil }
    withUnsafeMutableBytes(of: &bytes) { $0.copyBytes(from: utf8) }
  }

  /// Holds borrowed bytes; `nil` as for a text, or for a null pointer with a length.
  @inlinable @inline(__always)
  public init?(_ pointer: UnsafePointer<CChar>?, _ length: UInt64) {
    self.init()
    guard length > 0 else { return }
    guard length <= 16 else {
      self.init(long: pointer, length)
      return
    }
    guard let pointer else { return nil }
    let (low, high) = UInt64.pair(littleEndianBytes: pointer, count: Int(truncatingIfNeeded: length))
    bytes.0 = low.littleEndian
    bytes.1 = high.littleEndian
    if length <= 8 {
      guard ShortText.hasNoZeroByte(low, first: length) else { return nil }
    } else {
      guard ShortText.hasNoZeroByte(low, first: 8), ShortText.hasNoZeroByte(high, first: length &- 8) else {
        return nil
      }
    }
  }

  /// Holds borrowed bytes of any number.
  @usableFromInline @inline(never)
  init?(long pointer: UnsafePointer<CChar>?, _ length: UInt64) {
    self.init()
    guard let pointer, length <= UInt64(ShortText.capacity) else { return nil }
    let source = UnsafeRawBufferPointer(start: pointer, count: Int(length))
    withUnsafeMutableBytes(of: &bytes) { $0.copyMemory(from: source) }
    guard zeroBytes == ShortText.capacity - Int(length) else { return nil }
  }

  /// Length in bytes.
  @inlinable @inline(__always)
  public var count: Int {
    // Bytes behind the text are zero, so all further words are.
    guard bytes.2 == 0 else { return ShortText.countOfLong(bytes.2, bytes.3, bytes.4, bytes.5) }
    return bytes.1 == 0 ? ShortText.end(of: bytes.0, in: 0) : ShortText.end(of: bytes.1, in: 1)
  }

  /// Length in bytes of more than 16, of which these words are the last.
  @usableFromInline @inline(never)
  static func countOfLong(_ third: UInt64, _ fourth: UInt64, _ fifth: UInt64, _ sixth: UInt64) -> Int {
    if sixth != 0 { return ShortText.end(of: sixth, in: 5) }
    if fifth != 0 { return ShortText.end(of: fifth, in: 4) }
    if fourth != 0 { return ShortText.end(of: fourth, in: 3) }
    return ShortText.end(of: third, in: 2)
  }

  /// Where the last byte of a word that is not 0 ends, when the word is at this place.
  @inlinable static func end(of word: UInt64, in place: Int) -> Int {
    place * 8 + 8 - word.littleEndian.leadingZeroBitCount / 8
  }

  /// Whether none of the first 1 to 8 bytes is 0.
  @inlinable @inline(__always) static func hasNoZeroByte(_ word: UInt64, first count: UInt64) -> Bool {
    // Ones behind them, in two steps, because a shift by 64 bits is one by none.
    let ones: UInt64 = 0x0101_0101_0101_0101
    let filled = word | (ones &<< (4 &* count)) &<< (4 &* count)
    return (filled &- ones) & ~filled & 0x8080_8080_8080_8080 == 0
  }

  /// How many of the 48 bytes are 0.
  private var zeroBytes: Int {
    ShortText.zeroBytes(bytes.0) + ShortText.zeroBytes(bytes.1) + ShortText.zeroBytes(bytes.2)
      + ShortText.zeroBytes(bytes.3) + ShortText.zeroBytes(bytes.4) + ShortText.zeroBytes(bytes.5)
  }

  @inline(__always) private static func zeroBytes(_ word: UInt64) -> Int {
    // The high bit of each byte of `low` says whether its other seven bits hold anything.
    let low = (word & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F
    return (~(low | word) & 0x8080_8080_8080_8080).nonzeroBitCount
  }

  /// Whether there is no text.
  @inlinable public var isEmpty: Bool { bytes.0 == 0 }

  /// Lends the bytes as the pointer and length of a C call.
  @inlinable @inline(__always)
  public func withPointer<Result>(_ body: (UnsafePointer<CChar>?, UInt64) -> Result) -> Result {
    withUnsafePointer(to: self) { text in
      let count = UInt64(truncatingIfNeeded: text.pointee.count)
      return body(UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self), count)
    }
  }

  @inlinable public static func == (a: ShortText, b: ShortText) -> Bool {
    a.bytes.0 == b.bytes.0 && a.bytes.1 == b.bytes.1 && a.bytes.2 == b.bytes.2 && a.bytes.3 == b.bytes.3
      && a.bytes.4 == b.bytes.4 && a.bytes.5 == b.bytes.5
  }

  @inlinable public func hash(into hasher: inout Hasher) {
    hasher.combine(bytes.0)
    hasher.combine(bytes.1)
    hasher.combine(bytes.2)
    hasher.combine(bytes.3)
    hasher.combine(bytes.4)
    hasher.combine(bytes.5)
  }
}

extension ShortText: Comparable {
  /// Orders by bytes, as the texts' UTF-8 would.
  public static func < (a: ShortText, b: ShortText) -> Bool {
    withUnsafeBytes(of: a.bytes) { left in
      withUnsafeBytes(of: b.bytes) { right in left.lexicographicallyPrecedes(right) }
    }
  }
}

extension ShortText: CustomStringConvertible, ExpressibleByStringLiteral {
  /// The text.
  public var description: String {
    withUnsafeBytes(of: bytes) { String(decoding: $0.prefix(count), as: UTF8.self) }
  }

  /// Holds a literal; traps when it does not fit, so this is for literals only.
  public init(stringLiteral text: String) {
    guard let value = ShortText(text) else { preconditionFailure("literal longer than 48 bytes: \(text)") }
    self = value
  }
}

// Texts that end in a number, as ids that are counted up do.
extension ShortText {
  /// This text with a number's decimal digits behind it; `nil` when they do not fit.
  public func appending(_ number: UInt64) -> ShortText? {
    var digits = 1
    var power: UInt64 = 10
    while number >= power, digits < 20 {
      digits &+= 1
      power = power.multipliedReportingOverflow(by: 10).overflow ? .max : power &* 10
    }
    let start = count
    guard start + digits <= ShortText.capacity else { return nil }
    var result = self
    withUnsafeMutableBytes(of: &result) { bytes in
      var rest = number
      for place in stride(from: start &+ digits &- 1, through: start, by: -1) {
        bytes[place] = UInt8(truncatingIfNeeded: 48 &+ rest % 10)
        rest /= 10
      }
    }
    return result
  }

  /// Makes the last digit one higher; `false` when more than that would change, or the text does not end in a digit.
  @inlinable @inline(__always)
  public mutating func countUp() -> Bool {
    let last = count &- 1
    guard last >= 0 else { return false }
    return withUnsafeMutableBytes(of: &bytes) { bytes in
      guard bytes[last] >= 48, bytes[last] < 57 else { return false }
      bytes[last] &+= 1
      return true
    }
  }

  /// The number behind a prefix, written as ``appending(_:)`` writes it; `nil` for any other text.
  public func number(after prefix: ShortText) -> UInt64? {
    let (start, end) = (prefix.count, count)
    guard end > start, end - start < 20 else { return nil }
    return withUnsafeBytes(of: (bytes, prefix.bytes)) { bytes in
      for place in 0..<start where bytes[place] != bytes[ShortText.capacity + place] { return nil }
      if bytes[start] == UInt8(ascii: "0"), end - start > 1 { return nil }
      var number: UInt64 = 0
      for place in start..<end {
        let digit = bytes[place] &- 48
        guard digit < 10 else { return nil }
        number = number &* 10 &+ UInt64(digit)
      }
      return number
    }
  }
}
