/// 10 to the powers 0...18, whole and as doubles (both exact).
@frozen
public enum PowersOfTen {
  // Tables for the whole life of the process: read-only after they are made, hence safe from any thread.
  /// As whole numbers.
  public nonisolated(unsafe) static let whole: UnsafePointer<Int64> = table(1, times: 10)
  /// As doubles.
  public nonisolated(unsafe) static let double: UnsafePointer<Double> = table(1, times: 10)

  private static func table<Number: Numeric>(_ first: Number, times factor: Number) -> UnsafePointer<Number> {
    let table = UnsafeMutablePointer<Number>.allocate(capacity: 19)
    var power = first
    for exponent in 0..<19 {
      (table + exponent).initialize(to: power)
      if exponent < 18 { power *= factor }
    }
    return UnsafePointer(table)
  }
}

/// Turns whole numbers of some power of ten into the nearest doubles, ties to even.
///
/// The quotient of two doubles that hold whole numbers is rounded once, so it is the nearest. Dividing is slow; up to
/// 2^26 and 10^7 a product is as good. The reciprocal is cut in two: its first 27 bits times a number of 26 bits is exact,
/// and the rest contributes an error of at most 2^-26 of the last place. A quotient n / 10^d is no tie between two doubles
/// and lies at least 1 / (2 * 10^d) of the last place away from one, which is more, so the sum rounds to the same side.
struct DecimalDivider {
  private static let magic = 6_755_399_441_055_744.0
  /// Below it, products are used.
  private static let small: UInt64 = 1 << 26

  let scale: Double
  private let head: Double
  private let tail: Double
  private let canMultiply: Bool

  init(decimals: Int) {
    scale = PowersOfTen.double[decimals]
    canMultiply = decimals <= 7
    // 27 bits: the lower 26 of the 53 are cut off.
    head = Double(bitPattern: (1 / scale).bitPattern & ~(1 << 26 - 1))
    tail = (1 - head * scale) / scale
  }

  /// Turns whole numbers from 0 to 2^51 into doubles, in place.
  func convert(_ numbers: UnsafeMutablePointer<Int64>, _ count: Int) {
    let doubles = UnsafeMutableRawPointer(numbers)
    if scale == 1 {
      for index in 0..<count {
        (doubles + index &* 8).storeBytes(of: DecimalDivider.double(numbers[index]), as: Double.self)
      }
      return
    }
    var all: UInt64 = 0
    for index in 0..<count { all |= UInt64(bitPattern: numbers[index]) }
    if canMultiply, all < DecimalDivider.small {
      for index in 0..<count {
        let number = DecimalDivider.double(numbers[index])
        (doubles + index &* 8).storeBytes(of: number * head + number * tail, as: Double.self)
      }
    } else {
      for index in 0..<count {
        (doubles + index &* 8).storeBytes(of: DecimalDivider.double(numbers[index]) / scale, as: Double.self)
      }
    }
  }

  /// The nearest double to `number / scale`; the number is from 0 to 2^51.
  @inline(__always) func nearest(_ number: Int64) -> Double { DecimalDivider.double(number) / scale }

  /// A whole number under 2^51 as a double, in a way that works on several at once.
  @inline(__always) private static func double(_ number: Int64) -> Double {
    // Adding the bits leaves the number in the low places of a double that is a whole number.
    Double(bitPattern: UInt64(bitPattern: number) &+ magic.bitPattern) - magic
  }
}
