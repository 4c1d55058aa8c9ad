import PluginSDK
import TradingTypes

extension Book {
  /// Works on the orders of an instrument: stops first, so that a bar through both legs of a pair fills the stop. What is
  /// for the day only, and was there before, ends with the session's last bar. `false`: an amount does not fit.
  mutating func work(_ instrument: InstrumentID, _ market: MarketView) -> Bool {
    for stopsAreDue in [true, false] {
      for place in orders.indices where orders[place].isWorking && orders[place].instrument == instrument {
        guard (orders[place].type == .stop) == stopsAreDue else { continue }
        guard tryToFill(place, market, market.cause) else { return false }
      }
    }
    if case .bar(let time, _, _, true) = market {
      for place in orders.indices where orders[place].isWorking && orders[place].instrument == instrument {
        guard orders[place].timeInForce != .gtc, orders[place].createdAt < time else { continue }
        note(.expired, place, .bar, at: time, reason: "day_is_over")
      }
    }
    holdings[Int(instrument.index)].seen[market.cause] = market.time
    holdings[Int(instrument.index)].market = market
    return true
  }

  /// Fills one working order if the market allows it. A bar works only on orders from before its end.
  mutating func tryToFill(_ place: Int, _ market: MarketView, _ cause: Cause) -> Bool {
    let order = orders[place]
    switch market {
    case .quote(let time, let bid, let ask, let isFirst):
      guard order.createdAt <= time, isFirst || order.timeInForce != .opg else { return true }
      // A quote beyond the limit is the better price, one beyond the stop the worse: a gap.
      let price = order.side == .buy ? ask : bid
      return order.isTouched(low: price, high: price) ? fill(place, at: price, time, cause) : true
    case .bar(let time, let low, let high, _):
      guard order.createdAt < time, order.timeInForce != .opg, order.type != .market,
        order.isTouched(low: low, high: high), let price = order.limitPrice ?? order.stopPrice
      else { return true }
      return fill(place, at: price, time, cause)
    }
  }

  /// Fills an order whole at a price, or cancels it where the account does not allow that.
  private mutating func fill(_ place: Int, at price: Price, _ time: Timestamp, _ cause: Cause) -> Bool {
    let order = orders[place]
    let value = Money.notional(price, order.quantity, currency, rounded: order.side == .buy ? .up : .down)
    let fee = value?.scaled(byNanos: feeRate, rounded: .up)
    let total = fee.flatMap { value?.adding($0) }
    let isAffordable = total.map { order.side == .sell || $0.nanos <= cash.nanos } ?? false
    guard isAffordable else {
      note(.cancelled, place, cause, at: time, reason: "not_enough_cash")
      return true
    }
    if order.side == .sell, order.quantity > holdings[Int(order.instrument.index)].position {
      note(.cancelled, place, cause, at: time, reason: "more_than_held")
      return true
    }
    if order.type == .stop { note(.triggered, place, cause, at: time) }
    note(.fill, place, cause, at: time, price: price, fee: fee?.nanos ?? 0)
    guard settle(happenings[happenings.count - 1]) else { return false }
    guard !order.ocoGroup.isEmpty else { return true }
    for other in orders.indices where orders[other].isWorking && orders[other].ocoGroup == order.ocoGroup {
      // What one fills, the others of its group shrink by.
      if let rest = orders[other].quantity.subtracting(order.quantity), rest > .zero {
        orders[other].quantity = rest
        note(.replaced, other, cause, at: time, reason: "oco")
      } else {
        note(.cancelled, other, cause, at: time, reason: "oco")
      }
    }
    return true
  }

  /// Cash that working limit and stop orders to buy do not need.
  var buyingPower: Money {
    orders.reduce(cash) { rest, order in
      guard order.isWorking, order.side == .buy, let price = order.limitPrice ?? order.stopPrice else { return rest }
      let value = Money.notional(price, order.quantity, currency, rounded: .up)
      guard let left = value.flatMap({ rest.subtracting($0) }), left.nanos > 0 else { return .zero(currency) }
      return left
    }
  }
}

extension Order {
  /// Whether a market that trades from low to high reaches the order; a market order is always reached.
  fileprivate func isTouched(low: Price, high: Price) -> Bool {
    if let limitPrice { return side == .buy ? low <= limitPrice : high >= limitPrice }
    if let stopPrice { return side == .buy ? high >= stopPrice : low <= stopPrice }
    return true
  }
}
