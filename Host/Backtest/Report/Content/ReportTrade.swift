import TradingTypes

/// Whether a position gains when the price rises.
public enum ReportSide: Sendable {
  /// It does.
  case long
  /// It gains when the price falls.
  case short

  var name: String { self == .long ? "long" : "short" }
}

/// A closed round trip.
public struct ReportTrade: Sendable {
  /// The index of its instrument in ``ReportContent/symbols``.
  public var symbol: Int
  /// The index of its strategy in ``ReportContent/strategies``.
  public var strategy: Int
  /// Long or short.
  public var side: ReportSide
  /// Units.
  public var quantity: Quantity
  /// When it was entered.
  public var entryTime: Timestamp
  /// The average price of the entry.
  public var entryPrice: Price
  /// When it was closed.
  public var exitTime: Timestamp
  /// The average price of the exit.
  public var exitPrice: Price
  /// The protective stop, where there was one.
  public var stop: Price?
  /// The price target, where there was one.
  public var target: Price?
  /// Why it ended: `stop`, `target`, `trailing`, `strategy`, `time`, `flatten`, `manual`.
  public var exitReason: String
  /// The strategy's own word for it, or empty.
  public var exitDetail: String
  /// Fees of all its fills.
  public var fees: Money
  /// Profit after fees.
  public var pnl: Money

  /// Makes a trade from its parts.
  public init(
    symbol: Int, strategy: Int = 0, side: ReportSide = .long, quantity: Quantity, entryTime: Timestamp,
    entryPrice: Price, exitTime: Timestamp, exitPrice: Price, stop: Price? = nil, target: Price? = nil,
    exitReason: String, exitDetail: String = "", fees: Money, pnl: Money
  ) {
    self.symbol = symbol
    self.strategy = strategy
    self.side = side
    self.quantity = quantity
    self.entryTime = entryTime
    self.entryPrice = entryPrice
    self.exitTime = exitTime
    self.exitPrice = exitPrice
    self.stop = stop
    self.target = target
    self.exitReason = exitReason
    self.exitDetail = exitDetail
    self.fees = fees
    self.pnl = pnl
  }
}

/// A position that was open when the run ended.
public struct ReportPosition: Sendable {
  /// The index of its instrument in ``ReportContent/symbols``.
  public var symbol: Int
  /// The index of its strategy in ``ReportContent/strategies``.
  public var strategy: Int
  /// Long or short.
  public var side: ReportSide
  /// Units.
  public var quantity: Quantity
  /// When it was entered.
  public var entryTime: Timestamp
  /// The average price of the entry.
  public var entryPrice: Price
  /// The price it is valued at.
  public var lastPrice: Price
  /// The protective stop, where there is one.
  public var stop: Price?
  /// Profit at the last price, after the fees paid so far.
  public var unrealised: Money

  /// Makes a position from its parts.
  public init(
    symbol: Int, strategy: Int = 0, side: ReportSide = .long, quantity: Quantity, entryTime: Timestamp,
    entryPrice: Price, lastPrice: Price, stop: Price? = nil, unrealised: Money
  ) {
    self.symbol = symbol
    self.strategy = strategy
    self.side = side
    self.quantity = quantity
    self.entryTime = entryTime
    self.entryPrice = entryPrice
    self.lastPrice = lastPrice
    self.stop = stop
    self.unrealised = unrealised
  }
}
