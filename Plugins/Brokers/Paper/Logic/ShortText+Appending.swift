import PluginSDK
import TradingTypes

extension ShortText {
  /// The 48 bytes as words.
  @inline(__always)
  var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) {
    // A frozen struct of exactly these six words.
    unsafeBitCast(self, to: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64).self)
  }

  /// This text with ASCII behind it; `nil` when it does not fit.
  @inline(__always)
  func appending(_ suffix: StaticString) -> ShortText? {
    let start = count
    guard start + suffix.utf8CodeUnitCount <= ShortText.capacity else { return nil }
    var result = self
    withUnsafeMutableBytes(of: &result) { bytes in
      for place in 0..<suffix.utf8CodeUnitCount { bytes[start + place] = suffix.utf8Start[place] }
    }
    return result
  }

  /// This text with one ASCII character and a number behind it; `nil` when they do not fit.
  @inline(__always)
  func appending(_ mark: Unicode.Scalar, _ number: UInt32) -> ShortText? {
    let start = count
    guard number < 10, start <= 14 else { return appendingMany(mark, number) }
    let suffix = UInt64(mark.value) | UInt64(48 + number) << 8
    var words = words
    words.0 = words.0.littleEndian
    words.1 = words.1.littleEndian
    let shift = UInt64(truncatingIfNeeded: 8 &* (start & 7))
    if start > 7 {
      words.1 |= suffix &<< shift
    } else {
      words.0 |= suffix &<< shift
      if start == 7 { words.1 = suffix >> 8 }
    }
    words.0 = words.0.littleEndian
    words.1 = words.1.littleEndian
    return unsafeBitCast(words, to: ShortText.self)
  }

  @inline(never)
  private func appendingMany(_ mark: Unicode.Scalar, _ number: UInt32) -> ShortText? {
    var digits = 1
    var power: UInt64 = 10
    while UInt64(number) >= power {
      digits += 1
      power *= 10
    }
    let start = count
    guard start + 1 + digits <= ShortText.capacity else { return nil }
    var result = self
    withUnsafeMutableBytes(of: &result) { bytes in
      bytes[start] = UInt8(truncatingIfNeeded: mark.value)
      var rest = number
      for place in stride(from: start + digits, to: start, by: -1) {
        bytes[place] = UInt8(truncatingIfNeeded: 48 + rest % 10)
        rest /= 10
      }
    }
    return result
  }
}
