/// A decimal number held as a whole number of billionths, exact, in the range ±9,223,372,036.854775807.
public protocol FixedPoint: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The value times 1,000,000,000.
  var nanos: Int64 { get }
  /// Makes a value from billionths.
  init(nanos: Int64)
}

/// Which way a value that does not fit a grid moves.
public enum Rounding: Sendable {
  /// Toward minus infinity.
  case down
  /// Toward plus infinity.
  case up
}

extension FixedPoint {
  /// Zero.
  @inlinable public static var zero: Self { Self(nanos: 0) }

  @inlinable public static func < (a: Self, b: Self) -> Bool { a.nanos < b.nanos }

  /// The sum, or `nil` when it does not fit.
  @inlinable public func adding(_ other: Self) -> Self? {
    let (sum, overflow) = nanos.addingReportingOverflow(other.nanos)
    return overflow ? nil : Self(nanos: sum)
  }

  /// The difference, or `nil` when it does not fit.
  @inlinable public func subtracting(_ other: Self) -> Self? {
    let (difference, overflow) = nanos.subtractingReportingOverflow(other.nanos)
    return overflow ? nil : Self(nanos: difference)
  }

  /// The nearest multiple of `step` in the named direction; `nil` when `step` is not positive or the result does
  /// not fit.
  @inlinable public func rounded(_ direction: Rounding, to step: Self) -> Self? {
    guard step.nanos > 0 else { return nil }
    let remainder = nanos % step.nanos
    guard remainder != 0 else { return self }
    let floorDistance = remainder < 0 ? remainder + step.nanos : remainder
    let (down, overflow) = nanos.subtractingReportingOverflow(floorDistance)
    guard direction == .up else { return overflow ? nil : Self(nanos: down) }
    let (up, overflowed) = nanos.addingReportingOverflow(step.nanos - floorDistance)
    return overflowed ? nil : Self(nanos: up)
  }

  /// The nearest billionth to a double, ties to even; `nil` when it is not finite or does not fit.
  @inlinable @inline(__always) public init?(_ value: Double) {
    let scaled = value * 1e9
    // Below 2^51, a sum with 1.5 * 2^52 has the nearest whole number, ties to even, in its lowest bits: two instructions,
    // where `rounded` is a call on a processor without SSE4 and a conversion checks its range.
    if scaled.magnitude < 0x1p51 {
      self.init(nanos: Int64(bitPattern: (scaled + 0x1.8p52).bitPattern &- (0x1.8p52).bitPattern))
      return
    }
    guard let nanos = nearestWhole(scaled) else { return nil }
    self.init(nanos: nanos)
  }

  /// The double nearest to this value, for analytics only.
  @inlinable public var double: Double { Double(nanos) / 1e9 }

  /// Reads a plain decimal (`-12.34`): no exponent, at most nine fractional digits; `nil` for any other text.
  public init?(_ text: some StringProtocol) {
    var bytes = text.utf8[...]
    let negative = bytes.first == UInt8(ascii: "-")
    if negative { bytes.removeFirst() }
    var value: Int64 = 0
    var fractionDigits = -1
    var digits = 0
    for byte in bytes {
      if byte == UInt8(ascii: "."), fractionDigits < 0, digits > 0 {
        fractionDigits = 0
        continue
      }
      guard byte >= 48, byte <= 57, fractionDigits < 9 else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowed) = product.subtractingReportingOverflow(Int64(byte - 48))
      guard !overflow, !overflowed else { return nil }
      value = sum
      digits += 1
      if fractionDigits >= 0 { fractionDigits += 1 }
    }
    guard digits > 0, fractionDigits != 0 else { return nil }
    for _ in max(fractionDigits, 0)..<9 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      value = product
    }
    guard negative || value != .min else { return nil }
    self.init(nanos: negative ? value : -value)
  }

  /// The shortest plain decimal: no exponent, no trailing zeros.
  public var description: String {
    let magnitude = nanos.magnitude
    let whole = magnitude / 1_000_000_000
    let fraction = magnitude % 1_000_000_000
    var text = (nanos < 0 ? "-" : "") + String(whole)
    guard fraction != 0 else { return text }
    var digits = String(fraction)
    digits = String(repeating: "0", count: 9 - digits.utf8.count) + digits
    while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
    text += "." + digits
    return text
  }
}

/// A price, in the quote currency of its instrument for one unit.
@frozen
public struct Price: FixedPoint {
  public let nanos: Int64
  @inlinable public init(nanos: Int64) { self.nanos = nanos }
}

/// An amount of an instrument; never a value in money.
@frozen
public struct Quantity: FixedPoint {
  public let nanos: Int64
  @inlinable public init(nanos: Int64) { self.nanos = nanos }
}

/// The nearest whole number, ties to even; `nil` when it is not finite or does not fit.
@usableFromInline @inline(never)
func nearestWhole(_ value: Double) -> Int64? {
  guard value.isFinite, value >= -9.2233720368547748e18, value < 9.2233720368547758e18 else { return nil }
  return Int64(value.rounded(.toNearestOrEven))
}
