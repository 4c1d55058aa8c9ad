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

  /// Puts one ASCII character and a number of one digit behind this text.
  ///
  /// - Parameter count: the length of this text, which leaves room for them.
  @inline(__always)
  mutating func append(_ mark: Unicode.Scalar, digit: UInt32, at count: Int) {
    let suffix = UInt16(truncatingIfNeeded: mark.value | (48 &+ digit) &<< 8)
    withUnsafeMutableBytes(of: &self) { $0.storeBytes(of: suffix.littleEndian, toByteOffset: count, as: UInt16.self) }
  }
}
