import TradingTypes

/// A decimal number without a unit, exact to nine decimals.
public struct Decimal9: FixedPoint {
  public let nanos: Int64
  public init(nanos: Int64) { self.nanos = nanos }
}

/// A decimal option's value: exact for money and limits, and as the double that strategies calculate with.
public struct DecimalValue: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The value, exact.
  public let exact: Decimal9
  /// The double nearest to the decimal.
  public let double: Double
  /// The decimal as it was written: `0.50` stays `0.50`.
  public let text: String

  /// Reads a plain decimal (`-12.34`): no exponent, at most nine fractional digits; `nil` for any other text.
  public init?(_ text: some StringProtocol) {
    guard let exact = Decimal9(text), let double = Double(text) else { return nil }
    self.exact = exact
    self.double = double
    self.text = String(text)
  }

  /// A whole number.
  public init(_ whole: Int32) {
    exact = Decimal9(nanos: Int64(whole) * 1_000_000_000)
    double = Double(whole)
    text = String(whole)
  }

  /// The value as a price.
  public var price: Price { Price(nanos: exact.nanos) }
  /// The value as a quantity.
  public var quantity: Quantity { Quantity(nanos: exact.nanos) }
  /// The value as an amount of a currency.
  public func money(_ currency: Currency) -> Money { Money(nanos: exact.nanos, currency: currency) }
  /// The value as a number of seconds.
  public var seconds: Duration { .nanoseconds(exact.nanos) }

  public static func == (a: DecimalValue, b: DecimalValue) -> Bool { a.exact == b.exact }
  public static func < (a: DecimalValue, b: DecimalValue) -> Bool { a.exact < b.exact }
  public func hash(into hasher: inout Hasher) { hasher.combine(exact) }

  /// The shortest plain decimal.
  public var description: String { exact.description }
}
