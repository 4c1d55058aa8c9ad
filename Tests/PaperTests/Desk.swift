import PluginSDK
import TradingTypes

@testable import PaperLogic

/// A venue with one or more instruments, driven in the words of a test and answering in short lines.
struct Desk {
  var venue: PaperVenue
  var time: Int64 = 0
  /// What the last call told.
  var told: [OrderReport] = []

  /// Instruments `0...` with a tick of 0.01 and a step of 1, unless said otherwise.
  init(
    _ settings: PaperSettings = .frictionless, instruments: Int = 1, step: Quantity = Quantity("1")!,
    cash: Price = Price("100000")!
  ) {
    var settings = settings
    settings.cashNanos = cash.nanos
    venue = PaperVenue((0..<instruments).map { Desk.instrument($0, step: step) }, settings: settings)
  }

  static func instrument(_ place: Int, step: Quantity = Quantity("1")!, currency: Currency = .usd) -> Instrument {
    Instrument(
      id: InstrumentID(UInt32(place)), symbol: "S\(place)", currency: currency, market: .equity, exchange: "XNYS",
      tick: Price("0.01")!, step: step, barSeconds: 86_400)
  }

  // MARK: Requests

  @discardableResult
  mutating func place(_ request: OrderRequest) -> [String] {
    var request = request
    request.createdAt = Timestamp(nanoseconds: time)
    var places = Told()
    outcome = venue.place(request, into: &places)
    return tell(places.places)
  }

  /// How the last placement ended.
  var outcome = Placement.taken

  @discardableResult
  mutating func cancel(_ id: ShortText) -> [String] {
    var places = Told()
    change = venue.cancel(id, now: Timestamp(nanoseconds: time), into: &places)
    return tell(places.places)
  }

  @discardableResult
  mutating func replace(_ id: ShortText, _ quantity: String, limit: String? = nil, stop: String? = nil) -> [String] {
    var places = Told()
    change = venue.replace(
      id, quantity: Quantity(quantity)!, limitPrice: limit.map { Price($0)! }, stopPrice: stop.map { Price($0)! },
      now: Timestamp(nanoseconds: time), into: &places)
    return tell(places.places)
  }

  /// How the last change ended.
  var change = Change.done

  // MARK: Market

  @discardableResult
  mutating func quote(
    _ last: String, bid: String? = nil, ask: String? = nil, _ session: SessionFlags = [], instrument: UInt32 = 0
  ) -> [String] {
    time += 1
    return offer(
      Quote(
        instrument: InstrumentID(instrument), time: Timestamp(nanoseconds: time), last: Price(last)!,
        bid: bid.map { Price($0)! }, ask: ask.map { Price($0)! }, session: session))
  }

  @discardableResult
  mutating func offer(_ quote: Quote) -> [String] {
    var places = Told()
    isUsable = venue.onQuote(quote, into: &places)
    return tell(places.places)
  }

  /// A session's open: a quote flagged as the first.
  @discardableResult
  mutating func open(_ last: String) -> [String] { quote(last, .first) }

  /// A whole session's bar.
  @discardableResult
  mutating func bar(
    _ open: Double, _ high: Double, _ low: Double, _ close: Double, volume: Double = 1000,
    _ session: SessionFlags = [.first, .last], instrument: UInt32 = 0
  ) -> [String] {
    time += 1
    return offer(
      Bar(
        start: Timestamp(nanoseconds: time - 1), end: Timestamp(nanoseconds: time), open: open, high: high, low: low,
        close: close, volume: volume, instrument: InstrumentID(instrument)), session)
  }

  @discardableResult
  mutating func offer(_ bar: Bar, _ session: SessionFlags) -> [String] {
    var places = Told()
    isUsable = venue.onBar(bar, session: session, into: &places)
    return tell(places.places)
  }

  /// Whether the last quote or bar was usable.
  var isUsable = true

