import TradingTypes
import WharfABI

/// A broker of one instance, its type known only to its calls.
@usableFromInline typealias BrokerBox = RoleBox<BrokerCalls>

enum BrokerTable {
  static let broker = Fixed(brokerTable())
  static let venue = Fixed(venueTable())

  private static func brokerTable() -> wharf_broker {
    var table = wharf_broker()
    table.struct_size = UInt32(MemoryLayout<wharf_broker>.size)
    table.create = { create($0, $1, exported.broker?.make) }
    table.start = { handle, start in
      guard let start else { return PluginStatus.invalid.rawValue }
      return BrokerBox.call(handle) { $0.calls.start($0.cell, start) }
    }
    table.capabilities = { handle, out in
      guard let out else { return PluginStatus.invalid.rawValue }
      return BrokerBox.call(handle) {
        out.pointee = $0.calls.capabilities($0.cell).rawValue
        return 0
      }
    }
    table.account = { handle, out in
      guard let out else { return PluginStatus.invalid.rawValue }
      return BrokerBox.call(handle) { $0.calls.account($0.cell, out) }
    }
    table.positions = { handle, sink in
      guard let sink else { return PluginStatus.invalid.rawValue }
      return BrokerBox.call(handle) { $0.calls.positions($0.cell, sink) }
    }
    table.open_orders = { handle, sink in
      guard let sink else { return PluginStatus.invalid.rawValue }
      return BrokerBox.call(handle) { $0.calls.openOrders($0.cell, sink) }
    }
    table.order = { handle, id, length, sink in
      guard let sink, let id = ShortText(id, length) else { return PluginStatus.invalid.rawValue }
      return BrokerBox.call(handle) { $0.calls.order($0.cell, id, sink) }
    }
    table.place = { handle, request, sink in
      guard let request, let sink else { return PluginStatus.invalid.rawValue }
      return BrokerBox.call(handle) { $0.calls.place($0.cell, request, sink) }
    }
    table.replace = { handle, id, length, quantity, limitPrice, stopPrice, sink in
      guard let sink, let id = ShortText(id, length), quantity > 0, limitPrice >= 0, stopPrice >= 0 else {
        return PluginStatus.invalid.rawValue
      }
      let change = OrderChange(
        clientOrderID: id, quantity: Quantity(nanos: quantity),
        limitPrice: limitPrice == 0 ? nil : Price(nanos: limitPrice),
        stopPrice: stopPrice == 0 ? nil : Price(nanos: stopPrice))
      return BrokerBox.call(handle) { $0.calls.replace($0.cell, change, sink) }
    }
    table.cancel = { handle, id, length, sink in
      guard let sink, let id = ShortText(id, length) else { return PluginStatus.invalid.rawValue }
      return BrokerBox.call(handle) { $0.calls.cancel($0.cell, id, sink) }
    }
    table.destroy = { BrokerBox.destroy($0) }
    return table
  }

  private static func venueTable() -> wharf_simulated_venue {
    var table = wharf_simulated_venue()
    table.struct_size = UInt32(MemoryLayout<wharf_simulated_venue>.size)
    table.on_quote = { handle, quote, sink in
      guard let quote, let sink else { return PluginStatus.invalid.rawValue }
      return BrokerBox.call(handle) { $0.calls.onQuote?($0.cell, quote, sink) ?? PluginStatus.unsupported.rawValue }
    }
    table.on_bar = { handle, bar, sink in
      guard let bar, let sink else { return PluginStatus.invalid.rawValue }
      return BrokerBox.call(handle) { $0.calls.onBar?($0.cell, bar, sink) ?? PluginStatus.unsupported.rawValue }
    }
    return table
  }
}
