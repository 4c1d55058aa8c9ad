import PluginSDK
import TradingTypes

/// A simulated venue. Market orders fill whole at the next price, limit and stop orders when the market touches them; an
/// account of cash and long positions. Every call saves what changed before it tells it, so a restart never undoes what
/// the host knows.
public struct WholeFillVenue: SimulatedVenue {
  private let opening: Money
  private let feeRate: Int64
  private let log: Log
  private let clock: HostClock
  private let state: StateStore
  private var symbols: [String] = []
  private var book: Book
  /// How many happenings are saved.
  private var saved = 0
  /// Why nothing is done any more.
  private var broken: PluginError?

  /// Reads `cash`, `currency` and `fee_rate`.
  public init(host: HostServices) throws(PluginError) {
    let options = try host.options
    let code = try options.text("currency")
    guard let currency = Currency(code) else {
      throw .option("currency", expected: "1 to 8 upper-case letters or digits", found: code)
    }
    let (cash, rate) = (try options.decimal("cash", as: Price.self), try options.decimal("fee_rate", as: Price.self))
    guard cash >= .zero else { throw .option("cash", expected: "0 or more", found: "\(cash)") }
    guard (0...100_000_000).contains(rate.nanos) else {
      throw .option("fee_rate", expected: "0 to 0.1", found: "\(rate)")
    }
    (opening, feeRate) = (Money(nanos: cash.nanos, currency: currency), rate.nanos)
    (log, clock, state) = (host.log, try host.clock, try host.state)
    book = Book(cash: opening, feeRate: feeRate, foreign: [])
  }

  /// Restores the saved account, or opens a new one.
  public mutating func start(_ instruments: [Instrument], _ session: SessionStart) throws(PluginError) {
    guard symbols.isEmpty else { throw PluginError(.invalid, "start: expected once, found a second call") }
    symbols = instruments.map(\.symbol)
    book = Book(cash: opening, feeRate: feeRate, foreign: instruments.map { $0.currency != opening.currency })
    let ids = Dictionary(instruments.map { ($0.symbol, $0.id) }) { first, _ in first }
    while let bytes = try state.get(Record.key("o", book.orders.count)) {
      guard let order = Order(bytes, instruments: ids) else { throw unusable(Record.key("o", book.orders.count)) }
      _ = book.add(order)
    }
    while let bytes = try state.get(Record.key("h", book.happenings.count)) {
      guard let happening = Happening(bytes, orderCount: book.orders.count) else {
        throw unusable(Record.key("h", book.happenings.count))
      }
      book.happenings.append(happening)
      if happening.kind == .fill, !book.settle(happening) { throw unusable("an amount beyond 9.2e9") }
      let instrument = Int(book.orders[happening.order].instrument.index)
      book.holdings[instrument].seen[happening.cause] = happening.time
    }
    saved = book.happenings.count
  }

  public var capabilities: BrokerCapabilities { [.limit, .stop, .oco, .replace, .findByClientID, .fractions] }

  public mutating func account() throws(PluginError) -> BrokerAccount {
    try checkWhole()
    return BrokerAccount(isLive: false, cash: book.cash, buyingPower: book.buyingPower)
  }

  public mutating func positions() throws(PluginError) -> [BrokerPosition] {
    try checkWhole()
    return book.holdings.enumerated().filter { $0.element.position > .zero }.map { index, held in
      let average = Int128(held.cost) * 1_000_000_000 / Int128(held.position.nanos)
      return BrokerPosition(
        instrument: InstrumentID(UInt32(index)), quantity: held.position,
        averagePrice: Price(nanos: Int64(clamping: average)))
    }
  }

  public mutating func openOrders(_ context: borrowing BrokerContext) throws(PluginError) {
    try checkWhole()
    for happening in book.happenings {
      let order = book.orders[happening.order]
      if order.isWorking, happening.ordinal == order.reports { tell(happening, context) }
    }
  }

