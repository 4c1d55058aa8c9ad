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
  public mutating func place(_ request: OrderRequest, into told: inout Told) -> Placement {
    detach()
    let fingerprint = request.fingerprint
    let hash = OrderIndex.hash(request.clientOrderID)
    if let known = index.find(request.clientOrderID, hash, in: orders) {
      guard orders[known].fingerprint == fingerprint else { return .conflicting }
      tellPlacement(of: known, into: &told)
      return orders[known].state == .rejected ? .refused : .taken
    }
    if !remembersAll, orders.count >= mostOrders { forgetOld() }
    beginCall()
    let n = orders.count
    orders.append(
      Order(
        id: request.clientOrderID, hash: hash, number: nextNumber(), fingerprint: fingerprint,
        quantity: request.quantity.nanos,
        instrument: request.instrument.index, side: request.side, type: request.type,
        timeInForce: request.timeInForce, state: .working))
    index.insertLast(of: orders)
    let b = Int(request.instrument.index)
    moment.cause = .request
    moment.time = max(request.createdAt.nanoseconds, b < books.count ? books[b].lastEvent : .min)
    moment.since = moment.time
    do throws(Refusal) {
      if request.isPlain {
        let reserved = try checkPlain(request)
        start(n, Resting(acceptedAt: moment.time, reserved: reserved, session: books[b].sessionOfNewOrders))
      } else {
        var terms = Resting(acceptedAt: moment.time)
        try check(request, &terms)
        bring(&terms, n)
        start(n, terms)
      }
      log(.accepted, n)
    } catch {
      orders[n].state = .rejected
      log(.rejected, n, reason: error.reason, first: error.expected, second: error.found)
      tellCall(into: &told)
      return .refused
    }
    if books[b].last != 0 {
      meetPresentQuote(b)
      workAtPrice(n)
      endImmediate(n)
      sweep(b)
    }
    tellCall(into: &told)
    return .taken
  }

  /// Gives an order what else its terms name: its session and its exits.
  @inline(never)
  private mutating func bring(_ terms: inout Resting, _ n: Int) {
    terms.session = books[Int(orders[n].instrument)].sessionOfNewOrders
    if terms.bracket.takeProfit != 0 { terms.bracket.takeProfitChild = addExit(of: n, "-tp", .limit) }
    if terms.bracket.stopLoss != 0 { terms.bracket.stopLossChild = addExit(of: n, "-sl", .stop) }
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
    if let slot = freeSlots.popLast() {
      resting[Int(slot)] = terms
      orders[n].slot = slot
    } else {
      orders[n].slot = UInt32(resting.count)
      resting.append(terms)
    }
    orders[n].state = .working
    enlist(n)
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
