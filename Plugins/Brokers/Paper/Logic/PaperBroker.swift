import PluginSDK
import TradingTypes

/// The paper broker: a simulated venue that the host's market data drives, its book saved before anything is told.
public struct PaperBroker: SimulatedVenue {
  private let settings: PaperSettings
  private let log: Log
  private let clock: HostClock
  private let state: StateStore?
  private var keeper: BookKeeper?
  private var isDurable: Bool { state != nil }
  private var venue: PaperVenue
  private var told = Told()
  /// The save that failed; nothing is done any more, for what was told must never be undone by a restart.
  private var broken: PluginError?
  /// Instruments whose bars were seen without volume while an order waited for some.
  private var withoutVolume: Set<InstrumentID> = []

  /// Reads the options, and takes the state table unless `durable` is off.
  public init(host: HostServices) throws(PluginError) {
    settings = try PaperSettings(host.options)
    log = host.log
    clock = try host.clock
    state = try host.options.boolean("durable") ? host.state : nil
    venue = PaperVenue([], settings: settings)
  }

  /// Restores the saved account, or opens a new one.
  public mutating func start(_ instruments: [Instrument], _ session: SessionStart) throws(PluginError) {
    venue = PaperVenue(instruments, settings: settings, remembersAll: state != nil)
    guard let state else { return }
    for symbol in instruments.map(\.symbol) where symbol.utf8.count > BookKeeper.symbolLimit {
      throw PluginError(
        .unsupported,
        "symbol \(symbol.prefix(20))...: expected at most \(BookKeeper.symbolLimit) bytes, found \(symbol.utf8.count)")
    }
    var keeper = BookKeeper(state, instruments)
    if try keeper.restore(&venue) {
      log.info("paper account restored: cash \(Price(nanos: venue.cashNanos)) \(settings.currency)")
    }
    self.keeper = keeper
  }

  /// Every order type, OCO groups, brackets, changes, lookups and fractions.
  public var capabilities: BrokerCapabilities {
    [.limit, .stop, .stopLimit, .trailingStop, .oco, .bracket, .replace, .findByClientID, .fractions]
  }

  /// Cash, and what of it working buys leave.
  public func account() throws(PluginError) -> BrokerAccount {
    try checkWhole()
    return BrokerAccount(
      isLive: false, cash: Money(nanos: venue.cashNanos, currency: settings.currency),
      buyingPower: Money(nanos: venue.buyingPowerNanos, currency: settings.currency))
  }

  /// Every position.
  public func positions() throws(PluginError) -> [BrokerPosition] {
    try checkWhole()
    return venue.positions
  }

  /// The last report of every working order.
  public mutating func openOrders(_ context: borrowing BrokerContext) throws(PluginError) {
    try checkWhole()
    venue.openOrders(into: &told)
    tell(context)
  }

  /// All reports of one order.
  public mutating func order(_ clientOrderID: ShortText, _ context: borrowing BrokerContext) throws(PluginError) {
    try checkWhole()
    guard venue.reports(of: clientOrderID, into: &told) else {
      throw PluginError(.notFound, "order \(clientOrderID): the paper venue never had it")
    }
    tell(context)
  }

  /// Takes an order or refuses it for good.
  public mutating func place(_ request: OrderRequest, _ context: borrowing BrokerContext) throws(PluginError) {
    if broken != nil { try checkWhole() }
    let placement = venue.place(request, into: &told)
    try settle(context)
    if placement != .taken { throw failure(placement, of: request.clientOrderID) }
  }

  /// Changes a working order.
  public mutating func replace(_ change: OrderChange, _ context: borrowing BrokerContext) throws(PluginError) {
    try checkWhole()
    let outcome = venue.replace(
      change.clientOrderID, quantity: change.quantity, limitPrice: change.limitPrice, stopPrice: change.stopPrice,
      now: clock.now, into: &told)
    try settle(context)
    try check(outcome, change.clientOrderID)
  }

  /// Cancels a working order.
  public mutating func cancel(_ clientOrderID: ShortText, _ context: borrowing BrokerContext) throws(PluginError) {
    try checkWhole()
    let outcome = venue.cancel(clientOrderID, now: clock.now, into: &told)
    try settle(context)
    try check(outcome, clientOrderID)
  }

  /// Fills at a price.
  public mutating func onQuote(_ quote: Quote, _ context: borrowing BrokerContext) throws(PluginError) {
    if broken != nil { try checkWhole() }
    if venue.takeQuietly(quote) { return }
    guard venue.take(quote, into: &told) else { throw unusable(quote) }
    if !told.isEmpty { try settle(context) }
  }

