import TradingTypes

internal import WharfABI

/// What an instance is started with, as C sees it; lent for the length of one call.
enum StartArguments {
  static func lend<Result>(
    _ instruments: [Instrument], decideFrom: Timestamp, isExplaining: Bool,
    _ body: (UnsafePointer<wharf_start>) -> Result
  ) -> Result {
    // All texts lie in one buffer, each instrument's symbol, currency and exchange in turn.
    let texts = instruments.map { [$0.symbol, $0.currency.description, $0.exchange].map { Array($0.utf8) } }
    let bytes: [UInt8] = Array(texts.joined().joined()) + [0]
    return bytes.withUnsafeBytes { buffer in
      var place = buffer.baseAddress!.assumingMemoryBound(to: CChar.self)
      let raw = zip(instruments, texts).map { instrument, texts in
        var raw = wharf_instrument(instrument)
        func next(_ text: [UInt8]) -> (UnsafePointer<CChar>, UInt64) {
          defer { place += text.count }
          return (place, UInt64(text.count))
        }
        (raw.symbol, raw.symbol_length) = next(texts[0])
        (raw.currency, raw.currency_length) = next(texts[1])
        (raw.exchange, raw.exchange_length) = next(texts[2])
        return raw
      }
      return raw.withUnsafeBufferPointer { raw in
        var start = wharf_start()
        start.struct_size = UInt32(MemoryLayout<wharf_start>.size)
        start.explain = isExplaining ? 1 : 0
        start.decide_from = decideFrom.nanoseconds
        start.instruments = raw.baseAddress
        start.instrument_count = UInt64(raw.count)
        return withUnsafePointer(to: start, body)
      }
    }
  }
}

extension wharf_instrument {
  fileprivate init(_ instrument: Instrument) {
    self.init()
    struct_size = UInt32(MemoryLayout<wharf_instrument>.size)
    id = instrument.id.index
    market = instrument.market.rawValue
    bar_seconds = instrument.barSeconds
    tick = instrument.tick?.nanos ?? 0
    step = instrument.step.nanos
  }
}

extension UnsafePointer<Bar> {
  /// The bar as C sees it: both have one layout, which a test compares field by field.
  @inline(__always)
  var raw: UnsafePointer<wharf_bar> { UnsafeRawPointer(self).assumingMemoryBound(to: wharf_bar.self) }
}
