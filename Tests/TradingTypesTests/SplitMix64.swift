/// SplitMix64, a small seeded generator (Steele, Lea and Flood 2014).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Any 64-bit number, with small magnitudes and the ends of the range as likely as large ones.
  mutating func int64() -> Int64 {
    let raw = Int64(bitPattern: next())
    switch next() % 16 {
    case 0: return Int64.max - (raw & 3)
    case 1: return Int64.min + (raw & 3)
    default: return raw >> Int64(next() % 64)
    }
  }
}

/// The exact number as 64 bits, or `nil` when it does not fit.
func fitted(_ exact: Int128) -> Int64? { Int64(exactly: exact) }

/// Division that rounds toward minus infinity; the divisor must be positive.
func floorDivide(_ a: Int128, _ b: Int128) -> Int128 { a % b < 0 ? a / b - 1 : a / b }
