import PluginSDK
import TradingTypes

/// One instrument: its grid, where its market stands, what is held and which orders work.
struct Book {
  var tick: Int64
  var step: Int64
  /// Whether it trades in the account's currency.
  var isPayable: Bool

  /// The last quote and the end of the last bar that were processed.
  var lastQuote = Int64.min
  var lastBar = Int64.min
  /// The quote since the last bar; 0: none.
  var last: Int64 = 0
  var bid: Int64 = 0
  var ask: Int64 = 0
  /// Whether that quote is its session's opening price.
  var isOpening = false
  /// Close of the last bar; 0: none yet.
  var lastClose = 0.0
  /// Volume of the last bar; negative: none yet.
  var previousVolume = -1.0
  /// What this account traded since the last bar.
  var used: Int64 = 0

  var session: UInt32 = 0
  var isInSession = false
  var sessionHasBar = false

  var position: Int64 = 0
  var averagePrice: Int64 = 0
  /// Ends of the list of working orders; `none`: it is empty.
  var firstWorking = Order.none
  var lastWorking = Order.none
  /// Whether an order that was placed earlier stands behind a later one, for the rest of the call.
  var isUnsorted = false

  init(_ instrument: Instrument, accountCurrency: Currency) {
    tick = instrument.tick?.nanos ?? 0
    step = instrument.step.nanos
    isPayable = instrument.currency == accountCurrency
  }

  private init() { (tick, step, isPayable) = (0, 1, false) }

  /// Holds the saved record of an instrument that is no longer listed.
  static var unlisted: Book { Book() }

  /// The price increment at a price.
  func tick(at price: Int64) -> Int64 { tick != 0 ? tick : Instrument.defaultTick(at: Price(nanos: price)).nanos }

  /// The last price of any kind; 0: none yet.
  var reference: Int64 { last != 0 ? last : Price(lastClose)?.nanos ?? 0 }

  /// Whether no order works.
  @inline(__always)
  var isQuiet: Bool { firstWorking == Order.none }

  /// When this market was last heard of.
  var lastEvent: Int64 { max(lastQuote, lastBar) }

  /// The session an order accepted now belongs to.
  var sessionOfNewOrders: UInt32 { isInSession ? session : session + 1 }
}

/// What orders meet in the call under way.
struct Moment {
  var time: Int64 = 0
  /// From when orders that this call makes are in the market: a bar's range works on those from before its end.
  var since: Int64 = 0
  var cause = LoggedReport.Cause.request
  /// Whether orders meet a price (else a bar's range).
  var isPrice = false
  var last: Int64 = 0
  var bid: Int64 = 0
  var ask: Int64 = 0
  /// Whether bid and ask are the market's own (else the last price, and half the spread is added).
  var hasBid = false
  var hasAsk = false
  var isOpening = false
  /// No fill is outside these.
  var low: Int64 = 0
  var high: Int64 = .max
  /// What may still be traded; `Int64.max`: no limit.
  var volume: Int64 = .max
}

extension Book {
  /// Takes a quote that concerns no order; false: it does, or it is old or not usable.
  @inline(__always)
  mutating func takeQuietly(_ quote: Quote) -> Bool {
    let time = quote.time.nanoseconds
    guard isQuiet, time > lastQuote, time >= lastBar, quote.isUsable else { return false }
    let isOpening = quote.session.contains(.first)
    if isOpening { beginSession() }
    observe(quote, isOpening: isOpening)
    return true
  }

  /// Takes a bar that concerns no order; false: it does, or it is old or not usable.
  @inline(__always)
  mutating func takeQuietly(_ bar: Bar, _ session: SessionFlags) -> Bool {
    let end = bar.end.nanoseconds
    guard isQuiet, end > lastBar, bar.isUsable, session.rawValue <= 3 else { return false }
    if begins(withBar: session.contains(.first)) { beginSession() }
    close(at: bar.close, volume: bar.volume, end: end, isLast: session.contains(.last))
    return true
  }

  /// Takes note of a quote.
  @inline(__always)
  mutating func observe(_ quote: Quote, isOpening: Bool) {
    lastQuote = quote.time.nanoseconds
    last = quote.last.nanos
    bid = quote.bid?.nanos ?? 0
    ask = quote.ask?.nanos ?? 0
    self.isOpening = isOpening
  }

  /// Takes note of a finished bar: what was quoted before is no longer the present price.
  @inline(__always)
  mutating func close(at close: Double, volume: Double, end: Int64, isLast: Bool) {
    lastBar = end
    last = 0
    isOpening = false
    lastClose = close
    previousVolume = volume
    used = 0
    sessionHasBar = !isLast
    if isLast { isInSession = false }
  }

  @inline(__always)
  mutating func beginSession() {
    session += 1
    isInSession = true
    sessionHasBar = false
  }

  /// Whether a bar flagged as its session's first begins one that no quote has begun.
  @inline(__always)
  func begins(withBar isFirst: Bool) -> Bool { isFirst && (!isInSession || sessionHasBar) }
}

extension Quote {
  /// Positive prices, a bid not above the ask, and no unlisted flag.
  @inline(__always)
  var isUsable: Bool {
    guard last.nanos > 0, session.rawValue <= 3 else { return false }
    guard bid != nil || ask != nil else { return true }
    let (bid, ask) = (bid?.nanos ?? 1, ask?.nanos ?? .max)
    return bid > 0 && ask > 0 && bid <= ask
  }
}

extension Bar {
  /// Plausible, and of prices that fit billionths, which is more than finite and above 0.
  @inline(__always)
  var isUsable: Bool {
    low >= 1e-9 && low <= open && low <= close && open <= high && close <= high && high < 9.2e9 && volume >= 0
      && volume <= .greatestFiniteMagnitude
  }
}
