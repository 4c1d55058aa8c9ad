import PluginSDK

extension ShortText {
  /// The 48 bytes as words.
  @inline(__always)
  var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) {
    // A frozen struct of exactly these six words.
    unsafeBitCast(self, to: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64).self)
  }

  /// How many bytes it has, from the last word that is not 0.
  private var length: Int {
    let words = words
    func end(_ word: UInt64, _ place: Int) -> Int { place * 8 + 8 - word.littleEndian.leadingZeroBitCount / 8 }
    if words.5 != 0 { return end(words.5, 5) }
    if words.4 != 0 { return end(words.4, 4) }
    if words.3 != 0 { return end(words.3, 3) }
    if words.2 != 0 { return end(words.2, 2) }
    return words.1 != 0 ? end(words.1, 1) : end(words.0, 0)
  }

  /// This text with ASCII behind it; `nil` when it does not fit.
  func appending(_ suffix: StaticString) -> ShortText? {
    let start = length
    guard start + suffix.utf8CodeUnitCount <= ShortText.capacity else { return nil }
    var result = self
    withUnsafeMutableBytes(of: &result) { bytes in
      for place in 0..<suffix.utf8CodeUnitCount { bytes[start + place] = suffix.utf8Start[place] }
    }
    return result
  }

  /// This text with one character and a number behind it; `nil` when they do not fit.
  @inline(__always)
  func appending(_ mark: Unicode.Scalar, _ number: UInt32) -> ShortText? {
    var digits = 1
    var power: UInt64 = 10
    while UInt64(number) >= power {
      digits += 1
      power *= 10
    }
    let start = length
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
