import PluginSDK
import TradingTypes

/// What a fill moves, in billionths of the currency.
private struct Amount {
  var gross: Int64 = 0
  var fee: Int64 = 0
}

extension PaperVenue {
  /// Fills what volume and cash allow of an order's rest at a price, and does what a fill entails.
  mutating func execute(_ n: Int, at price: Int64) {
    let (side, b, slot) = (orders[n].side, Int(orders[n].instrument), Int(orders[n].slot))
    let remaining = orders[n].remaining
    var quantity = min(remaining, moment.volume)
    guard var amount = amount(of: quantity, at: price, side, b) else {
      close(n, .cancelled, .valueOverflow, expected: price, found: quantity)
      return
    }
    let needed = amount.gross + amount.fee
    var available = Int64.max
    if side == .buy {
      available = cashNanos - (reservedNanos - resting[slot].reserved)
      if needed > available {
        quantity = affordable(available, at: price, step: books[b].step)
        amount = self.amount(of: quantity, at: price, .buy, b) ?? Amount()
      }
    }
    if orders[n].timeInForce == .fok, quantity < remaining {
      close(n, .cancelled, .fillOrKill)
      return
    }
    if quantity > 0 {
      let (group, parent, bracket) = (resting[slot].group, resting[slot].parent, resting[slot].bracket)
      book(quantity, amount, at: price, n, b)
      if !group.isEmpty { shrink(group, b, except: n, by: quantity) }
      if !bracket.isEmpty { growExits(bracket, of: n, by: quantity, at: price) }
      closeEntryIfOver(parent)
    }
    if needed > available, orders[n].isWorking {
      close(n, .cancelled, .insufficientBuyingPower, expected: available, found: needed)
    }
  }

  /// Value and fee of a fill; `nil` when they, or cash or position after it, would not fit.
  @inline(__always)
  private mutating func amount(of quantity: Int64, at price: Int64, _ side: Side, _ b: Int) -> Amount? {
    guard let gross = Exact.value(price, quantity, roundedUp: side == .buy), let fee = settings.fee(on: gross),
      !gross.addingReportingOverflow(fee).overflow,
      side == .buy
        ? !books[b].position.addingReportingOverflow(quantity).overflow
        : !cashNanos.addingReportingOverflow(gross).overflow
    else { return nil }
    return Amount(gross: gross, fee: fee)
  }

  /// The largest quantity that cash pays for, fee included.
  private func affordable(_ cash: Int64, at price: Int64, step: Int64) -> Int64 {
    // Value and fee are each rounded up to a billionth; two billionths aside pay for that.
    guard cash > 2, let unit = Exact.scaled(price, by: Exact.one + settings.feeNanos, over: Exact.one, roundedUp: true)
    else { return 0 }
    return Exact.floor(Exact.scaled(cash - 2, by: Exact.one, over: unit, roundedUp: false) ?? 0, to: step)
  }

  /// Moves cash and position, and reports the fill.
  @inline(__always)
  private mutating func book(_ quantity: Int64, _ amount: Amount, at price: Int64, _ n: Int, _ b: Int) {
    if orders[n].side == .buy {
      cashNanos -= amount.gross + amount.fee
      books[b].averagePrice = Exact.average(
        books[b].averagePrice, of: books[b].position, with: price, of: quantity)
      books[b].position += quantity
    } else {
      cashNanos += amount.gross - amount.fee
      books[b].position -= quantity
      if books[b].position == 0 { books[b].averagePrice = 0 }
    }
    if moment.volume != .max { moment.volume -= quantity }
    books[b].used = min(books[b].used, .max - quantity) + quantity
    let before = orders[n].remaining
    orders[n].filled += quantity
    append(.fill, n, reason: .none, quantity: quantity, first: price, second: amount.fee)
    if orders[n].remaining == 0 {
      finish(n, .filled)
    } else {
      holdLess(n, before: before)
    }
  }

