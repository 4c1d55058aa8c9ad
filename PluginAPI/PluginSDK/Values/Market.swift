import TradingTypes
import WharfABI

/// Where a bar or quote stands in its session.
@frozen
public struct SessionFlags: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The first of its session.
  @inlinable public static var first: SessionFlags { SessionFlags(rawValue: 1) }
  /// The last of its session.
  @inlinable public static var last: SessionFlags { SessionFlags(rawValue: 2) }
}

/// A price at an instant.
@frozen
public struct Quote: Hashable, Sendable {
  /// Whose price.
  public var instrument: InstrumentID
  /// When.
  public var time: Timestamp
  /// The last price.
  public var last: Price
  /// The bid; `nil`: unknown.
  public var bid: Price?
  /// The ask; `nil`: unknown.
  public var ask: Price?
  /// Its place in the session.
  public var session: SessionFlags

  /// Makes a quote from its parts.
  @inlinable public init(
    instrument: InstrumentID, time: Timestamp, last: Price, bid: Price? = nil, ask: Price? = nil,
    session: SessionFlags = []
  ) {
    self.instrument = instrument
    self.time = time
    self.last = last
    self.bid = bid
    self.ask = ask
    self.session = session
  }

  @inlinable init(_ raw: wharf_quote) {
    self.init(
      instrument: InstrumentID(raw.instrument), time: Timestamp(nanoseconds: raw.time), last: Price(nanos: raw.last),
      bid: raw.bid == 0 ? nil : Price(nanos: raw.bid), ask: raw.ask == 0 ? nil : Price(nanos: raw.ask),
      session: SessionFlags(rawValue: raw.flags))
  }
}

extension UnsafePointer<wharf_bar> {
  /// The bar where it lies: a ``Bar`` has the bytes of `wharf_bar`, so nothing is copied.
  @inlinable @inline(__always) var bar: UnsafePointer<Bar> { UnsafeRawPointer(self).assumingMemoryBound(to: Bar.self) }
}

extension Bar {
  @inlinable init(_ raw: borrowing wharf_bar) {
    self.init(
      start: Timestamp(nanoseconds: raw.start), end: Timestamp(nanoseconds: raw.end), open: raw.open, high: raw.high,
      low: raw.low, close: raw.close, volume: raw.volume, instrument: InstrumentID(raw.instrument))
  }
}

/// What an instance is told once, before the first bar.
public struct SessionStart: Hashable, Sendable {
  /// Report every evaluation, also those that led to nothing.
  public var explain: Bool
  /// Decisions before this instant only warm up; they are not acted upon.
  public var decideFrom: Timestamp

  /// Makes a start from its parts.
  public init(explain: Bool = false, decideFrom: Timestamp = .distantPast) {
    self.explain = explain
    self.decideFrom = decideFrom
  }
}

/// Reads what `start` was given: the instruments in the order of their ids, and the session.
@usableFromInline func readStart(_ raw: wharf_start) throws(PluginError) -> ([Instrument], SessionStart) {
  guard raw.explain <= 1 else { throw unlisted("explain of start", raw.explain) }
  guard let count = UInt32(exactly: raw.instrument_count), count == 0 || raw.instruments != nil else {
    throw PluginError(.invalid, "start: \(raw.instrument_count) instruments at a null address or too many")
  }
  var instruments: [Instrument] = []
  instruments.reserveCapacity(Int(count))
  for index in 0..<Int(count) {
    let instrument = try Instrument(raw.instruments![index])
    guard Int(instrument.id.index) == index else {
      throw PluginError(.invalid, "start: instrument \(index) has id \(instrument.id.index), expected its place")
    }
    instruments.append(instrument)
  }
  return (
    instruments,
    SessionStart(explain: raw.explain == 1, decideFrom: Timestamp(nanoseconds: raw.decide_from))
  )
}

extension Instrument {
  init(_ raw: wharf_instrument) throws(PluginError) {
    guard let symbol = text(raw.symbol, raw.symbol_length), !symbol.isEmpty else {
      throw PluginError(.invalid, "start: instrument \(raw.id) has no symbol")
    }
    guard let market = Market(rawValue: raw.market) else { throw unlisted("market of \(symbol)", raw.market) }
    guard let code = text(raw.currency, raw.currency_length), let currency = Currency(code) else {
      throw PluginError(.invalid, "start: \(symbol) has no usable currency, expected 1 to 8 letters or digits")
    }
    guard raw.tick >= 0, raw.step > 0, raw.bar_seconds > 0 else {
      throw PluginError(
        .invalid,
        "start: \(symbol) has tick \(raw.tick), step \(raw.step), bar_seconds \(raw.bar_seconds); expected >= 0, > 0, > 0"
      )
    }
    self.init(
      id: InstrumentID(raw.id), symbol: symbol, currency: currency, market: market,
      exchange: text(raw.exchange, raw.exchange_length) ?? "", tick: raw.tick == 0 ? nil : Price(nanos: raw.tick),
      step: Quantity(nanos: raw.step), barSeconds: raw.bar_seconds)
  }
}
