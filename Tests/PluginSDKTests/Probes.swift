import PluginSDK
import TradingTypes

/// A strategy that does what a test tells it and keeps what it was told.
struct ProbeStrategy: EvaluatingStrategy {
  /// What it raises on the next bar; a test sets it through the text option `raise`.
  enum Behaviour: String, CaseIterable {
    case full
    case bare
    case single
    case trade
    case fault
    case silent
  }

  let behaviour: Behaviour
  let index: Int
  let log: Log
  var instruments: [Instrument] = []
  var session = SessionStart()
  var bars: [Bar] = []
  var places: [SessionFlags] = []
  var fills: [Fill] = []

  init(host: HostServices) throws(PluginError) {
    behaviour = try host.options.choice("behaviour")
    index = try host.options.optionalInteger("index") ?? 0
    log = host.log
  }

  mutating func start(_ instruments: [Instrument], _ session: SessionStart) throws(PluginError) {
    self.instruments = instruments
    self.session = session
    log.info("started with \(instruments.map(\.symbol).joined(separator: ","))")
  }

  mutating func onBar(_ bar: Bar, _ context: borrowing StrategyContext) throws(PluginError) {
    bars.append(bar)
    places.append(context.session)
    switch behaviour {
    case .full: context.raise(Examples.signal)
    case .single: context.raise(Examples.singles[index])
    case .bare: context.raise(.enterLong(bar: bar))
    case .trade: context.report(Examples.virtualTrade)
    case .fault: throw PluginError(.fault, "probe broke on purpose")
    case .silent: break
    }
  }

  mutating func evaluate(at time: Timestamp, _ context: borrowing StrategyContext) throws(PluginError) {
    var signal = Signal(.evaluated, .enterLong, bar: bars.last ?? Examples.bar)
    signal.decidedAt = time
    context.raise(signal)
  }

  mutating func recheck(_ request: Recheck) throws(PluginError) -> [Check] {
    guard behaviour != .fault else { throw PluginError(.notFound, "probe knows no such signal") }
    return [
      Check("price", .recheck, passed: request.price < Price("100")!, value: request.price.double, limit: 100),
      Check("age", .recheck, passed: true, note: "\(request.now.nanoseconds - request.quoteTime.nanoseconds)"),
    ]
  }

  mutating func onFill(_ fill: Fill) throws(PluginError) {
    fills.append(fill)
    log.debug(
      "filled \(fill.quantity) at \(fill.price), now \(fill.position), \(fill.exitReason.map { "\($0)" } ?? "entry")")
  }
}

/// A strategy with nothing but what the protocol demands.
struct LeastStrategy: Strategy {
  init(host: HostServices) {}
  mutating func start(_ instruments: [Instrument], _ session: SessionStart) {}
  mutating func onBar(_ bar: Bar, _ context: borrowing StrategyContext) {}
}

struct ProbeScanner: EvaluatingScanner {
  init(host: HostServices) {}
  mutating func start(_ instruments: [Instrument], _ session: SessionStart) {}
  mutating func onBar(_ bar: Bar, _ context: borrowing ScannerContext) { context.report(Examples.observation) }
  mutating func evaluate(at time: Timestamp, _ context: borrowing ScannerContext) {
    context.report(Observation(.evaluated, InstrumentID(0), at: time))
  }
  mutating func finish(_ context: borrowing ScannerContext) {
    context.report(Observation(.episodeClosed, InstrumentID(0), at: Timestamp(nanoseconds: 9)))
  }
}

struct LeastScanner: Scanner {
  init(host: HostServices) {}
  mutating func start(_ instruments: [Instrument], _ session: SessionStart) {}
  mutating func onBar(_ bar: Bar, _ context: borrowing ScannerContext) {}
}

/// A venue that tells back what it was asked, as the reason of a report.
struct ProbeVenue: SimulatedVenue {
  var known: [ShortText: OrderRequest] = [:]

  init(host: HostServices) {}
  mutating func start(_ instruments: [Instrument], _ session: SessionStart) {}
  var capabilities: BrokerCapabilities { [.limit, .oco, .findByClientID] }
  mutating func account() -> BrokerAccount {
    BrokerAccount(isLive: true, cash: Money("12.5", .usd)!, buyingPower: Money("25", .usd)!)
  }
  mutating func positions() -> [BrokerPosition] {
    [
      BrokerPosition(instrument: InstrumentID(0), quantity: Quantity("3")!, averagePrice: Price("1.25")!),
      BrokerPosition(instrument: InstrumentID(1), quantity: Quantity("-4")!, averagePrice: Price("2")!),
    ]
  }
  mutating func openOrders(_ context: borrowing BrokerContext) {
    for id in known.keys.sorted() { context.report(Examples.report(id, "open")) }
  }
  mutating func order(_ clientOrderID: ShortText, _ context: borrowing BrokerContext) throws(PluginError) {
    guard known[clientOrderID] != nil else { throw PluginError(.notFound, "no order \(clientOrderID)") }
    context.report(Examples.report(clientOrderID, "found"))
  }
  mutating func place(_ request: OrderRequest, _ context: borrowing BrokerContext) {
    known[request.clientOrderID] = request
    context.report(Examples.report(request.clientOrderID, "\(request)"))
  }
  mutating func replace(_ change: OrderChange, _ context: borrowing BrokerContext) {
    context.report(Examples.report(change.clientOrderID, "\(change)"))
  }
  mutating func cancel(_ clientOrderID: ShortText, _ context: borrowing BrokerContext) throws(PluginError) {
    guard known.removeValue(forKey: clientOrderID) != nil else {
      throw PluginError(.notFound, "no order \(clientOrderID)")
    }
  }
  mutating func onQuote(_ quote: Quote, _ context: borrowing BrokerContext) {
    context.report(Examples.report("quote", "\(quote)"))
  }
  mutating func onBar(_ bar: Bar, session: SessionFlags, _ context: borrowing BrokerContext) {
    context.report(Examples.report("bar", "\(bar) \(session)"))
  }
}

/// A source of five bars.
struct ProbeSource: MarketDataSource {
  var next = 0

  init(host: HostServices) {}
  mutating func open(_ symbols: [String], _ context: borrowing MarketDataContext) throws(PluginError) {
    for symbol in symbols { context.report(Examples.series(symbol)) }
    context.report(Examples.fault)
    context.report(DataFault(isSkipped: false, code: "no_columns", text: ""))
    context.fingerprint((0..<32).map { UInt8($0) })
    if symbols.contains("NONE") { throw PluginError(.notFound, "no symbol NONE") }
  }
  mutating func read(into bars: inout BarWriter) {
    while next < 5, bars.append(Examples.bar(next)) { next += 1 }
  }
  mutating func rewind() { next = 0 }
}

struct ProbeNotifier: Notifier {
  let log: Log
  init(host: HostServices) { log = host.log }
  mutating func notify(_ notification: Notification) throws(PluginError) {
    guard notification.topic != "busy" else { throw PluginError(.busy, "offer it again") }
    log.info("\(notification)")
  }
}
