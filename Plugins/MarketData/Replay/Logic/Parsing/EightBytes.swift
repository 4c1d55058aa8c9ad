/// Eight characters read at once, little-endian: the first character in the low byte.
///
/// The arithmetic on whole words is the usual one: D. Lemire, "Number parsing at a gigabyte per second", Software:
/// Practice and Experience 51 (2021), doi:10.1002/spe.2984, and W. Muła's notes on SIMD-inspired digit parsing.
@usableFromInline
struct EightBytes {
  /// Each character minus `0`: 0...9 where it is a digit.
  let values: UInt64

  /// Reads the eight bytes at an address.
  @inline(__always) init(at address: UnsafeRawPointer) {
    values = address.loadUnaligned(as: UInt64.self) ^ 0x3030_3030_3030_3030
  }

  /// Takes characters of one where `isFirst` has ones, of another elsewhere.
  @inline(__always) init(_ first: EightBytes, where isFirst: UInt64, else second: EightBytes) {
    values = first.values & isFirst | second.values & ~isFirst
  }

  /// The top bit of each byte that is no digit; those after the first such byte may be wrong.
  @inline(__always) var others: UInt64 {
    // Adding 0x76 sets the top bit of every byte above 9. A carry can only spoil bytes after the first such byte.
    ((values &+ 0x7676_7676_7676_7676) | values) & 0x8080_8080_8080_8080
  }

  /// How many digits stand before the first other character: 0...8.
  @inline(__always) var digitCount: Int { others.trailingZeroBitCount &>> 3 }

  /// The number of the first `count` digits, 1...8.
  @inline(__always) func number(of count: Int) -> Int64 {
    number(shiftedBy: UInt64(truncatingIfNeeded: 64 &- 8 &* count))
  }

  /// The number of the digits that stay when so many bits are shifted out at the end.
  @inline(__always) func number(shiftedBy bits: UInt64) -> Int64 {
    // Leading zeros are shifted in, what follows the digits is shifted out.
    var pairs = values &<< bits
    pairs = (pairs &* 2561) &>> 8 & 0x00FF_00FF_00FF_00FF
    pairs = (pairs &* 6_553_601) &>> 16 & 0x0000_FFFF_0000_FFFF
    return Int64(truncatingIfNeeded: (pairs &* 42_949_672_960_001) &>> 32)
  }
}
