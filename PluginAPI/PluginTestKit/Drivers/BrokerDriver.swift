import PluginSDK
import TradingTypes
import WharfABI

/// Runs one broker without a host. Every call answers the reports it told, and ``reports`` has all of them.
public final class BrokerDriver<B: Broker> {
  /// The host it runs in.
  public let host: TestHost
  /// Every report told so far, oldest first.
  public var reports: [OrderReport] { recorder.reports }
  /// The broker as it is now; `nil` on the route through the tables.
  public var broker: B? { target.role }

  private let recorder = BrokerRecorder()
  private var target: Target<B>

  /// Makes the broker and starts it.
  public convenience init(
    _ type: B.Type = B.self, route: Route = .direct, host: TestHost, instruments: [Instrument] = [.example()],
    session: SessionStart = SessionStart()
  ) throws(PluginError) {
    try self.init(.broker(B.self), route, host, instruments, session)
  }

  init(
    _ role: PluginRole, _ route: Route, _ host: TestHost, _ instruments: [Instrument], _ session: SessionStart
  ) throws(PluginError) {
    self.host = host
    target = try Target(route, host, role) { services throws(PluginError) in try B(host: services) }
    try target.call(
      host, { broker throws(PluginError) in try broker.start(instruments, session) },
      { (table: UnsafePointer<wharf_broker>, handle) in
        withRawStart(instruments, session) { table.pointee.start(handle, $0) }
      })
  }

  deinit {
    if let opened = target.opened {
      opened.table.assumingMemoryBound(to: wharf_broker.self).pointee.destroy(opened.handle)
    }
  }

  /// What the broker can do.
  public func capabilities() throws(PluginError) -> BrokerCapabilities {
    var bits: UInt64 = 0
    try target.call(
      host, { broker throws(PluginError) in bits = broker.capabilities.rawValue },
      { (table: UnsafePointer<wharf_broker>, handle) in table.pointee.capabilities(handle, &bits) })
    return BrokerCapabilities(rawValue: bits)
  }

  /// The account.
  public func account() throws(PluginError) -> BrokerAccount {
    var account: BrokerAccount?
    try target.call(
      host, { broker throws(PluginError) in account = try broker.account() },
      { (table: UnsafePointer<wharf_broker>, handle) in
        var raw = wharf_broker_account()
        raw.struct_size = size(wharf_broker_account.self)
        let status = table.pointee.account(handle, &raw)
        let currency = Currency.unpacked(raw.currency)
        account = BrokerAccount(
          isLive: raw.live == 1, cash: Money(nanos: raw.cash, currency: currency),
          buyingPower: Money(nanos: raw.buying_power, currency: currency))
        return status
      })
    return account!
  }

  /// Every position.
  public func positions() throws(PluginError) -> [BrokerPosition] {
    recorder.positions = []
    let recorder = recorder
    try target.call(
      host, { broker throws(PluginError) in recorder.positions = try broker.positions() },
      { (table: UnsafePointer<wharf_broker>, handle) in table.pointee.positions(handle, recorder.sink) })
    return recorder.positions
  }

  /// The last report of every working order.
  public func openOrders() throws(PluginError) -> [OrderReport] {
    try told { broker, context throws(PluginError) in
      try broker.openOrders(context)
    } table: {
      $0.pointee.open_orders($1, $2)
    }
  }

  /// All reports of one order.
  public func order(_ id: ShortText) throws(PluginError) -> [OrderReport] {
    try told { broker, context throws(PluginError) in
      try broker.order(id, context)
    } table: { table, handle, sink in
      withShort(id) { table.pointee.order(handle, $0, $1, sink) }
    }
  }

  /// Places an order.
  @discardableResult public func place(_ request: OrderRequest) throws(PluginError) -> [OrderReport] {
    try told { broker, context throws(PluginError) in
      try broker.place(request, context)
    } table: { table, handle, sink in
      request.withRaw { table.pointee.place(handle, $0, sink) }
    }
  }

  /// Changes a working order.
  @discardableResult public func replace(_ change: OrderChange) throws(PluginError) -> [OrderReport] {
    try told { broker, context throws(PluginError) in
      try broker.replace(change, context)
    } table: { table, handle, sink in
      withShort(change.clientOrderID) {
        table.pointee.replace(
          handle, $0, $1, change.quantity.nanos, change.limitPrice?.nanos ?? 0, change.stopPrice?.nanos ?? 0, sink)
      }
    }
  }

  /// Cancels an order.
  @discardableResult public func cancel(_ id: ShortText) throws(PluginError) -> [OrderReport] {
    try told { broker, context throws(PluginError) in
      try broker.cancel(id, context)
    } table: { table, handle, sink in
      withShort(id) { table.pointee.cancel(handle, $0, $1, sink) }
    }
  }

  private func told(
    _ direct: (inout B, borrowing BrokerContext) throws(PluginError) -> Void,
    table: (UnsafePointer<wharf_broker>, OpaquePointer, UnsafePointer<wharf_broker_sink>) -> wharf_status
  ) throws(PluginError) -> [OrderReport] {
    let sink = UnsafePointer(recorder.sink)
    let before = recorder.reports.count
    try target.call(
      host, { broker throws(PluginError) in try direct(&broker, BrokerContext(sink: sink)) },
      { table($0, $1, sink) })
    return Array(recorder.reports[before...])
  }
}

extension BrokerDriver where B: SimulatedVenue {
  /// Makes the venue and starts it.
  public convenience init(
    _ type: B.Type = B.self, route: Route = .direct, host: TestHost, instruments: [Instrument] = [.example()],
    session: SessionStart = SessionStart()
  ) throws(PluginError) {
    try self.init(.broker(B.self), route, host, instruments, session)
  }

  /// Offers a price.
  @discardableResult public func quote(_ quote: Quote) throws(PluginError) -> [OrderReport] {
    let venue = venue
    return try told { broker, context throws(PluginError) in
      try broker.onQuote(quote, context)
    } table: { _, handle, sink in
      let raw = wharf_quote(
        time: quote.time.nanoseconds, last: quote.last.nanos, bid: quote.bid?.nanos ?? 0, ask: quote.ask?.nanos ?? 0,
        instrument: quote.instrument.index, flags: quote.session.rawValue)
      return withUnsafePointer(to: raw) { venue!.pointee.on_quote(handle, $0, sink) }
    }
  }

  /// Offers a finished bar.
  @discardableResult
  public func bar(_ bar: Bar, session: SessionFlags = []) throws(PluginError) -> [OrderReport] {
    let venue = venue
    return try told { broker, context throws(PluginError) in
      try broker.onBar(bar, session: session, context)
    } table: { _, handle, sink in
      withUnsafePointer(to: bar.raw(session)) { venue!.pointee.on_bar(handle, $0, sink) }
    }
  }

  private var venue: UnsafePointer<wharf_simulated_venue>? {
    target.opened?.venue
  }
}
