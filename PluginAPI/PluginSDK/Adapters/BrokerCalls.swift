import TradingTypes
import WharfABI

/// The calls of one broker type, for the functions of `wharf.broker/1` and `wharf.simulated_venue/1`.
@usableFromInline
struct BrokerCalls {
  @usableFromInline typealias Sink = UnsafePointer<wharf_broker_sink>
  @usableFromInline typealias Raw = UnsafeMutableRawPointer
  @usableFromInline typealias Report = (Raw, ShortText, Sink) -> wharf_status
  @usableFromInline typealias Quoted = (Raw, UnsafePointer<wharf_quote>, Sink) -> wharf_status
  @usableFromInline typealias Barred = (Raw, UnsafePointer<wharf_bar>, Sink) -> wharf_status

  @usableFromInline var start: (Raw, UnsafePointer<wharf_start>) -> wharf_status
  @usableFromInline var capabilities: (Raw) -> BrokerCapabilities
  @usableFromInline var account: (Raw, UnsafeMutablePointer<wharf_broker_account>) -> wharf_status
  @usableFromInline var positions: (Raw, Sink) -> wharf_status
  @usableFromInline var openOrders: (Raw, Sink) -> wharf_status
  @usableFromInline var order: Report
  @usableFromInline var place: (Raw, UnsafePointer<wharf_order_request>, Sink) -> wharf_status
  @usableFromInline var replace: (Raw, OrderChange, Sink) -> wharf_status
  @usableFromInline var cancel: Report
  @usableFromInline var onQuote: Quoted?
  @usableFromInline var onBar: Barred?

  @inlinable init<B: Broker>(_ type: B.Type) {
    start = { raw, start in
      Cell<B>.at(raw).pointee.started(start) { broker, instruments, session throws(PluginError) in
        try broker.start(instruments, session)
      }
    }
    capabilities = { Cell<B>.at($0).pointee.role.capabilities }
    account = { raw, out in
      Cell<B>.at(raw).pointee.answer { broker throws(PluginError) in try write(try broker.account(), out) }
    }
    positions = { raw, sink in
      Cell<B>.at(raw).pointee.answer { broker throws(PluginError) in tell(try broker.positions(), sink) }
    }
    openOrders = { raw, sink in
      Cell<B>.at(raw).pointee.answer { broker throws(PluginError) in
        try broker.openOrders(BrokerContext(sink: sink))
      }
    }
    order = { raw, id, sink in
      Cell<B>.at(raw).pointee.answer { broker throws(PluginError) in
        try broker.order(id, BrokerContext(sink: sink))
      }
    }
    place = { raw, request, sink in
      let cell = Cell<B>.at(raw)
      guard request.pointee.instrument < cell.pointee.instrumentCount else {
        return cell.pointee.refuse(request.pointee.instrument)
      }
      do throws(PluginError) {
        try cell.pointee.role.place(try OrderRequest(request), BrokerContext(sink: sink))
        return 0
      } catch {
        return cell.pointee.log.status(of: error)
      }
    }
    replace = { raw, change, sink in
      Cell<B>.at(raw).pointee.answer { broker throws(PluginError) in
        try broker.replace(change, BrokerContext(sink: sink))
      }
    }
    cancel = { raw, id, sink in
      Cell<B>.at(raw).pointee.answer { broker throws(PluginError) in
        try broker.cancel(id, BrokerContext(sink: sink))
      }
    }
    onQuote = nil
    onBar = nil
  }

  @inlinable init<V: SimulatedVenue>(venue type: V.Type) {
    self.init(type)
    onQuote = { raw, quote, sink in
      Cell<V>.at(raw).pointee.answer(about: quote.pointee.instrument) { venue throws(PluginError) in
        try venue.onQuote(Quote(quote.pointee), BrokerContext(sink: sink))
      }
    }
    onBar = { raw, bar, sink in
      Cell<V>.at(raw).pointee.answer(about: bar.pointee.instrument) { venue throws(PluginError) in
        try venue.onBar(
          Bar(bar.pointee), session: SessionFlags(rawValue: bar.pointee.flags), BrokerContext(sink: sink))
      }
    }
  }
}

/// Hands positions to the host one by one.
@usableFromInline func tell(_ positions: [BrokerPosition], _ sink: UnsafePointer<wharf_broker_sink>) {
  for position in positions { position.withRaw { sink.pointee.position(sink.pointee.context, $0) } }
}

/// Writes an account where the host asked for it.
@usableFromInline
func write(_ account: BrokerAccount, _ out: UnsafeMutablePointer<wharf_broker_account>) throws(PluginError) {
  guard out.pointee.struct_size >= MemoryLayout<wharf_broker_account>.size else {
    throw PluginError(.invalid, "account: the host offers \(out.pointee.struct_size) bytes")
  }
  guard account.cash.currency == account.buyingPower.currency else {
    throw PluginError(.fault, "account: cash in \(account.cash.currency), buying power in \(account.buyingPower)")
  }
  out.pointee.live = account.isLive ? 1 : 0
  out.pointee.cash = account.cash.nanos
  out.pointee.buying_power = account.buyingPower.nanos
  out.pointee.currency = account.cash.currency.packed
}
