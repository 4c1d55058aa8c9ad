import PluginSDK
import PluginTestKit
import Testing
import TradingTypes
import WharfABI

/// An argument with one thing wrong, and what the log must say.
struct Bad<Raw>: Sendable, CustomTestStringConvertible {
  var message: String
  var spoil: @Sendable (inout Raw) -> Void
  var testDescription: String { message }

  init(_ message: String, _ spoil: @escaping @Sendable (inout Raw) -> Void) {
    self.message = message
    self.spoil = spoil
  }
}

private func unlisted(_ what: String, _ found: Int) -> String {
  "\(what): expected a value listed in the headers of ABI 1.1, found \(found)"
}

@Suite struct `What the host must not send` {
  static let orders: [Bad<wharf_order_request>] = [
    Bad(unlisted("side of order a", 3)) { $0.side = 3 },
    Bad(unlisted("type of order a", 0)) { $0.order_type = 0 },
    Bad(unlisted("time in force of order a", 7)) { $0.time_in_force = 7 },
    Bad("order a: expected a quantity above 0, found -0.000000001") { $0.quantity = -1 },
    Bad("order a: expected a limit price of 0 or above, found -1") { $0.limit_price = -1_000_000_000 },
    Bad("order a: expected a trailing distance of 0 or above, found -1") { $0.trailing_distance = -1_000_000_000 },
    Bad("order a: OCO group of 49 bytes, expected 0 to 48") { $0.oco_group_length = 49 },
    Bad("instrument 1: expected one of the 1 of start") { $0.instrument = 1 },
    Bad("client order id of 0 bytes, expected 1 to 48 ASCII characters") { $0.client_order_id_length = 0 },
  ]

  @Test(arguments: orders) func `an order that cannot be is refused before the broker`(_ bad: Bad<wharf_order_request>)
    throws
  {
    let host = TestHost()
    let opened = try PluginRole.broker(ProbeVenue.self).open(host.services)
    let broker = opened.table.load(as: wharf_broker.self)
    defer { broker.destroy(opened.handle) }
    #expect(withRawStart([.example()], SessionStart()) { broker.start(opened.handle, $0) } == 0)
    var raw = wharf_order_request()
    raw.struct_size = UInt32(MemoryLayout<wharf_order_request>.size)
    (raw.side, raw.order_type, raw.time_in_force, raw.quantity) = (1, 1, 1, 1)
    var sink = wharf_broker_sink()
    let id: [CChar] = [97] + Array(repeating: 97, count: 60)
    let status = id.withUnsafeBufferPointer { id in
      (raw.client_order_id, raw.client_order_id_length) = (id.baseAddress, 1)
      raw.oco_group = id.baseAddress
      bad.spoil(&raw)
      return broker.place(opened.handle, &raw, &sink)
    }
    #expect(status == PluginStatus.invalid.rawValue)
    #expect(host.errors == [bad.message])
  }

  static let fills: [Bad<wharf_fill>] = [
    Bad(unlisted("side of a fill", 0)) { $0.side = 0 },
    Bad(unlisted("exit reason of a fill", 8)) { $0.exit_reason = 8 },
    Bad("instrument 4294967295: expected one of the 1 of start") { $0.instrument = .max },
  ]

  @Test(arguments: fills) func `a fill that cannot be is refused before the strategy`(_ bad: Bad<wharf_fill>) throws {
    let host = TestHost(["behaviour": "silent"])
    let opened = try PluginRole.strategy(ProbeStrategy.self).open(host.services)
    let strategy = opened.table.load(as: wharf_strategy.self)
    defer { strategy.destroy(opened.handle) }
    #expect(withRawStart([.example()], SessionStart()) { strategy.start(opened.handle, $0) } == 0)
    var raw = wharf_fill()
    raw.side = 1
    bad.spoil(&raw)
    #expect(strategy.on_fill(opened.handle, &raw) == PluginStatus.invalid.rawValue)
    #expect(host.errors == [bad.message])
  }

  static let starts: [Bad<wharf_start>] = [
    Bad(unlisted("explain of start", 2)) { $0.explain = 2 },
    Bad("start: 1 instruments at a null address or too many") { $0.instruments = nil },
  ]

  @Test(arguments: starts) func `a start that cannot be is refused`(_ bad: Bad<wharf_start>) throws {
    let host = TestHost(["behaviour": "silent"])
    let opened = try PluginRole.strategy(ProbeStrategy.self).open(host.services)
    let strategy = opened.table.load(as: wharf_strategy.self)
    defer { strategy.destroy(opened.handle) }
    let status = withRawStart([.example()], SessionStart()) { start in
      var raw = start.pointee
      bad.spoil(&raw)
      return strategy.start(opened.handle, &raw)
    }
    #expect(status == PluginStatus.invalid.rawValue)
    #expect(host.errors == [bad.message])
  }

  static let instruments: [Bad<wharf_instrument>] = [
    Bad("start: instrument 0 has no symbol") { $0.symbol_length = 0 },
    Bad(unlisted("market of ABC", 4)) { $0.market = 4 },
    Bad("start: ABC has no usable currency, expected 1 to 8 letters or digits") { $0.currency_length = 0 },
    Bad("start: ABC has tick -1, step 1000000000, bar_seconds 86400; expected >= 0, > 0, > 0") { $0.tick = -1 },
    Bad("start: ABC has tick 10000000, step 0, bar_seconds 86400; expected >= 0, > 0, > 0") { $0.step = 0 },
    Bad("start: instrument 0 has id 5, expected its place") { $0.id = 5 },
  ]

  @Test(arguments: instruments)
  func `an instrument that cannot be is refused`(_ bad: Bad<wharf_instrument>) throws {
    let host = TestHost(["behaviour": "silent"])
    let opened = try PluginRole.strategy(ProbeStrategy.self).open(host.services)
    let strategy = opened.table.load(as: wharf_strategy.self)
    defer { strategy.destroy(opened.handle) }
    let status = withRawStart([.example()], SessionStart()) { start in
      var instrument = start.pointee.instruments[0]
      bad.spoil(&instrument)
      return withUnsafePointer(to: instrument) { instruments in
        var raw = start.pointee
        raw.instruments = instruments
        return strategy.start(opened.handle, &raw)
      }
    }
    #expect(status == PluginStatus.invalid.rawValue)
    #expect(host.errors == [bad.message])
  }
}
