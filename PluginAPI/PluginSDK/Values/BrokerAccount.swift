import TradingTypes
import WharfABI

/// A position as the broker has it.
public struct BrokerPosition: Hashable, Sendable {
  /// What is held.
  public var instrument: InstrumentID
  /// How much.
  public var quantity: Quantity
  /// At which average price.
  public var averagePrice: Price

  /// Makes a position from its parts.
  public init(instrument: InstrumentID, quantity: Quantity, averagePrice: Price) {
    self.instrument = instrument
    self.quantity = quantity
    self.averagePrice = averagePrice
  }

  func withRaw(_ body: (UnsafePointer<wharf_broker_position>) -> Void) {
    var raw = wharf_broker_position()
    raw.struct_size = UInt32(MemoryLayout<wharf_broker_position>.size)
    raw.instrument = instrument.index
    raw.quantity = quantity.nanos
    raw.average_price = averagePrice.nanos
    withUnsafePointer(to: raw, body)
  }
}

/// The account as the broker has it.
public struct BrokerAccount: Hashable, Sendable {
  /// Real money, and not paper.
  public var isLive: Bool
  /// Cash.
  public var cash: Money
  /// What may be spent on entries.
  public var buyingPower: Money

  /// Makes an account from its parts.
  public init(isLive: Bool, cash: Money, buyingPower: Money) {
    self.isLive = isLive
    self.cash = cash
    self.buyingPower = buyingPower
  }
}

/// What a broker can do.
public struct BrokerCapabilities: OptionSet, Hashable, Sendable {
  public let rawValue: UInt64
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// Limit orders.
  public static let limit = BrokerCapabilities(rawValue: 1)
  /// Stop orders.
  public static let stop = BrokerCapabilities(rawValue: 2)
  /// Stop-limit orders.
  public static let stopLimit = BrokerCapabilities(rawValue: 4)
  /// Trailing stops.
  public static let trailingStop = BrokerCapabilities(rawValue: 8)
  /// Groups of orders that cancel each other.
  public static let oco = BrokerCapabilities(rawValue: 16)
  /// Entries that bring their exits.
  public static let bracket = BrokerCapabilities(rawValue: 32)
  /// Changing a working order.
  public static let replace = BrokerCapabilities(rawValue: 64)
  /// Looking an order up by the host's id.
  public static let findByClientID = BrokerCapabilities(rawValue: 128)
  /// Quantities below one.
  public static let fractions = BrokerCapabilities(rawValue: 256)
}
