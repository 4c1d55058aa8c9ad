/// A currency or quote asset by its code: `USD`, `EUR`, `BTC`, `USDT` (1 to 8 upper-case letters or digits).
@frozen
public struct Currency: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The code, packed: byte 0 in the low bits.
  public let packed: UInt64

  /// Reads a code; `nil` unless it is 1 to 8 upper-case ASCII letters or digits.
  public init?(_ code: some StringProtocol) {
    let bytes = code.utf8
    guard (1...8).contains(bytes.count) else { return nil }
    var value: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      guard (65...90).contains(byte) || (48...57).contains(byte) else { return nil }
      value |= UInt64(byte) << (8 * UInt64(index))
    }
    packed = value
  }

  /// The code.
  public var description: String {
    var code = ""
    var rest = packed
    while rest != 0 {
      code.unicodeScalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: rest)))
      rest >>= 8
    }
    return code
  }

  public static func < (a: Currency, b: Currency) -> Bool { a.description < b.description }

  /// The US dollar.
  public static let usd = Currency("USD")!
}

/// An exact amount of one currency. Amounts of different currencies never combine.
@frozen
public struct Money: Hashable, Sendable, CustomStringConvertible {
  /// Billionths of the currency's unit.
  public let nanos: Int64
  /// The currency the amount is in.
  public let currency: Currency

  /// Makes an amount from billionths of a unit.
  @inlinable public init(nanos: Int64, currency: Currency) {
    self.nanos = nanos
    self.currency = currency
  }

  /// Reads a plain decimal; `nil` as for ``FixedPoint``.
  public init?(_ text: some StringProtocol, _ currency: Currency) {
    guard let amount = Price(text) else { return nil }
    self.init(nanos: amount.nanos, currency: currency)
  }

  /// Nothing, in a currency.
  @inlinable public static func zero(_ currency: Currency) -> Money { Money(nanos: 0, currency: currency) }

  /// The sum; `nil` for two currencies or when it does not fit.
  @inlinable public func adding(_ other: Money) -> Money? {
    let (sum, overflow) = nanos.addingReportingOverflow(other.nanos)
    return overflow || currency != other.currency ? nil : Money(nanos: sum, currency: currency)
  }

  /// The difference; `nil` for two currencies or when it does not fit.
  @inlinable public func subtracting(_ other: Money) -> Money? {
    let (difference, overflow) = nanos.subtractingReportingOverflow(other.nanos)
    return overflow || currency != other.currency ? nil : Money(nanos: difference, currency: currency)
  }

  /// Price times quantity, rounded to a billionth in the named direction; `nil` when it does not fit.
  @inlinable @inline(__always)
  public static func notional(
    _ price: Price, _ quantity: Quantity, _ currency: Currency, rounded direction: Rounding
  ) -> Money? {
    // Whole units, the common case, need no division by the price's scale.
    let whole = quantity.nanos / 1_000_000_000
    guard whole &* 1_000_000_000 == quantity.nanos else {
      return notional(price, fraction: quantity, currency, rounded: direction)
    }
    let (nanos, overflow) = price.nanos.multipliedReportingOverflow(by: whole)
    return overflow ? nil : Money(nanos: nanos, currency: currency)
  }

  /// As ``notional(_:_:_:rounded:)``, for a quantity that need not be whole.
  @usableFromInline @inline(never)
  static func notional(
    _ price: Price, fraction quantity: Quantity, _ currency: Currency, rounded direction: Rounding
  ) -> Money? {
    let product = Int128(price.nanos) * Int128(quantity.nanos)
    var quotient = product / 1_000_000_000
    let remainder = product % 1_000_000_000
    if remainder < 0, direction == .down { quotient -= 1 }
    if remainder > 0, direction == .up { quotient += 1 }
    guard let nanos = Int64(exactly: quotient) else { return nil }
    return Money(nanos: nanos, currency: currency)
  }

  /// This amount times a ratio given in billionths, rounded to a billionth in the named direction.
  @inlinable public func scaled(byNanos ratio: Int64, rounded direction: Rounding) -> Money? {
    Money.notional(Price(nanos: nanos), Quantity(nanos: ratio), currency, rounded: direction)
  }

  /// The largest quantity, to a billionth and rounded down, that this amount buys; `nil` unless the price is positive.
  @inlinable public func quantity(at price: Price) -> Quantity? {
    guard price.nanos > 0 else { return nil }
    let scaled = Int128(nanos) * 1_000_000_000
    var quotient = scaled / Int128(price.nanos)
    if scaled % Int128(price.nanos) < 0 { quotient -= 1 }
    return Int64(exactly: quotient).map(Quantity.init(nanos:))
  }

  /// The amount as a plain decimal, without the currency.
  public var amount: String { Price(nanos: nanos).description }
  /// The double nearest to the amount, for analytics only.
  @inlinable public var double: Double { Double(nanos) / 1e9 }
  /// Amount and currency: `12.5 USD`.
  public var description: String { "\(amount) \(currency)" }
}