  /// Ends an order and reports why.
  @inline(never)
  mutating func close(
    _ n: Int, _ state: Order.State, _ reason: Reason, expected: Int64 = 0, found: Int64 = 0
  ) {
    log(state == .expired ? .expired : .cancelled, n, reason: reason, first: expected, second: found)
    finish(n, state)
  }

  @inline(__always)
  private mutating func finish(_ n: Int, _ state: Order.State) {
    let slot = orders[n].slot
    reservedNanos -= resting[Int(slot)].reserved
    resting[Int(slot)].reserved = 0
    freeSlots.append(slot)
    orders[n].slot = Order.none
    orders[n].state = state
  }

  /// Frees the cash that the smaller rest of a buy no longer needs.
  private mutating func holdLess(_ n: Int, before: Int64) {
    let slot = Int(orders[n].slot)
    let reserved = resting[slot].reserved
    guard reserved != 0 else { return }
    // Below what was held back, so it fits; and no more than a fill above the expected price has left.
    let share = Exact.scaled(reserved, by: orders[n].remaining, over: before, roundedUp: true)!
    let rest = min(share, max(0, cashNanos - (reservedNanos - reserved)))
    reservedNanos -= reserved - rest
    resting[slot].reserved = rest
  }
}

// MARK: - Orders that hang together

extension PaperVenue {
  /// What one order of an OCO group fills, the others shrink by.
  private mutating func shrink(_ group: ShortText, _ b: Int, except filled: Int, by quantity: Int64) {
    var place = books[b].firstWorking
    while place != Order.none {
      let n = Int(place)
      defer { place = orders[n].nextWorking }
      guard n != filled, orders[n].isWorking, resting[Int(orders[n].slot)].group == group else { continue }
      let before = orders[n].remaining
      if before <= quantity {
        let entry = resting[Int(orders[n].slot)].parent
        close(n, .cancelled, .ocoFilled)
        closeEntryIfOver(entry)
      } else {
        orders[n].quantity -= quantity
        holdLess(n, before: before)
        log(.replaced, n)
      }
    }
  }

  /// The exits of a bracket cover exactly what its entry has filled.
  private mutating func growExits(_ bracket: Bracket, of entry: Int, by quantity: Int64, at price: Int64) {
    growExit(bracket.takeProfitChild, of: entry, by: quantity, limit: bracket.takeProfit, stop: 0)
    growExit(bracket.stopLossChild, of: entry, by: quantity, limit: 0, stop: bracket.stopLoss)
    workExit(bracket.stopLossChild, at: price)
    workExit(bracket.takeProfitChild, at: price)
  }

  private mutating func growExit(_ place: UInt32, of entry: Int, by quantity: Int64, limit: Int64, stop: Int64) {
    guard place != Order.none else { return }
    let n = Int(place)
    switch orders[n].state {
    case .awaiting:
      var terms = Resting(acceptedAt: moment.since)
      terms.group = orders[entry].id
      terms.limit = limit
      terms.stop = stop
      terms.parent = UInt32(entry)
      orders[n].quantity = quantity
      start(n, terms)
      log(.accepted, n)
    case .working:
      orders[n].quantity += quantity
      log(.replaced, n)
    case .filled, .cancelled, .rejected, .expired: break
    }
  }

  private mutating func workExit(_ place: UInt32, at entryPrice: Int64) {
    guard place != Order.none, orders[Int(place)].isWorking else { return }
    if moment.isPrice { workAtPrice(Int(place)) } else { workAfterEntry(Int(place), at: entryPrice) }
  }

  /// Once the exits of a bracket have closed what its entry bought, the rest of the entry would only open it again.
  private mutating func closeEntryIfOver(_ entry: UInt32) {
    guard entry != Order.none, orders[Int(entry)].isWorking else { return }
    let bracket = resting[Int(orders[Int(entry)].slot)].bracket
    guard !isWorking(bracket.takeProfitChild), !isWorking(bracket.stopLossChild) else { return }
    close(Int(entry), .cancelled, .bracketClosed)
  }

  private func isWorking(_ place: UInt32) -> Bool { place != Order.none && orders[Int(place)].isWorking }
}
