import Glibc

/// Random numbers by place: the same seed and place give the same numbers, in any order.
struct Noise {
  var seed: UInt64
  var place: UInt64

  /// 64 random bits; `index` tells several draws of one place apart.
  func bits(_ index: UInt64) -> UInt64 {
    // The output function of SplitMix64, over a counter of both.
    var value = seed &+ (place &* 64 &+ index &+ 1) &* 0x9E37_79B9_7F4A_7C15
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// From 0 up to 1.
  func fraction(_ index: UInt64) -> Double { Double(bits(index) >> 11) * 0x1p-53 }

  /// Between 1/`widest` and `widest`, evenly on a logarithmic scale.
  func factor(_ index: UInt64, _ widest: Double) -> Double { pow(widest, 2 * fraction(index) - 1) }
}
