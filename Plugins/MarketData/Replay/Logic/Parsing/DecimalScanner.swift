/// Reads plain decimals (`12`, `12.34`) to the nearest double, ties to even.
///
/// It gives up, and leaves the text to ``CarefulNumber``, on a sign, an exponent, a missing digit or more than 15 digits
/// on one side of the point.
struct DecimalScanner {
  /// A decimal as read: its nearest double, and how many digits followed the point.
  struct Value {
    var number = 0.0
    var decimals = 0
  }

  private let whole: UnsafePointer<UInt64>
  private let double: UnsafePointer<Double>

  /// Uses the tables of powers of ten.
  init() {
    whole = PowersOfTen.whole
    double = PowersOfTen.double
  }

  /// Reads a decimal at an address, which moves behind it; false: gave up. Eight bytes past the text must be readable.
  @inline(__always) func scan(_ address: inout UnsafeRawPointer, _ value: inout Value) -> Bool {
    var mantissa: UInt64 = 0
    let digits = run(&address, &mantissa)
    guard digits > 0 else { return false }
    guard address.load(as: UInt8.self) == UInt8(ascii: ".") else {
      value.number = Double(mantissa)
      value.decimals = 0
      return true
    }
    address += 1
    var fraction: UInt64 = 0
    let decimals = run(&address, &fraction)
    guard decimals > 0, digits &+ decimals <= 19 else { return false }
    mantissa = mantissa &* whole[decimals] &+ fraction
    value.decimals = decimals
    // Both sides are exact up to 15 digits, so one division rounds once (W. D. Clinger, PLDI 1990).
    value.number =
      digits &+ decimals <= 15
      ? Double(mantissa) / double[decimals] : DecimalScanner.quotient(mantissa, over: whole[decimals])
    return true
  }

  /// Reads up to 15 digits; 0: none or more.
  @inline(__always) private func run(_ address: inout UnsafeRawPointer, _ number: inout UInt64) -> Int {
    let first = EightBytes(at: address)
    let count = first.digitCount
    guard count < 8 else { return longRun(&address, &number, first.number(of: 8)) }
    guard count > 0 else { return 0 }
    number = first.number(of: count)
    address += count
    return count
  }

  @inline(__always) private func longRun(
    _ address: inout UnsafeRawPointer, _ number: inout UInt64, _ high: UInt64
  ) -> Int {
    let second = EightBytes(at: address + 8)
    let count = second.digitCount
    guard count < 8 else { return 0 }
    number = count == 0 ? high : high &* whole[count] &+ second.number(of: count)
    address += 8 &+ count
    return 8 &+ count
  }

  /// The double nearest to a quotient of positive whole numbers, ties to even.
  @inline(never) static func quotient(_ dividend: UInt64, over divisor: UInt64) -> Double {
    guard dividend > 0 else { return 0 }
    let up = dividend.leadingZeroBitCount
    let down = divisor.leadingZeroBitCount
    let top = dividend &<< UInt64(up)
    let (bits, rest) = (divisor &<< UInt64(down)).dividingFullWidth((top &>> 1, top &<< 63))
    // 63 or 64 bits of the quotient: the last one stands for all that follow, and the conversion rounds once.
    let rounded = Double(rest == 0 ? bits : bits | 1)
    return Double(sign: .plus, exponent: down - up - 63, significand: rounded)
  }
}

/// 10 to the powers 0...19, whole and as doubles (both exact).
enum PowersOfTen {
  // Tables for the whole life of the process: read-only after they are made, hence safe from any thread.
  nonisolated(unsafe) static let whole: UnsafePointer<UInt64> = table(1, times: 10)
  nonisolated(unsafe) static let double: UnsafePointer<Double> = table(1, times: 10)

  private static func table<Number: Numeric>(_ first: Number, times factor: Number) -> UnsafePointer<Number> {
    let table = UnsafeMutablePointer<Number>.allocate(capacity: 20)
    var power = first
    for exponent in 0..<20 {
      (table + exponent).initialize(to: power)
      if exponent < 19 { power *= factor }
    }
    return UnsafePointer(table)
  }
}
