import TradingTypes

/// An order to be sent, complete: what is committed to the ledger before the broker hears of it.
public struct OrderRequest: Hashable, Sendable {
  /// Unique for ever; derived from the intent.
  public var clientOrderID: ShortText
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
  public var ocoGroup = ShortText()
  public var createdAt: Timestamp

  /// Makes a request with everything that has no default.
  public init(
    clientOrderID: ShortText, instrument: InstrumentID, side: Side, type: OrderType, timeInForce: TimeInForce,
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
