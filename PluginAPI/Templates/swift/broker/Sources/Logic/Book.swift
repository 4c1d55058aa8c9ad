import PluginSDK
import TradingTypes

/// One order at the venue.
struct Order: Equatable {
  let id: ShortText
  let ocoGroup: ShortText
  let instrument: InstrumentID
  let side: Side
  let type: OrderType
  let timeInForce: TimeInForce
  let createdAt: Timestamp
  var quantity: Quantity
  var limitPrice: Price?
  var stopPrice: Price?
  var isWorking = true
  var reports = 0
}

/// What made something happen; a quote or bar that is offered again finds by it what it caused before.
enum Cause: Int { case host, quote, bar }

/// One thing that happened to an order.
struct Happening: Equatable {
  let order: Int
  let ordinal: Int
  let kind: OrderReport.Kind
  let cause: Cause
  let time: Timestamp
  let quantity: Quantity
  var price: Price?
  var fee = Int64(0)
  var stopPrice: Price?
  var reason = ""
}

/// What the market shows: a quote, or the range of a bar.
enum MarketView {
  case quote(Timestamp, bid: Price, ask: Price, isFirst: Bool)
  case bar(Timestamp, low: Price, high: Price, isLast: Bool)

  var time: Timestamp {
    switch self {
    case .quote(let time, _, _, _), .bar(let time, _, _, _): time
    }
  }

  var cause: Cause { if case .quote = self { .quote } else { .bar } }
}

/// What is held of an instrument, and what was paid for it.
struct Held {
  var isForeign = false
  var position = Quantity.zero
  var cost = Int64(0)
  var seen: [Cause: Timestamp] = [:]
  var market: MarketView?
}

/// What the venue remembers; cash and positions follow from the fills among its happenings. The rules are in `Book+Rules`.
struct Book {
  let currency: Currency
  /// Fee of a fill as a fraction of its value, in billionths.
  let feeRate: Int64
  var cash: Money
  var orders: [Order] = []
  var happenings: [Happening] = []
  var holdings: [Held]
  private var places: [ShortText: Int] = [:]

  init(cash: Money, feeRate: Int64, foreign: [Bool]) {
    (currency, self.feeRate, self.cash) = (cash.currency, feeRate, cash)
    holdings = foreign.map { Held(isForeign: $0) }
  }

  /// Where an order lies; `nil`: the venue never had it.
  func place(of id: ShortText) -> Int? { places[id] }

  /// Adds an order and answers where it lies.
  mutating func add(_ order: Order) -> Int {
    places[order.id] = orders.count
    orders.append(order)
    return orders.count - 1
  }

  /// Notes what happened; everything but an acceptance and a change ends the order.
  mutating func note(
    _ kind: OrderReport.Kind, _ place: Int, _ cause: Cause, at time: Timestamp, price: Price? = nil, fee: Int64 = 0,
    reason: String = ""
  ) {
    orders[place].reports += 1
    happenings.append(
      Happening(
        order: place, ordinal: orders[place].reports, kind: kind, cause: cause, time: time,
        quantity: orders[place].quantity, price: price, fee: fee, stopPrice: orders[place].stopPrice, reason: reason))
    if ![.accepted, .replaced, .triggered].contains(kind) { orders[place].isWorking = false }
  }

  /// Books a fill; `false`: an amount does not fit.
  mutating func settle(_ fill: Happening) -> Bool {
    let order = orders[fill.order]
    let held = holdings[Int(order.instrument.index)]
    guard let price = fill.price,
      let value = Money.notional(price, fill.quantity, currency, rounded: order.side == .buy ? .up : .down),
      let fee = value.adding(Money(nanos: order.side == .buy ? fill.fee : -fill.fee, currency: currency))
    else { return false }
    var next = held
    if order.side == .buy {
      guard let rest = cash.subtracting(fee), let position = held.position.adding(fill.quantity) else { return false }
      let (cost, overflow) = held.cost.addingReportingOverflow(value.nanos)
      guard !overflow else { return false }
      (cash, next.position, next.cost) = (rest, position, cost)
    } else {
      guard let rest = cash.adding(fee), let position = held.position.subtracting(fill.quantity) else { return false }
      next.cost =
        held.position > .zero
        ? Int64(Int128(held.cost) * Int128(position.nanos) / Int128(held.position.nanos)) : 0
      (cash, next.position) = (rest, position)
    }
    holdings[Int(order.instrument.index)] = next
    return true
  }
}
