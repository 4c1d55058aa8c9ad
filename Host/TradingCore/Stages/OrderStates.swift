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
      if effects.keeps(.decisions), let decision = orders[number].decision(reason) {
        note(decision, order: number, &effects)
      }
      if next.isUnknown {
        effects.notify(Announcement.unknown(symbol(orders[number].instrument), orders.clientOrderID(number), now))
      }
      if next.isFinal { ended(number, position: positionIndex(orders[number].position), &effects) }
    } catch {
      illegal(number, "\(event) in state \(orders[number].state.name)", &effects)
    }
  }

  mutating func illegal(_ number: OrderNumber, _ what: String, _ effects: inout EffectBuffer) {
    note(.illegalReport(kind: what), order: number, &effects)
    if !orders[number].state.isFinal, !orders[number].isUnknown {
      change(number, to: .unknown(filled: orders[number].filled), what, &effects)
    } else if orders[number].state.isFinal {
      // Something happened to an order that had ended: what is really held is not known.
      instruments[Int(orders[number].instrument.index)].blocks += 1
    }
    effects.notify(Announcement.unknown(symbol(orders[number].instrument), orders.clientOrderID(number), now))
  }

  @inline(__always)
  mutating func change(
    _ number: OrderNumber, to state: OrderState, _ reason: String, _ effects: inout EffectBuffer
  ) {
    let move = orders.move(number, to: state)
    let slot = Int(move.instrument.index)
    if move.open != 0 { instruments[slot].openOrders += move.open }
    // While an outcome is unknown the symbol is blocked.
    if move.unknown != 0 { instruments[slot].blocks += move.unknown }
    if move.released > 0 {
      reserved = reserved.subtracting(Money(nanos: move.released, currency: reserved.currency)) ?? reserved
    }
    record(number, reason, &effects)
  }

  @inline(__always)
  mutating func record(_ number: OrderNumber, _ reason: String, _ effects: inout EffectBuffer) {
    effects.record(
      .orders,
      .order(
        OrderRecord(
          number: number, time: now, state: orders[number].state, quantity: orders[number].quantity,
          stopPrice: orders[number].stopPrice, reason: reason)))
  }

  /// What follows when an order has ended.
  mutating func ended(_ number: OrderNumber, position index: Int?, _ effects: inout EffectBuffer) {
    let state = orders[number].state
    switch orders[number].purpose {
    case .entry: endEntry(number, index, &effects)
    case .stop:
      if let index, positions[index].stopOrder == number {
        positions[index].stopOrder = nil
        if state == .rejected { stopRefused(index, &effects) }
      }
    case .target:
      if let index, positions[index].targetOrder == number {
        positions[index].targetOrder = nil
        if state == .rejected { targetRefused(index) }
      }
    case .exit:
      if let index, positions[index].exitOrder == number {
        positions[index].exitOrder = nil
        if state != .filled, !positions[index].hasEnded { step(index, .exitEndedUnfilled) }
      }
      endSignal(orders[number].signal, state == .filled ? .complete : .fail, state, &effects)
    }
  }

  private mutating func endEntry(_ number: OrderNumber, _ index: Int?, _ effects: inout EffectBuffer) {
    let gotSome = orders[number].filled > .zero
    endSignal(orders[number].signal, gotSome ? .complete : .fail, orders[number].state, &effects)
    guard !gotSome, let index, positions[index].bought == .zero else { return }
    step(index, .entryEndedUnfilled)
    record(position: index, &effects)
  }

  private mutating func endSignal(
    _ number: SignalNumber, _ event: SignalState.Event, _ state: OrderState, _ effects: inout EffectBuffer
  ) {
    for index in signals.indices where signals[index].number == number && signals[index].state == .executing {
      return move(index, event, state.name, &effects)
    }
  }
}

extension Order {
  var isUnknown: Bool { state.isUnknown }

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
