import BarStore

/// Reads the digits of plain decimals (`12`, `12.34`).
///
/// It gives up, and leaves the text to ``CarefulNumber``, on a sign, an exponent, a missing digit or more than 15 digits
/// on one side of the point or 18 in all.
struct DecimalScanner {
  /// A decimal as read.
  struct Value {
    /// Where the text goes on; `nil`: gave up.
    var next: UnsafeRawPointer?
    /// The digits as one number.
    var number: Int64
    /// How many digits followed the point.
    var decimals: Int

    @inline(__always) static var none: Value { Value(next: nil, number: 0, decimals: 0) }

    /// The nearest double, ties to even.
    var nearest: Double {
      number < Row.wholeLimit
        ? Double(number) / PowersOfTen.double[decimals]
        : DecimalScanner.quotient(UInt64(number), over: UInt64(PowersOfTen.whole[decimals]))
    }
  }

  private let whole: UnsafePointer<Int64>

  /// Uses the table of powers of ten.
  init() { whole = PowersOfTen.whole }

  /// The form of a decimal of up to eight digits: how many stand on each side of the point, and what follows.
  ///
  /// The decimals of a column mostly have one form. Guessing that of the row before lets the processor work on the next
  /// field, and the next row, before the length of this one is known.
  struct Form {
    /// Ones over the characters before the point.
    var head: UInt64 = 0
    /// The top bits of all digits.
    var digits: UInt64 = 0
    /// What is shifted out after the digits.
    var shift: UInt64 = 0
    /// Where the point stands, or for a whole number where it ends; and what stands there. No text has this byte.
    var point = 0
    var pointByte: UInt8 = 0
    /// Where the text ends, and what stands there.
    var end = 0
    var endByte: UInt8 = 0
    var decimals = 0
  }

  /// Reads a decimal at an address, guessing its form. Twenty bytes past the text must be readable.
  @inline(__always) func scan(_ address: UnsafeRawPointer, _ form: UnsafeMutablePointer<Form>) -> Value {
    let guess = form.pointee
    let digits = EightBytes(
      EightBytes(at: address), where: guess.head, else: EightBytes(at: address + 1))
    guard digits.others & guess.digits == 0, (address + guess.point).load(as: UInt8.self) == guess.pointByte,
      (address + guess.end).load(as: UInt8.self) == guess.endByte
    else { return scan(address, learning: form) }
    return Value(
      next: address + guess.end, number: digits.number(shiftedBy: guess.shift), decimals: guess.decimals)
  }

  /// Reads a decimal that is mostly a whole number of varying length, such as a volume: a guess would often be wrong.
  @inline(__always) func scanWhole(_ address: UnsafeRawPointer, _ form: UnsafeMutablePointer<Form>) -> Value {
    let digits = EightBytes(at: address)
    let count = digits.digitCount
    guard count > 0, count < 8, (address + count).load(as: UInt8.self) != UInt8(ascii: ".") else {
      return scan(address, form)
    }
    return Value(next: address + count, number: digits.number(of: count), decimals: 0)
  }

  /// Reads a decimal of any form, which becomes the next guess.
  @inline(never) private func scan(_ address: UnsafeRawPointer, learning form: UnsafeMutablePointer<Form>) -> Value {
    let value = scanParts(address)
    guard let next = value.next else { return value }
    let end = next - address
    let point = value.decimals == 0 ? end : end - value.decimals - 1
    let total = value.decimals == 0 ? end : end - 1
    guard total <= 8 else { return value }
    form.pointee = Form(
      head: value.decimals == 0 || point == 8 ? .max : 1 &<< UInt64(8 * point) &- 1,
      digits: 0x8080_8080_8080_8080 &>> UInt64(64 - 8 * total), shift: UInt64(64 - 8 * total), point: point,
      pointByte: (address + point).load(as: UInt8.self), end: end, endByte: next.load(as: UInt8.self),
      decimals: value.decimals)
    return value
  }

  /// Reads a decimal, its two sides apart.
  private func scanParts(_ start: UnsafeRawPointer) -> Value {
    var address = start
    var mantissa: Int64 = 0
    let digits = run(&address, &mantissa)
    guard digits > 0 else { return .none }
    guard address.load(as: UInt8.self) == UInt8(ascii: ".") else {
      return Value(next: address, number: mantissa, decimals: 0)
    }
    address += 1
    var fraction: Int64 = 0
    let decimals = run(&address, &fraction)
    guard decimals > 0, digits &+ decimals <= 18 else { return .none }
    return Value(next: address, number: mantissa &* whole[decimals] &+ fraction, decimals: decimals)
  }

  /// Reads up to 15 digits; 0: none or more.
  @inline(__always) private func run(_ address: inout UnsafeRawPointer, _ number: inout Int64) -> Int {
    let first = EightBytes(at: address)
    let count = first.digitCount
    guard count < 8 else { return longRun(&address, &number, first.number(of: 8)) }
    guard count > 0 else { return 0 }
    number = first.number(of: count)
    address += count
    return count
  }

  @inline(__always) private func longRun(
    _ address: inout UnsafeRawPointer, _ number: inout Int64, _ high: Int64
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
