import WharfABI

/// The calls of one source type, for the functions of `wharf.market_data/1`.
@usableFromInline
struct MarketDataCalls {
  @usableFromInline typealias Raw = UnsafeMutableRawPointer

  @usableFromInline var open: (Raw, [String], UnsafePointer<wharf_market_data_sink>) -> wharf_status
  @usableFromInline var read: (Raw, UnsafeMutablePointer<wharf_bar>, Int, UnsafeMutablePointer<UInt64>) -> wharf_status
  @usableFromInline var rewind: (Raw) -> wharf_status

  @inlinable init<M: MarketDataSource>(_ type: M.Type) {
    open = { raw, symbols, sink in
      Cell<M>.at(raw).pointee.answer { source throws(PluginError) in
        try source.open(symbols, MarketDataContext(sink: sink))
      }
    }
    read = { raw, bars, capacity, count in
      var writer = BarWriter(bars, capacity: capacity)
      let status = Cell<M>.at(raw).pointee.answer { source throws(PluginError) in try source.read(into: &writer) }
      count.pointee = status == 0 ? UInt64(writer.count) : 0
      return status == 0 && writer.count == 0 ? PluginStatus.end.rawValue : status
    }
    rewind = { Cell<M>.at($0).pointee.answer { source throws(PluginError) in try source.rewind() } }
  }
}

/// A market data source of one instance, its type known only to its calls.
@usableFromInline typealias MarketDataBox = RoleBox<MarketDataCalls>

enum MarketDataTable {
  static let table = Fixed(make())

  private static func make() -> wharf_market_data {
    var table = wharf_market_data()
    table.struct_size = UInt32(MemoryLayout<wharf_market_data>.size)
    table.create = { create($0, $1, exported.marketData?.make) }
    table.open = { handle, symbols, length, sink in
      guard let sink, let symbols = text(symbols, length) else { return PluginStatus.invalid.rawValue }
      let wanted = symbols.split(separator: ",").map(String.init)
      return MarketDataBox.call(handle) { $0.calls.open($0.cell, wanted, sink) }
    }
    table.read = { handle, bars, capacity, count in
      guard let bars, let count, capacity > 0, let capacity = Int(exactly: capacity) else {
        return PluginStatus.invalid.rawValue
      }
      return MarketDataBox.call(handle) { $0.calls.read($0.cell, bars, capacity, count) }
    }
    table.rewind = { handle in MarketDataBox.call(handle) { $0.calls.rewind($0.cell) } }
    table.destroy = { MarketDataBox.destroy($0) }
    return table
  }
}
