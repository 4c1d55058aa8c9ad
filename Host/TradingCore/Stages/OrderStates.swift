import TradingTypes

// Moves of orders, and what the end of an order means for its signal and position.
extension Core {
  /// Moves an order; a move that is not legal changes nothing, is recorded and blocks the symbol.
  mutating func advance(
    _ number: OrderNumber, _ event: OrderState.Event, _ reason: String, _ effects: inout EffectBuffer
  ) {
    do {
      let next = try orders[number].state.after(event, ordered: orders[number].quantity)
      change(number, to: next, reason, &effects)
      if let decision = orders[number].decision(reason) {
        note(
          .order, decision, instrument: orders[number].instrument, signal: orders[number].signal, order: number,
          &effects)
      }
      if orders[number].isUnknown {
        effects.notify(Announcement.unknown(symbol(orders[number].instrument), clientOrderID(number), now))
      }
      ended(number, &effects)
    } catch {
      illegal(number, "\(event) in state \(orders[number].state.name)", &effects)
    }
  }

  mutating func illegal(_ number: OrderNumber, _ what: String, _ effects: inout EffectBuffer) {
    note(
      .order, .illegalReport(kind: what), instrument: orders[number].instrument, signal: orders[number].signal,
      order: number, &effects)
    if !orders[number].state.isFinal, !orders[number].isUnknown {
      change(number, to: .unknown(filled: orders[number].filled), what, &effects)
    } else if orders[number].state.isFinal {
      // Something happened to an order that had ended: what is really held is not known.
      instruments[Int(orders[number].instrument.index)].blocks += 1
    }
    effects.notify(Announcement.unknown(symbol(orders[number].instrument), clientOrderID(number), now))
  }

  mutating func change(
    _ number: OrderNumber, to state: OrderState, _ reason: String, _ effects: inout EffectBuffer
  ) {
    let wasUnknown = orders[number].isUnknown
    let wasOpen = !orders[number].state.isFinal
    orders.move(number, to: state)
    if wasOpen, state.isFinal { instruments[Int(orders[number].instrument.index)].openOrders -= 1 }
    // While an outcome is unknown the symbol is blocked.
    let change = (orders[number].isUnknown ? 1 : 0) - (wasUnknown ? 1 : 0)
    instruments[Int(orders[number].instrument.index)].blocks += change
    release(number)
    record(number, reason, &effects)
  }

  mutating func record(_ number: OrderNumber, _ reason: String, _ effects: inout EffectBuffer) {
    guard effects.keeps(.orders) else { return }
    let order = orders[number]
    effects.record(
      .orders,
      .order(
        OrderRecord(
          number: number, time: now, state: order.state, quantity: order.quantity, stopPrice: order.stopPrice,
          reason: reason)))
  }

  /// Gives back the cash an entry no longer needs.
  private mutating func release(_ number: OrderNumber) {
    let order = orders[number]
    guard order.reserved.nanos > 0 else { return }
    let whole = max(order.quantity.nanos, 1)
    let share = Int128(order.reservedAtStart.nanos) * Int128(order.remaining.nanos)
    let kept = Money(
      nanos: Int64(clamping: (share + Int128(whole) - 1) / Int128(whole)), currency: order.reserved.currency)
    guard let released = order.reserved.subtracting(kept), released.nanos > 0 else { return }
    reserved = reserved.subtracting(released) ?? reserved
    orders[number].reserved = kept
  }

  /// What follows when an order has ended.
  mutating func ended(_ number: OrderNumber, _ effects: inout EffectBuffer) {
    let order = orders[number]
    guard order.state.isFinal else { return }
    let index = positionIndex(order.position)
    switch order.purpose {
    case .entry: endEntry(order, index, &effects)
    case .stop:
      if let index, positions[index].stopOrder == number {
        positions[index].stopOrder = nil
        if order.state == .rejected { stopRefused(index, &effects) }
      }
    case .target:
      if let index, positions[index].targetOrder == number {
        positions[index].targetOrder = nil
        if order.state == .rejected { targetRefused(index) }
      }
    case .exit:
      if let index, positions[index].exitOrder == number {
        positions[index].exitOrder = nil
        if order.state != .filled, !positions[index].hasEnded { step(index, .exitEndedUnfilled) }
      }
      endSignal(order.signal, order.state == .filled ? .complete : .fail, order.state.name, &effects)
    }
  }

  private mutating func endEntry(_ order: Order, _ index: Int?, _ effects: inout EffectBuffer) {
    let gotSome = order.filled > .zero
    endSignal(order.signal, gotSome ? .complete : .fail, order.state.name, &effects)
    guard !gotSome, let index, positions[index].bought == .zero else { return }
    step(index, .entryEndedUnfilled)
    record(position: index, &effects)
  }

  private mutating func endSignal(
    _ number: SignalNumber, _ event: SignalState.Event, _ code: String, _ effects: inout EffectBuffer
  ) {
    guard let index = signals.indices.first(where: { signals[$0].number == number && signals[$0].state == .executing })
    else { return }
    move(signals[index], event, code, &effects)
  }
}

extension Order {
  var isUnknown: Bool { if case .unknown = state { true } else { false } }

  /// What a move is called in the chain of decisions; fills say it themselves.
  func decision(_ reason: String) -> Decision? {
    switch state {
    case .working: .accepted
    case .rejected: .orderRejected(reason: reason)
    case .cancelled: .orderCancelled(reason: reason)
    case .expired: .orderExpired(reason: reason)
    case .unknown: .outcomeUnknown
    default: nil
    }
  }
}
