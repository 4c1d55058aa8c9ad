import PluginSDK
import TradingTypes

/// What became of a request to place an order.
public enum Placement: Sendable {
  /// The venue has it, now or since an earlier call.
  case taken
  /// Refused for good, now or in an earlier call; a report has the reason.
  case refused
  /// Another order has this client id; nothing was placed.
  case conflicting
}

extension PaperVenue {
  /// Takes an order, or refuses it for good with a report. An order it already has is told again and not placed.
  ///
  /// While the last event of the instrument is a quote the order meets that price at once; after a bar it waits.
  @inline(__always)
  public mutating func place(_ request: OrderRequest, into told: inout Told) -> Placement {
    detach()
    let hash = OrderIndex.hash(request.clientOrderID)
    var slot = index.slot(of: request.clientOrderID, hash, in: orders)
    if let known = index.order(at: slot) { return placeAgain(request, known, into: &told) }
    if !remembersAll, orders.count >= mostOrders {
      forgetOld()
      slot = index.slot(of: request.clientOrderID, hash, in: orders)
    }
    let n = orders.count
    index.insert(hash, n, at: slot)
    orders.append(
      Order(
        id: request.clientOrderID, hash: hash, number: nextNumber(), fingerprint: request.fingerprint,
        quantity: request.quantity.nanos,
        instrument: request.instrument.index, side: request.side, type: request.type,
        timeInForce: request.timeInForce, state: .working))
    let outcome = placeNew(request, n)
    tellCall(into: &told)
    return outcome
  }

  /// Tells again what became of an order that is placed again; another request under its id is not placed.
  @inline(never)
  private mutating func placeAgain(_ request: OrderRequest, _ n: Int, into told: inout Told) -> Placement {
    guard orders[n].fingerprint == request.fingerprint else { return .conflicting }
    tellPlacement(of: n, into: &told)
    return orders[n].state == .rejected ? .refused : .taken
  }

  /// Decides about an order that was not known.
  @inline(never)
  private mutating func placeNew(_ request: OrderRequest, _ n: Int) -> Placement {
    let b = Int(request.instrument.index)
    beginCall()
    moment.cause = .request
    moment.time = max(request.createdAt.nanoseconds, b < books.count ? books[b].lastEvent : .min)
    moment.since = moment.time
    do throws(Refusal) {
      if request.isPlain {
        let reserved = try checkPlain(request)
        start(n, Resting(acceptedAt: moment.time, reserved: reserved, session: books[b].sessionOfNewOrders))
      } else {
        try startWithTerms(request, n)
      }
    } catch {
      refuse(n, error)
      return .refused
    }
    log(.accepted, n)
    if books[b].last != 0 { meetPresentQuote(b, n) }
    return .taken
  }

  /// Makes an order work that names more than a plain one: prices, a group or exits.
  @inline(never)
  private mutating func startWithTerms(_ request: OrderRequest, _ n: Int) throws(Refusal) {
    var terms = Resting(acceptedAt: moment.time)
    try check(request, &terms)
    terms.session = books[Int(orders[n].instrument)].sessionOfNewOrders
    if terms.bracket.takeProfit != 0 { terms.bracket.takeProfitChild = addExit(of: n, "-tp", .limit) }
    if terms.bracket.stopLoss != 0 { terms.bracket.stopLossChild = addExit(of: n, "-sl", .stop) }
    start(n, terms)
  }

  @inline(never)
  private mutating func refuse(_ n: Int, _ refusal: Refusal) {
    orders[n].state = .rejected
    log(.rejected, n, reason: refusal.reason, first: refusal.expected, second: refusal.found)
  }

  /// Lets a new order meet the present quote.
  @inline(never)
  private mutating func meetPresentQuote(_ b: Int, _ n: Int) {
    meetPresentQuote(b)
    workAtPrice(n)
    endImmediate(n)
    sweep(b)
  }

  @inline(__always)
  private mutating func nextNumber() -> UInt32 {
    orderCount += 1
    return orderCount
  }

  /// Makes an order work, its cash held back.
  @inline(__always)
  mutating func start(_ n: Int, _ terms: Resting) {
    reservedNanos += terms.reserved
    let order = orders.address(n)
    if let slot = freeSlots.popLast() {
      resting[Int(slot)] = terms
      order.pointee.slot = slot
    } else {
      order.pointee.slot = UInt32(resting.count)
      resting.append(terms)
    }
    order.pointee.state = .working
    enlist(n, order)
  }

  /// Keeps a place for an exit of a bracket, so that its id is taken from the entry's acceptance on.
  @inline(never)
  private mutating func addExit(of parent: Int, _ suffix: StaticString, _ type: OrderType) -> UInt32 {
    // `check` has seen that it fits.
    let id = orders[parent].id.appending(suffix)!
    orders.append(
      Order(
        id: id, hash: OrderIndex.hash(id), number: nextNumber(), fingerprint: 0, quantity: 0,
        instrument: orders[parent].instrument, side: orders[parent].side.opposite,
        type: type, timeInForce: .gtc, state: .awaiting))
    index.insertLast(of: orders)
    return UInt32(orders.count - 1)
  }
}
