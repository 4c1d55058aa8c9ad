import PluginSDK
import TradingTypes

/// What became of a request to change an order.
public enum Change: Sendable {
  /// Done; its reports were told.
  case done
  /// Refused for good, with a line that says why; the order works on unchanged.
  case refused(String)
  /// No such working order.
  case notFound
}

extension PaperVenue {
  /// Cancels a working order. Of one that has ended its end is told again; when a request cancelled it, that is done.
  public mutating func cancel(_ id: ShortText, now: Timestamp, into told: inout Told) -> Change {
    detach()
    guard let n = index.find(id, in: orders) else { return .notFound }
    guard orders[n].isWorking else {
      guard orders[n].lastReport != LoggedReport.none else { return .notFound }
      told.others.append(orders[n].lastReport)
      return reports[Int(orders[n].lastReport)].reason == .cancelRequested ? .done : .notFound
    }
    beginChange(n, now)
    close(n, .cancelled, .cancelRequested)
    sweep(Int(orders[n].instrument))
    tellCall(into: &told)
    return .done
  }

  /// Changes total quantity and prices of a working order; `nil` keeps a price. The changed order meets the present
  /// price like a new one. A change that is already made is told again, also when it has filled the order since.
  public mutating func replace(
    _ id: ShortText, quantity: Quantity, limitPrice: Price?, stopPrice: Price?, now: Timestamp,
    into told: inout Told
  ) -> Change {
    detach()
    guard let n = index.find(id, in: orders) else { return .notFound }
    guard orders[n].isWorking else {
      tellLastChange(of: n, into: &told)
      return .notFound
    }
    let slot = Int(orders[n].slot)
    var terms = resting[slot]
    terms.limit = limitPrice?.nanos ?? terms.limit
    terms.stop = stopPrice?.nanos ?? terms.stop
    if quantity.nanos == orders[n].quantity, terms.limit == resting[slot].limit, terms.stop == resting[slot].stop {
      tellLastChange(of: n, into: &told)
      return .done
    }
    do throws(Refusal) {
      try check(n, quantity.nanos, &terms, changesLimit: limitPrice != nil, changesStop: stopPrice != nil)
    } catch {
      told.others.append(orders[n].lastReport)
      return .refused(error.reason.text(expected: error.expected, found: error.found))
    }
    beginChange(n, now)
    reservedNanos += terms.reserved - resting[slot].reserved
    resting[slot] = terms
    orders[n].quantity = quantity.nanos
    log(.replaced, n)
    let b = Int(orders[n].instrument)
    if books[b].last != 0 {
      meetPresentQuote(b)
      workAtPrice(n)
      sweep(b)
    }
    tellCall(into: &told)
    return .done
  }

  private mutating func beginChange(_ n: Int, _ now: Timestamp) {
    beginCall()
    moment.cause = .request
    moment.time = max(
      now.nanoseconds, reports[Int(orders[n].lastReport)].time, books[Int(orders[n].instrument)].lastEvent)
    moment.since = moment.time
  }

  private mutating func check(
    _ n: Int, _ quantity: Int64, _ terms: inout Resting, changesLimit: Bool, changesStop: Bool
  ) throws(Refusal) {
    let order = orders[n]
    let b = Int(order.instrument)
    try checkQuantity(quantity, b)
    guard quantity > order.filled else {
      throw Refusal(reason: .quantityAlreadyFilled, expected: order.filled, found: quantity)
    }
    if changesLimit {
      guard order.type == .limit || order.type == .stopLimit else {
        throw Refusal(reason: .priceNotUsed, found: terms.limit)
      }
      try checkPrice(terms.limit, b)
    }
    if changesStop {
      guard order.type != .market, order.type != .limit else {
        throw Refusal(reason: .priceNotUsed, found: terms.stop)
      }
      try checkPrice(terms.stop, b)
      try checkMove(order, from: resting[Int(order.slot)], to: terms.stop)
    }
    switch order.side {
    case .buy:
      terms.reserved = try need(
        of: quantity - order.filled, type: order.type, limit: terms.limit, stop: terms.stop, distance: terms.distance, b
      )
      let free = buyingPowerNanos + resting[Int(order.slot)].reserved
      guard terms.reserved <= free else {
        throw Refusal(reason: .insufficientBuyingPower, expected: free, found: terms.reserved)
      }
    case .sell:
      try checkSale(of: quantity - order.filled, group: terms.group, except: n, b)
    }
  }

  private func checkMove(_ order: Order, from present: Resting, to stop: Int64) throws(Refusal) {
    guard !present.isTriggered else { throw Refusal(reason: .stopAlreadyTriggered) }
    guard order.type == .trailingStop, present.stop != 0 else { return }
    guard order.side == .sell ? stop >= present.stop : stop <= present.stop else {
      throw Refusal(reason: .trailingWouldLoosen, expected: present.stop, found: stop)
    }
  }
}