  public mutating func order(_ clientOrderID: ShortText, _ context: borrowing BrokerContext) throws(PluginError) {
    try checkWhole()
    guard let place = book.place(of: clientOrderID) else {
      throw PluginError(.notFound, "order \(clientOrderID): the venue never had it")
    }
    for happening in book.happenings where happening.order == place { tell(happening, context) }
  }

  public mutating func place(_ request: OrderRequest, _ context: borrowing BrokerContext) throws(PluginError) {
    try checkWhole()
    let id = request.clientOrderID
    try understand(request)
    // Never a second order.
    guard book.place(of: id) == nil else { return try order(id, context) }
    guard request.instrument.index < symbols.count else {
      throw PluginError(.invalid, "order \(id): unknown instrument")
    }
    let held = book.holdings[Int(request.instrument.index)]
    let place = book.add(
      Order(
        id: id, ocoGroup: request.ocoGroup, instrument: request.instrument, side: request.side, type: request.type,
        timeInForce: request.timeInForce, createdAt: request.createdAt, quantity: request.quantity,
        limitPrice: request.type == .limit ? request.limitPrice : nil,
        stopPrice: request.type == .stop ? request.stopPrice : nil))
    let isTooMuch = request.side == .sell && request.quantity > held.position
    guard !held.isForeign, !isTooMuch else {
      let reason = isTooMuch ? "more_than_held" : "another_currency"
      book.note(.rejected, place, .host, at: request.createdAt, reason: reason)
      try settle(true, context)
      throw PluginError(.rejected, "order \(id): \(reason)")
    }
    book.note(.accepted, place, .host, at: request.createdAt)
    // While the last thing seen is a price, the order meets that price; after a bar it waits.
    var fits = true
    if case .quote? = held.market { fits = book.tryToFill(place, held.market!, .host) }
    try settle(fits, context)
  }

  public mutating func replace(_ change: OrderChange, _ context: borrowing BrokerContext) throws(PluginError) {
    let place = try working(change.clientOrderID)
    let order = book.orders[place]
    guard change.quantity > .zero else { throw PluginError(.invalid, "order \(order.id): expected a quantity above 0") }
    if order.side == .sell, change.quantity > book.holdings[Int(order.instrument.index)].position {
      throw PluginError(.rejected, "order \(order.id): more_than_held")
    }
    book.orders[place].quantity = change.quantity
    if order.type == .limit, let price = change.limitPrice { book.orders[place].limitPrice = price }
    if order.type == .stop, let price = change.stopPrice { book.orders[place].stopPrice = price }
    book.note(.replaced, place, .host, at: clock.now, reason: "asked")
    try settle(true, context)
  }

  public mutating func cancel(_ clientOrderID: ShortText, _ context: borrowing BrokerContext) throws(PluginError) {
    book.note(.cancelled, try working(clientOrderID), .host, at: clock.now, reason: "asked")
    try settle(true, context)
  }

  public mutating func onQuote(_ quote: Quote, _ context: borrowing BrokerContext) throws(PluginError) {
    guard quote.last > .zero else {
      throw PluginError(.invalid, "quote: expected a price above 0, found \(quote.last)")
    }
    let view = MarketView.quote(
      quote.time, bid: quote.bid ?? quote.last, ask: quote.ask ?? quote.last, isFirst: quote.session.contains(.first))
    try work(quote.instrument, view, context)
  }

  public mutating func onBar(
    _ bar: Bar, session: SessionFlags, _ context: borrowing BrokerContext
  ) throws(PluginError) {
    guard let low = Price(bar.low), let high = Price(bar.high), low > .zero, low <= high else {
      throw PluginError(.invalid, "bar: expected 0 < low <= high, found \(bar.low), \(bar.high)")
    }
    try work(bar.instrument, .bar(bar.end, low: low, high: high, isLast: session.contains(.last)), context)
  }
}

// MARK: - The edge

