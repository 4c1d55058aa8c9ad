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
    let order = orders.address(n)
    let side = order.pointee.side
    let book = books.address(Int(order.pointee.instrument))
    let terms = resting.address(Int(order.pointee.slot))
    let remaining = order.pointee.remaining
    var quantity = min(remaining, moment.volume)
    guard var amount = amount(of: quantity, at: price, side, book) else {
      close(n, .cancelled, .valueOverflow, expected: price, found: quantity)
      return
    }
    let needed = amount.gross + amount.fee
    var available = Int64.max
    if side == .buy {
      available = cashNanos - (reservedNanos - terms.pointee.reserved)
      if needed > available {
        quantity = affordable(available, at: price, step: book.pointee.step)
        amount = self.amount(of: quantity, at: price, .buy, book) ?? Amount()
      }
    }
    if order.pointee.timeInForce == .fok, quantity < remaining {
      close(n, .cancelled, .fillOrKill)
      return
    }
    if quantity > 0 {
      if terms.pointee.isTied {
        fillTied(quantity, amount, at: price, n)
      } else {
        fill(quantity, amount, at: price, n, order, book)
      }
    }
    if needed > available, order.pointee.isWorking {
      close(n, .cancelled, .insufficientBuyingPower, expected: available, found: needed)
    }
  }

  /// Fills an order that hangs together with others, and does to them what that entails.
  @inline(never)
  private mutating func fillTied(_ quantity: Int64, _ amount: Amount, at price: Int64, _ n: Int) {
    let b = Int(orders[n].instrument)
    // Before it fills, for its place may be another's then.
    let terms = resting[Int(orders[n].slot)]
    fill(quantity, amount, at: price, n, orders.address(n), books.address(b))
    if !terms.group.isEmpty { shrink(terms.group, b, except: n, by: quantity) }
    if !terms.bracket.isEmpty { growExits(terms.bracket, of: n, by: quantity, at: price) }
    closeEntryIfOver(terms.parent)
  }

  /// Value and fee of a fill; `nil` when they, or cash or position after it, would not fit.
  @inline(__always)
  private mutating func amount(
    of quantity: Int64, at price: Int64, _ side: Side, _ book: UnsafeMutablePointer<Book>
  ) -> Amount? {
    guard let gross = Exact.value(price, quantity, roundedUp: side == .buy), let fee = settings.fee(on: gross),
      !gross.addingReportingOverflow(fee).overflow,
      side == .buy
        ? !book.pointee.position.addingReportingOverflow(quantity).overflow
        : !cashNanos.addingReportingOverflow(gross).overflow
    else { return nil }
    return Amount(gross: gross, fee: fee)
  }

  /// The largest quantity that cash pays for, fee included.
  @inline(never)
  private mutating func affordable(_ cash: Int64, at price: Int64, step: Int64) -> Int64 {
    // Value and fee are each rounded up to a billionth; two billionths aside pay for that.
    guard cash > 2, let unit = Exact.scaled(price, by: Exact.one + settings.feeNanos, over: Exact.one, roundedUp: true)
    else { return 0 }
    return Exact.floor(Exact.scaled(cash - 2, by: Exact.one, over: unit, roundedUp: false) ?? 0, to: step)
  }

  /// Moves cash and position, and reports the fill.
  @inline(never)
  private mutating func fill(
    _ quantity: Int64, _ amount: Amount, at price: Int64, _ n: Int, _ order: UnsafeMutablePointer<Order>,
    _ book: UnsafeMutablePointer<Book>
  ) {
    if order.pointee.side == .buy {
      cashNanos -= amount.gross + amount.fee
      book.pointee.averagePrice = Exact.average(
        book.pointee.averagePrice, of: book.pointee.position, with: price, of: quantity)
      book.pointee.position += quantity
    } else {
      cashNanos += amount.gross - amount.fee
      book.pointee.position -= quantity
      if book.pointee.position == 0 { book.pointee.averagePrice = 0 }
    }
    if moment.volume != .max { moment.volume -= quantity }
    book.pointee.used = min(book.pointee.used, .max - quantity) + quantity
    let before = order.pointee.remaining
    order.pointee.filled += quantity
    append(.fill, n, order, reason: .none, quantity: quantity, first: price, second: amount.fee)
    if before == quantity {
      finish(order, .filled)
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
    finish(orders.address(n), state)
  }

  @inline(__always)
  private mutating func finish(_ order: UnsafeMutablePointer<Order>, _ state: Order.State) {
    let slot = order.pointee.slot
    let terms = resting.address(Int(slot))
    reservedNanos -= terms.pointee.reserved
    terms.pointee.reserved = 0
    freeSlots.append(slot)
    order.pointee.slot = Order.none
    order.pointee.state = state
  }

  /// Frees the cash that the smaller rest of a buy no longer needs.
  @inline(never)
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
