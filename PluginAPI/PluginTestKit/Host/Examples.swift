import PluginSDK
import TradingTypes
import WharfABI

extension Instrument {
  /// An instrument for tests: daily bars on XNYS in US dollars, ticks of 0.01 and steps of 1, unless told otherwise.
  public static func example(
    _ symbol: String = "ABC", id: UInt32 = 0, currency: Currency = .usd, market: Market = .equity,
    exchange: String = "XNYS", tick: Price? = Price(nanos: 10_000_000), step: Quantity = Quantity(nanos: 1_000_000_000),
    barSeconds: Int32 = 86_400
  ) -> Instrument {
    Instrument(
      id: InstrumentID(id), symbol: symbol, currency: currency, market: market, exchange: exchange, tick: tick,
      step: step, barSeconds: barSeconds)
  }
}

/// Lends what `start` takes.
package func withRawStart<Result>(
  _ instruments: [Instrument], _ session: SessionStart, _ body: (UnsafePointer<wharf_start>) -> Result
) -> Result {
  var copies: [UnsafeMutablePointer<CChar>] = []
  defer { for copy in copies { copy.deallocate() } }
  func lend(_ text: String) -> (UnsafePointer<CChar>?, UInt64) {
    let bytes = text.utf8.map(CChar.init(bitPattern:))
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
    copy.initialize(from: bytes + [0], count: bytes.count + 1)
    copies.append(copy)
    return (UnsafePointer(copy), UInt64(bytes.count))
  }
  let raws = instruments.map { instrument in
    var raw = wharf_instrument()
    raw.struct_size = size(wharf_instrument.self)
    raw.id = instrument.id.index
    raw.market = instrument.market.rawValue
    raw.bar_seconds = instrument.barSeconds
    (raw.symbol, raw.symbol_length) = lend(instrument.symbol)
    (raw.currency, raw.currency_length) = lend(instrument.currency.description)
    (raw.exchange, raw.exchange_length) = lend(instrument.exchange)
    raw.tick = instrument.tick?.nanos ?? 0
    raw.step = instrument.step.nanos
    return raw
  }
  return raws.withUnsafeBufferPointer { raws in
    var start = wharf_start()
    start.struct_size = size(wharf_start.self)
    start.explain = session.explain ? 1 : 0
    start.decide_from = session.decideFrom.nanoseconds
    start.instruments = raws.baseAddress
    start.instrument_count = UInt64(raws.count)
    return withUnsafePointer(to: start, body)
  }
}

extension Bar {
  /// The bar as the ABI carries it.
  func raw(_ session: SessionFlags) -> wharf_bar {
    wharf_bar(
      start: start.nanoseconds, end: end.nanoseconds, open: open, high: high, low: low, close: close, volume: volume,
      instrument: instrument.index, flags: session.rawValue)
  }
}