extension WholeFillVenue {
  private mutating func work(
    _ instrument: InstrumentID, _ market: MarketView, _ context: borrowing BrokerContext
  ) throws(PluginError) {
    try checkWhole()
    guard instrument.index < symbols.count else {
      throw PluginError(.invalid, "unknown instrument \(instrument.index)")
    }
    guard let seen = book.holdings[Int(instrument.index)].seen[market.cause], market.time <= seen else {
      return try settle(book.work(instrument, market), context)
    }
    // What was processed before changes nothing, and tells the same again.
    for happening in book.happenings where happening.cause == market.cause && happening.time == market.time {
      if book.orders[happening.order].instrument == instrument { tell(happening, context) }
    }
  }

  /// Whether everything the venue must understand about a request is understood; never a guess.
  private func understand(_ request: OrderRequest) throws(PluginError) {
    let id = request.clientOrderID
    guard [.market, .limit, .stop].contains(request.type), [.day, .gtc, .opg].contains(request.timeInForce),
      request.takeProfitPrice == nil, request.stopLossPrice == nil
    else {
      throw PluginError(
        .unsupported, "order \(id): expected a market, limit or stop order of day, gtc or opg without a bracket")
    }
    let needsPrice =
      request.type == .limit && request.limitPrice == nil || request.type == .stop && request.stopPrice == nil
    guard !needsPrice else { throw PluginError(.invalid, "order \(id): expected a price, found none") }
    let isPlain = "\(id)\(request.ocoGroup)".utf8.allSatisfy { (33...126).contains($0) }
    guard isPlain else { throw PluginError(.invalid, "order \(id): expected ids of printable ASCII") }
  }

  /// Saves what a call changed, then tells it. After a failure nothing is told and nothing more is done.
  private mutating func settle(_ fits: Bool, _ context: borrowing BrokerContext) throws(PluginError) {
    guard fits else {
      broken = PluginError(.fault, "an amount beyond 9.2e9")
      throw broken!
    }
    let new = book.happenings[saved...]
    guard !new.isEmpty else { return }
    do throws(PluginError) {
      for (place, happening) in zip(new.indices, new) {
        let order = book.orders[happening.order]
        try state.put(Record.key("o", happening.order), order.record(symbol: symbols[Int(order.instrument.index)]))
        try state.put(Record.key("h", place), happening.record)
      }
      try state.commit()
    } catch {
      broken = PluginError(
        .fault, "the account could not be saved (\(error)); start again once the state can be written")
      throw broken!
    }
    saved = book.happenings.count
    for happening in new { tell(happening, context) }
  }

  private func tell(_ happening: Happening, _ context: borrowing BrokerContext) {
    let order = book.orders[happening.order]
    let isFill = happening.kind == .fill
    context.report(
      OrderReport(
        happening.kind, reportID: ShortText("\(order.id)/\(happening.ordinal)") ?? order.shortened(happening.ordinal),
        clientOrderID: order.id, venueOrderID: order.id, instrument: order.instrument, side: order.side,
        type: order.type,
        time: happening.time, quantity: happening.quantity, price: happening.price, feeNanos: happening.fee,
        // Orders fill whole.
        cumulative: isFill ? happening.quantity : .zero, stopPrice: happening.stopPrice, reason: happening.reason))
  }

  private func working(_ id: ShortText) throws(PluginError) -> Int {
    try checkWhole()
    guard let place = book.place(of: id), book.orders[place].isWorking else {
      throw PluginError(.notFound, "order \(id): no such working order")
    }
    return place
  }

  private func checkWhole() throws(PluginError) {
    if let broken { throw broken }
  }

  private func unusable(_ what: String) -> PluginError {
    PluginError(
      .configuration,
      "the saved account cannot be used (\(what)): expected whole records of instruments of this session; name the same "
        + "symbols as before, or remove the state of this plugin")
  }
}

extension Order {
  /// The id of a report where the order's own leaves no room: its last characters, which tell orders apart.
  fileprivate func shortened(_ ordinal: Int) -> ShortText { ShortText("\("\(id)".suffix(36))/\(ordinal)") ?? id }
}
