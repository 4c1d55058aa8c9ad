/// Which way an order or a fill goes.
public enum Side: Int32, Sendable, BitwiseCopyable, CaseIterable {
  /// Acquire.
  case buy = 1
  /// Dispose.
  case sell = 2

  /// `buy` or `sell`.
  public var name: String { self == .buy ? "buy" : "sell" }
  /// The other side.
  @inlinable public var opposite: Side { self == .buy ? .sell : .buy }
}

/// How an order is to be executed.
public enum OrderType: Int32, Sendable, BitwiseCopyable, CaseIterable {
  /// At the next price.
  case market = 1
  /// At the limit price or better.
  case limit = 2
  /// At the market once the stop price trades.
  case stop = 3
  /// As a limit order once the stop price trades.
  case stopLimit = 4
  /// As a stop that follows the best price at a distance.
  case trailingStop = 5

  /// The name in JSON and the ledger.
  public var name: String {
    switch self {
    case .market: "market"
    case .limit: "limit"
    case .stop: "stop"
    case .stopLimit: "stop_limit"
    case .trailingStop: "trailing_stop"
    }
  }
}

/// How long an order stays alive.
public enum TimeInForce: Int32, Sendable, BitwiseCopyable, CaseIterable {
  /// Until the session's close.
  case day = 1
  /// Until cancelled.
  case gtc = 2
  /// What fills at once; the rest is cancelled.
  case ioc = 3
  /// All at once or nothing.
  case fok = 4
  /// At the session's opening price only.
  case opg = 5
  /// At the session's closing price only.
  case cls = 6

  /// The name in JSON and the ledger.
  public var name: String {
    switch self {
    case .day: "day"
    case .gtc: "gtc"
    case .ioc: "ioc"
    case .fok: "fok"
    case .opg: "opg"
    case .cls: "cls"
    }
  }
}

/// Where and when an instrument trades.
public enum Market: Int32, Sendable, CaseIterable {
  /// Exchange sessions.
  case equity = 1
  /// Around the clock; a session is the UTC day.
  case crypto = 2
  /// Every bar as given, no session filter.
  case unfiltered = 3
}

/// What the host knows of a tradable thing.
public struct Instrument: Hashable, Sendable {
  /// Its place in the session's list.
  public var id: InstrumentID
  /// The ticker, exactly as the data source spells it.
  public var symbol: String
  /// The currency its prices are in.
  public var currency: Currency
  /// Its market.
  public var market: Market
  /// The exchange whose calendar rules it (`XNYS`); empty around the clock.
  public var exchange: String
  /// The price increment; `nil` when unknown (then ``defaultTick(at:)``).
  public var tick: Price?
  /// The quantity increment.
  public var step: Quantity
  /// The bar size in seconds; 86,400 for daily bars.
  public var barSeconds: Int32

  /// Makes an instrument from its parts.
  public init(
    id: InstrumentID, symbol: String, currency: Currency, market: Market, exchange: String, tick: Price?,
    step: Quantity, barSeconds: Int32
  ) {
    self.id = id
    self.symbol = symbol
    self.currency = currency
    self.market = market
    self.exchange = exchange
    self.tick = tick
    self.step = step
    self.barSeconds = barSeconds
  }

  /// Whether its bars are whole sessions.
  public var isDaily: Bool { barSeconds == 86_400 }

  /// The increment to use where none is known: 0.01 from 1.00 up, else 0.0001.
  public static func defaultTick(at price: Price) -> Price {
    Price(nanos: price.nanos >= 1_000_000_000 ? 10_000_000 : 100_000)
  }

  /// The increment at a price.
  public func tick(at price: Price) -> Price { tick ?? Instrument.defaultTick(at: price) }
}