  /// Buys at a quote, to have something to sell.
  mutating func hold(_ quantity: String, at price: String, instrument: UInt32 = 0) {
    quote(price, .first, instrument: instrument)
    place(.market(.buy, quantity, "hold-\(venue.orders.count)", instrument: instrument))
  }

  private mutating func tell(_ places: [UInt32]) -> [String] {
    told = places.map { venue.report(at: $0) }
    return told.map(\.line)
  }

  /// Does a step of a scenario.
  mutating func run(_ step: Step) {
    var places = Told()
    switch step {
    case .quote(let quote): isUsable = venue.onQuote(quote, into: &places)
    case .bar(let bar, let session): isUsable = venue.onBar(bar, session: session, into: &places)
    case .place(let request): outcome = venue.place(request, into: &places)
    case .cancel(let id): change = venue.cancel(id, now: Timestamp(nanoseconds: 0), into: &places)
    case .replace(let id, let quantity, let limit, let stop):
      change = venue.replace(
        id, quantity: quantity, limitPrice: limit, stopPrice: stop, now: Timestamp(nanoseconds: 0), into: &places)
    }
    told = places.places.map { venue.report(at: $0) }
  }

  // MARK: State

  var cash: String { Price(nanos: venue.cashNanos).description }
  var buyingPower: String { Price(nanos: venue.buyingPowerNanos).description }
  func position(_ instrument: Int = 0) -> String { Quantity(nanos: venue.books[instrument].position).description }
  /// Ids of the working orders with what is left of each.
  var working: [String] {
    venue.books.indices.flatMap { venue.working($0) }.map {
      "\(venue.orders[Int($0)].id) \(Quantity(nanos: venue.orders[Int($0)].remaining))"
    }
  }
}

extension OrderReport {
  /// `a fill 100@10.5`, `b cancelled oco_filled`, `c replaced 50 stop 9`.
  var line: String {
    var line = "\(clientOrderID) \(kind)"
    switch kind {
    case .fill: line += " \(quantity)@\(price?.description ?? "none")"
    case .replaced: line += " \(quantity)" + (stopPrice.map { " stop \($0)" } ?? "")
    case .cancelled, .rejected, .expired: line += " \(reason.prefix { $0 != ":" })"
    case .accepted, .triggered: break
    }
    return line
  }
}

extension OrderRequest {
  static func make(
    _ type: OrderType, _ side: Side, _ quantity: String, _ id: String, _ timeInForce: TimeInForce = .gtc,
    limit: String? = nil, stop: String? = nil, distance: String? = nil, group: String = "", instrument: UInt32 = 0
  ) -> OrderRequest {
    var request = OrderRequest(
      clientOrderID: ShortText(id)!, instrument: InstrumentID(instrument), side: side, type: type,
      timeInForce: timeInForce, quantity: Quantity(quantity)!, ocoGroup: ShortText(group)!,
      createdAt: Timestamp(nanoseconds: 0))
    request.limitPrice = limit.map { Price($0)! }
    request.stopPrice = stop.map { Price($0)! }
    request.trailingDistance = distance.map { Price($0)! }
    return request
  }

  static func market(
    _ side: Side, _ quantity: String, _ id: String, _ timeInForce: TimeInForce = .day, group: String = "",
    instrument: UInt32 = 0
  ) -> OrderRequest { make(.market, side, quantity, id, timeInForce, group: group, instrument: instrument) }

  static func limit(
    _ side: Side, _ quantity: String, _ id: String, _ price: String, _ timeInForce: TimeInForce = .gtc,
    group: String = ""
  ) -> OrderRequest { make(.limit, side, quantity, id, timeInForce, limit: price, group: group) }

  static func stop(_ side: Side, _ quantity: String, _ id: String, _ price: String, group: String = "") -> OrderRequest
  {
    make(.stop, side, quantity, id, stop: price, group: group)
  }

  func bracket(takeProfit: String? = nil, stopLoss: String? = nil) -> OrderRequest {
    var request = self
    request.takeProfitPrice = takeProfit.map { Price($0)! }
    request.stopLossPrice = stopLoss.map { Price($0)! }
    return request
  }
}
