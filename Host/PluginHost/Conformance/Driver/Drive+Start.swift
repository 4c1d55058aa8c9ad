import PluginHost

internal import WharfABI

extension Drive {
  /// Calls `start` with the instruments of a market.
  func start(
    _ market: CheckMarket, _ function: (OpaquePointer?, UnsafePointer<wharf_start>?) -> Int32
  ) -> Int32 {
    host.with { $0.instrumentCount = UInt32(market.listings.count) }
    let status = lend("start") { arena in
      let instruments = market.listings.enumerated().map { index, listing in
        var raw = wharf_instrument()
        raw.struct_size = UInt32(MemoryLayout<wharf_instrument>.size)
        raw.id = UInt32(index)
        raw.market = listing.market
        raw.bar_seconds = listing.barSeconds
        (raw.symbol, raw.symbol_length) = arena.text(listing.symbol)
        (raw.currency, raw.currency_length) = arena.text(listing.currency)
        (raw.exchange, raw.exchange_length) = arena.text(listing.exchange)
        raw.tick = listing.tick
        raw.step = listing.step
        return raw
      }
      var start = wharf_start()
      start.struct_size = UInt32(MemoryLayout<wharf_start>.size)
      start.explain = market.explains ? 1 : 0
      start.decide_from = market.decideFrom
      start.instruments = arena.values(instruments)
      start.instrument_count = UInt64(instruments.count)
      return function(handle, arena.value(start))
    }
    if status == Status.ok { instrumentCount = UInt32(market.listings.count) }
    return status
  }

  /// Lends a bar for a call: as it is, unless it is to lie in memory of its own.
  func offer(_ name: String, _ bar: UnsafePointer<wharf_bar>, _ body: (UnsafePointer<wharf_bar>) -> Int32) -> Int32 {
    guard layout == .exact || layout == .revoked else { return perform(name) { body(bar) } }
    return lend(name) { body($0.value(bar.pointee)) }
  }
}
