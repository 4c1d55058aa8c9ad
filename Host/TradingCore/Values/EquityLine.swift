import TradingTypes

/// The account's equity as it follows one instrument's price, while nothing else changes.
@frozen
public struct EquityLine: Hashable, Sendable {
  /// Cash, and positions in other instruments at their last prices, billionths of the account's currency.
  public var fixed: Int64
  /// Whole units of the instrument that are held.
  public var units: Int64 = 0
  /// Whether anything is held.
  public var isInvested = false

  init(fixed: Int64) { self.fixed = fixed }

  /// The equity in billionths at a price of the instrument; `nil` when it cannot be computed.
  @inlinable @inline(__always)
  public func nanos(at last: Double) -> Int64? {
    guard units > 0 else { return fixed }
    guard last > 0, let price = Price(last) else { return nil }
    let (value, overflow) = price.nanos.multipliedReportingOverflow(by: units)
    guard !overflow else { return nil }
    let (sum, overflowed) = fixed.addingReportingOverflow(value)
    return overflowed ? nil : sum
  }
}
