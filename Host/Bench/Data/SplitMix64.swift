/// The random numbers of the workload: SplitMix64 (Steele, Lea and Flood 2014), 64 bits, wrapping around.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  @inline(__always) private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to, not including, `bound`; made of the upper half of 64 bits.
  @inline(__always) mutating func below(_ bound: UInt64) -> Int64 {
    Int64(truncatingIfNeeded: ((next() >> 32) &* bound) >> 32)
  }
}
