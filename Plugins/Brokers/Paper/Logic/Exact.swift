/// Exact products of non-negative billionths, rounded by name; `nil` where a result does not fit.
enum Exact {
  static let one: Int64 = 1_000_000_000

  /// Price times quantity, in billionths of the currency.
  @inline(__always)
  static func value(_ price: Int64, _ quantity: Int64, roundedUp: Bool) -> Int64? {
    let (units, part) = quantity.quotientAndRemainder(dividingBy: one)
    guard part != 0 else {
      let (value, overflow) = price.multipliedReportingOverflow(by: units)
      return overflow ? nil : value
    }
    return scaled(price, by: quantity, over: one, roundedUp: roundedUp)
  }

  /// `value * numerator / denominator`.
  @inline(never)
  static func scaled(_ value: Int64, by numerator: Int64, over denominator: Int64, roundedUp: Bool) -> Int64? {
    let wide = value.magnitude.multipliedFullWidth(by: numerator.magnitude)
    guard wide.high < denominator.magnitude else { return nil }
    let (quotient, remainder) = denominator.magnitude.dividingFullWidth(wide)
    guard let result = Int64(exactly: quotient) else { return nil }
    guard roundedUp, remainder != 0 else { return result }
    return result == .max ? nil : result + 1
  }

  /// The average of what is held and what is bought, rounded up.
  @inline(__always)
  static func average(_ average: Int64, of held: Int64, with price: Int64, of bought: Int64) -> Int64 {
    held > 0 ? mixed(average, of: held, with: price, of: bought) : price
  }

  @inline(never)
  private static func mixed(_ average: Int64, of held: Int64, with price: Int64, of bought: Int64) -> Int64 {
    let total = Int128(held) + Int128(bought)
    let value = Int128(average) * Int128(held) + Int128(price) * Int128(bought)
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: total)
    // Between the two prices, so it fits.
    return Int64(quotient) + (remainder > 0 ? 1 : 0)
  }

  /// The largest multiple of `step` that is not above `value`.
  @inline(__always)
  static func floor(_ value: Int64, to step: Int64) -> Int64 { value - value % step }

  /// The smallest multiple of `step` that is not below `value`, held at the end of the range.
  static func ceiling(_ value: Int64, to step: Int64) -> Int64 {
    let floor = floor(value, to: step)
    guard floor < value else { return value }
    let (ceiling, overflow) = floor.addingReportingOverflow(step)
    return overflow ? floor : ceiling
  }
}
