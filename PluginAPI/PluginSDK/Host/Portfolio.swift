import TradingTypes
import WharfABI

/// The account as the host has it.
public struct Account: Hashable, Sendable {
  /// Cash plus the value of what is held.
  public var equity: Money
  /// Cash.
  public var cash: Money
  /// What may be spent on entries.
  public var buyingPower: Money
  /// The daily-loss breaker stopped new entries.
  public var isBreakerTripped: Bool

  /// Makes an account from its parts.
  public init(equity: Money, cash: Money, buyingPower: Money, isBreakerTripped: Bool = false) {
    self.equity = equity
    self.cash = cash
    self.buyingPower = buyingPower
    self.isBreakerTripped = isBreakerTripped
  }
}

/// What the host holds of an instrument and has under way in it.
public struct Holding: Hashable, Sendable {
  /// How much is held.
  public var quantity: Quantity
  /// At which average price.
  public var averagePrice: Price
  /// A position is open.
  public var hasPosition: Bool
  /// An order is working.
  public var hasWorkingOrder: Bool
  /// A signal awaits approval or execution.
  public var hasPendingSignal: Bool
  /// The outcome of an order is unknown.
  public var isBlocked: Bool

  /// Makes a holding from its parts.
  public init(
    quantity: Quantity = .zero, averagePrice: Price = .zero, hasPosition: Bool = false, hasWorkingOrder: Bool = false,
    hasPendingSignal: Bool = false, isBlocked: Bool = false
  ) {
    self.quantity = quantity
    self.averagePrice = averagePrice
    self.hasPosition = hasPosition
    self.hasWorkingOrder = hasWorkingOrder
    self.hasPendingSignal = hasPendingSignal
    self.isBlocked = isBlocked
  }

  /// Nothing held, nothing under way and nothing unknown.
  public var isFree: Bool { !hasPosition && !hasWorkingOrder && !hasPendingSignal && !isBlocked }
}

/// The account and what is held or under way, read-only.
public struct Portfolio {
  let host: UnsafePointer<wharf_host>
  let table: UnsafePointer<wharf_portfolio>

  /// The account now.
  public func account() throws(PluginError) -> Account {
    var raw = wharf_account()
    raw.struct_size = UInt32(MemoryLayout<wharf_account>.size)
    try check(table.pointee.account(host, &raw), "portfolio account")
    guard let currency = Currency(packedCode: raw.currency) else {
      throw PluginError(.fault, "portfolio account: \(raw.currency) is no packed currency code")
    }
    guard raw.breaker_tripped <= 1 else { throw unlisted("breaker of the account", raw.breaker_tripped) }
    return Account(
      equity: Money(nanos: raw.equity, currency: currency), cash: Money(nanos: raw.cash, currency: currency),
      buyingPower: Money(nanos: raw.buying_power, currency: currency), isBreakerTripped: raw.breaker_tripped == 1)
  }

  /// What is held of an instrument and under way in it.
  public func holding(_ instrument: InstrumentID) throws(PluginError) -> Holding {
    var raw = wharf_holding()
    raw.struct_size = UInt32(MemoryLayout<wharf_holding>.size)
    try check(table.pointee.holding(host, instrument.index, &raw), "portfolio holding \(instrument.index)")
    guard raw.flags <= 15 else { throw unlisted("flags of a holding", raw.flags) }
    return Holding(
      quantity: Quantity(nanos: raw.quantity), averagePrice: Price(nanos: raw.average_price),
      hasPosition: raw.flags & 1 != 0, hasWorkingOrder: raw.flags & 2 != 0, hasPendingSignal: raw.flags & 4 != 0,
      isBlocked: raw.flags & 8 != 0)
  }
}

extension Currency {
  /// Reads a code packed with its first byte low; `nil` when those bytes are no code.
  init?(packedCode: UInt64) {
    var bytes: [UInt8] = []
    var rest = packedCode
    while rest != 0 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
    self.init(String(decoding: bytes, as: UTF8.self))
  }
}