  /// Works on resting orders with a bar's range.
  public mutating func onBar(
    _ bar: Bar, session: SessionFlags, _ context: borrowing BrokerContext
  ) throws(PluginError) {
    // Without a limit on volume nobody waits for some.
    if broken == nil, bar.volume != 0 || settings.volumeShareNanos == 0, venue.takeQuietly(bar, session) { return }
    try work(bar, session, context)
  }

  @inline(never)
  private mutating func work(
    _ bar: Bar, _ session: SessionFlags, _ context: borrowing BrokerContext
  ) throws(PluginError) {
    if broken != nil { try checkWhole() }
    if bar.volume == 0 { warnOfNoVolume(bar.instrument) }
    guard venue.take(bar, session, into: &told) else { throw unusable(bar) }
    if !told.isEmpty { try settle(context) }
  }
}

// MARK: - The edge

extension PaperBroker {
  /// Saves what changed, then tells it.
  @inline(__always)
  private mutating func settle(_ context: borrowing BrokerContext) throws(PluginError) {
    if isDurable { try save() }
    tell(context)
  }

  @inline(never)
  private mutating func save() throws(PluginError) {
    do throws(PluginError) {
      try keeper?.save(venue)
    } catch {
      broken = error
      told.clear()
      throw error
    }
  }

  @inline(never)
  private mutating func tell(_ context: borrowing BrokerContext) {
    var place = told.call.lowerBound
    while place < told.call.upperBound {
      venue.tell(place, context)
      place &+= 1
    }
    told.call = 0..<0
    if !told.others.isEmpty { tellOthers(context) }
  }

  @inline(never)
  private mutating func tellOthers(_ context: borrowing BrokerContext) {
    for place in told.others { venue.tell(Int(place), context) }
    told.clear()
  }

  @inline(never)
  private func failure(_ placement: Placement, of id: ShortText) -> PluginError {
    guard placement == .conflicting else {
      return PluginError(.rejected, "order \(id): refused, its report has the reason")
    }
    return PluginError(
      .invalid, "order \(id): another order has this id; expected the same request, or an id never used")
  }

  @inline(never)
  private func checkWhole() throws(PluginError) {
    guard let broken else { return }
    throw PluginError(.fault, "the paper account could not be saved (\(broken)); restart once the state can be written")
  }

  private func check(_ outcome: Change, _ id: ShortText) throws(PluginError) {
    switch outcome {
    case .done: break
    case .refused(let text): throw PluginError(.rejected, "order \(id): not changed, \(text)")
    case .notFound: throw PluginError(.notFound, "order \(id): no such working order")
    }
  }

  private mutating func warnOfNoVolume(_ instrument: InstrumentID) {
    guard settings.volumeShareNanos != 0, venue.hasWorkingOrders(instrument),
      withoutVolume.insert(instrument).inserted
    else { return }
    log.warning(
      "instrument \(instrument.index): a bar without volume fills nothing while volume_share is "
        + "\(Price(nanos: settings.volumeShareNanos)); set plugins.paper.volume_share to 0 if the data has no volumes")
  }

  @inline(never)
  private func unusable(_ quote: Quote) -> PluginError {
    PluginError(
      .invalid,
      "quote of instrument \(quote.instrument.index): expected a known instrument, prices above 0, bid <= ask, found "
        + "last \(quote.last), bid \(quote.bid?.description ?? "none"), ask \(quote.ask?.description ?? "none")")
  }

  @inline(never)
  private func unusable(_ bar: Bar) -> PluginError {
    PluginError(
      .invalid,
      "bar of instrument \(bar.instrument.index): expected a known instrument, 0 < low <= open, close <= high, "
        + "volume >= 0, found \(bar.open), \(bar.high), \(bar.low), \(bar.close), \(bar.volume)")
  }
}

extension PaperSettings {
  /// Reads the options of the manifest.
  init(_ options: Options) throws(PluginError) {
    let code = try options.text("currency")
    guard let currency = Currency(code) else {
      throw .option("currency", expected: "1 to 8 upper-case letters or digits", found: code)
    }
    self.currency = currency
    cashNanos = try PaperSettings.read(options, "cash", upTo: .max)
    slippageNanos = try PaperSettings.read(options, "slippage_rate", upTo: 100_000_000)
    spreadNanos = try PaperSettings.read(options, "spread_rate", upTo: 100_000_000)
    feeNanos = try PaperSettings.read(options, "fee_rate", upTo: 100_000_000)
    volumeShareNanos = try PaperSettings.read(options, "volume_share", upTo: Exact.one)
  }

  private static func read(_ options: Options, _ name: String, upTo limit: Int64) throws(PluginError) -> Int64 {
    let value = try options.decimal(name, as: Price.self)
    guard (0...limit).contains(value.nanos) else {
      throw .option(name, expected: "0 to \(Price(nanos: limit))", found: "\(value)")
    }
    return value.nanos
  }
}
