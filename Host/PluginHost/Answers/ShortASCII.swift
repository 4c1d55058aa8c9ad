import TradingTypes

/// A text of 1 to 15 visible ASCII characters, which are its bytes, the first in the low byte of the first word.
///
/// Nearly every id of an order or report is one. Making a string of the two words takes a tenth of the time that
/// decoding and validating the same bytes takes.
struct ShortASCII {
  private let low: UInt64
  private let high: UInt64
  private let count: Int

  /// Reads borrowed bytes; `nil`: not such a text.
  @inline(__always)
  init?(_ pointer: UnsafePointer<CChar>?, _ length: UInt64) {
    guard let pointer, length &- 1 < 15 else { return nil }
    count = Int(truncatingIfNeeded: length)
    (low, high) = UInt64.pair(littleEndianBytes: pointer, count: count)
    if count <= 8 {
      guard ShortASCII.isVisible(low, count) else { return nil }
    } else {
      guard ShortASCII.isVisible(low, 8), ShortASCII.isVisible(high, count &- 8) else { return nil }
    }
  }

  /// Whether borrowed bytes are such a text.
  @inline(__always)
  static func isOne(_ pointer: UnsafePointer<CChar>?, _ length: UInt64) -> Bool { ShortASCII(pointer, length) != nil }

  /// Whether it is all small letters, digits and `_`.
  @inline(__always)
  var isName: Bool {
    ShortASCII.isName(low, min(count, 8)) && (count <= 8 || ShortASCII.isName(high, count &- 8))
  }

  /// The text, held in place.
  @inline(__always)
  var shortText: ShortText { ShortText(low: low, high: high) }

  /// The text.
  ///
  /// - Parameter isLayoutKnown: what ``isStringLayoutKnown`` says, asked once for many texts.
  @inline(__always)
  func string(isLayoutKnown: Bool) -> String {
    guard isLayoutKnown else { return decoded }
    var words = (low, ShortASCII.lastWord(high, count))
    // Moved out of the words, because a small string owns nothing else.
    return withUnsafeMutableBytes(of: &words) { $0.baseAddress!.assumingMemoryBound(to: String.self).move() }
  }

  /// The text, made the ordinary way.
  @inline(never)
  private var decoded: String {
    withUnsafeBytes(of: (low.littleEndian, high.littleEndian)) {
      String(decoding: $0.prefix(count), as: UTF8.self)
    }
  }

  /// Whether strings of up to 15 ASCII characters are laid out as this file assumes: checked once, for every length,
  /// against strings made the ordinary way. Where they are not, those are used.
  static let isStringLayoutKnown: Bool = {
    guard MemoryLayout<String>.size == 16, UInt64(1).littleEndian == 1 else { return false }
    return (1...15).allSatisfy { count in
      let bytes = (0..<count).map { UInt8(0x21 + 6 * $0) }
      let made = bytes.withUnsafeBytes { bytes in
        bytes.withMemoryRebound(to: CChar.self) { ShortASCII($0.baseAddress, UInt64(count)) }
      }
      guard let made else { return false }
      return withUnsafeBytes(of: String(decoding: bytes, as: UTF8.self)) { string in
        string.loadUnaligned(as: UInt64.self) == made.low
          && string.loadUnaligned(fromByteOffset: 8, as: UInt64.self) == lastWord(made.high, count)
      }
    }
  }()

  /// The second word of a small string: its bytes from the eighth, and on top that it is small and ASCII, and its length.
  @inline(__always)
  private static func lastWord(_ high: UInt64, _ count: Int) -> UInt64 { high | UInt64(0xE0 | count) &<< 56 }

  /// Whether the first 1 to 8 bytes of a word are all from 0x21 to 0x7e.
  @inline(__always)
  private static func isVisible(_ word: UInt64, _ count: Int) -> Bool {
    let each: UInt64 = 0x0101_0101_0101_0101
    // In two steps, because a shift by 64 bits is one by none.
    let filled = word | ((each &* 0x21) &<< UInt64(4 &* count)) &<< UInt64(4 &* count)
    // The top bit of a byte: in `filled` it is not ASCII, with 1 added it is 0x7f or more, with 0x5f added it is visible.
    return (filled | (filled &+ each) | ~(filled &+ each &* 0x5F)) & (each &* 0x80) == 0
  }

  /// Whether the first bytes of a word, all of them ASCII, are of a name.
  @inline(__always)
  private static func isName(_ word: UInt64, _ count: Int) -> Bool {
    let each: UInt64 = 0x0101_0101_0101_0101
    let filled = word | (each &* 0x61) << UInt64(8 &* count)
    // The top bit of a byte: it is at least the first of a range and not yet above the last.
    let isLetter = (filled &+ each &* (0x80 - 0x61)) & ~(filled &+ each &* (0x7F - 0x7A))
    let isDigit = (filled &+ each &* (0x80 - 0x30)) & ~(filled &+ each &* (0x7F - 0x39))
    let isLine = ~((filled ^ each &* 0x5F) &+ each &* 0x7F)
    return (isLetter | isDigit | isLine) & (each &* 0x80) == each &* 0x80
  }
}
