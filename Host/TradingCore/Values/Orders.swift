import TradingTypes

/// An order to be sent, complete: what is committed to the ledger before the broker hears of it.
public struct OrderRequest: Hashable, Sendable {
  /// Unique for ever; derived from the intent.
  public var clientOrderID: String
  public var instrument: InstrumentID
  public var side: Side
  public var type: OrderType
  public var timeInForce: TimeInForce
  public var quantity: Quantity
  public var limitPrice: Price = .zero
  public var stopPrice: Price = .zero
  public var trailingDistance: Price = .zero
  /// Above zero: a bracket's limit exit for what fills.
  public var takeProfitPrice: Price = .zero
  /// Above zero: a bracket's stop exit for what fills.
  public var stopLossPrice: Price = .zero
  /// Orders of one group shrink by what one of them fills; empty for none.
  public var ocoGroup: String = ""
  public var createdAt: Timestamp

  /// Makes a request with everything that has no default.
  public init(
    clientOrderID: String, instrument: InstrumentID, side: Side, type: OrderType, timeInForce: TimeInForce,
    quantity: Quantity, createdAt: Timestamp
  ) {
    self.clientOrderID = clientOrderID
    self.instrument = instrument
    self.side = side
    self.type = type
    self.timeInForce = timeInForce
    self.quantity = quantity
    self.createdAt = createdAt
  }
}

/// One thing that happened to an order at its venue.
public struct OrderReport: Hashable, Sendable, Codable {
  /// What happened.
  public enum Kind: Int32, Hashable, Sendable, Codable {
    case accepted = 1
    case fill = 2
    case cancelled = 3
    case rejected = 4
    case expired = 5
    case replaced = 6
    case triggered = 7

    /// The name in JSON and the ledger.
    public var name: String {
      switch self {
      case .accepted: "accepted"
      case .fill: "fill"
      case .cancelled: "cancelled"
      case .rejected: "rejected"
      case .expired: "expired"
      case .replaced: "replaced"
      case .triggered: "triggered"
      }
    }
  }

  /// The same happening has the same id whenever it is told again.
  public var reportID: String
  /// Empty: not an order of this host.
  public var clientOrderID: String
  public var venueOrderID: String
  public var instrumentIndex: UInt32
  public var kind: Kind
  public var isBuy: Bool
  public var timeNanoseconds: Int64
  /// Fill: filled now; else the order's quantity; billionths.
  public var quantityNanos: Int64
  /// Fill: its price, billionths; else 0.
  public var priceNanos: Int64
  /// Fill: in the instrument's currency, billionths.
  public var feeNanos: Int64
  /// Filled so far, this fill included; billionths.
  public var cumulativeNanos: Int64
  /// The order's present stop price, billionths; 0 for none.
  public var stopPriceNanos: Int64
  public var reason: String

  public var instrument: InstrumentID { InstrumentID(instrumentIndex) }
  public var side: Side { isBuy ? .buy : .sell }
  public var time: Timestamp { Timestamp(nanoseconds: timeNanoseconds) }
  public var quantity: Quantity { Quantity(nanos: quantityNanos) }
  public var price: Price { Price(nanos: priceNanos) }
  public var cumulative: Quantity { Quantity(nanos: cumulativeNanos) }
  public var stopPrice: Price { Price(nanos: stopPriceNanos) }

  /// Makes a report from its parts.
  public init(
    reportID: String, clientOrderID: String, venueOrderID: String, instrument: InstrumentID, kind: Kind, side: Side,
    time: Timestamp, quantity: Quantity, price: Price, feeNanos: Int64, cumulative: Quantity, stopPrice: Price,
    reason: String
  ) {
    self.reportID = reportID
    self.clientOrderID = clientOrderID
    self.venueOrderID = venueOrderID
    instrumentIndex = instrument.index
    self.kind = kind
    isBuy = side == .buy
    timeNanoseconds = time.nanoseconds
    quantityNanos = quantity.nanos
    priceNanos = price.nanos
    self.feeNanos = feeNanos
    cumulativeNanos = cumulative.nanos
    stopPriceNanos = stopPrice.nanos
    self.reason = reason
  }
}

/// How a call that places, replaces or cancels ended.
public enum PlacementOutcome: Int32, Hashable, Sendable, Codable {
  /// The venue has it.
  case accepted = 0
  /// Refused for good.
  case rejected = 1
  /// Nothing left this process.
  case notSent = 2
  /// It may or may not have taken effect.
  case unknown = 3
  /// Definitive: the venue never had it.
  case notFound = 4
}

/// A position as the broker has it.
public struct BrokerPosition: Hashable, Sendable {
  public var instrument: InstrumentID
  public var quantity: Quantity
  public var averagePrice: Price

  /// Makes a position from its parts.
  public init(instrument: InstrumentID, quantity: Quantity, averagePrice: Price) {
    self.instrument = instrument
    self.quantity = quantity
    self.averagePrice = averagePrice
  }
}

/// An account as the broker has it.
public struct BrokerAccount: Hashable, Sendable {
  /// Real money.
  public var isLive: Bool
  public var cash: Money
  public var buyingPower: Money

  /// Makes an account from its parts.
  public init(isLive: Bool, cash: Money, buyingPower: Money) {
    self.isLive = isLive
    self.cash = cash
    self.buyingPower = buyingPower
  }
}

/// A price at an instant.
public struct Quote: Hashable, Sendable {
  public var instrument: InstrumentID
  public var time: Timestamp
  public var last: Price
  /// `nil`: unknown.
  public var bid: Price?
  /// `nil`: unknown.
  public var ask: Price?
  /// The first of its session.
  public var isSessionFirst: Bool

  /// Makes a quote from its parts.
  public init(
    instrument: InstrumentID, time: Timestamp, last: Price, bid: Price? = nil, ask: Price? = nil,
    isSessionFirst: Bool = false
  ) {
    self.instrument = instrument
    self.time = time
    self.last = last
    self.bid = bid
    self.ask = ask
    self.isSessionFirst = isSessionFirst
  }
}
