import TradingTypes

// Protection follows the filled quantity: never a naked part, never more exits than position.
extension Core {
  /// The stop for a fill price: the distance below it, rounded up to the tick, or the planned stop.
  func stopAtFill(_ proposal: SignalProposal, fill: Price, instrument: InstrumentID) -> Price {
    level(below: fill, by: proposal.stopDistance, else: proposal.stopPrice, instrument)
  }

  func level(below price: Price, by distance: Price, else planned: Price, _ instrument: InstrumentID) -> Price {
    guard distance > .zero, let raw = price.subtracting(distance), raw > .zero else { return planned }
    return raw.rounded(.up, to: configuration.instruments[Int(instrument.index)].tick(at: raw)) ?? planned
  }

  /// Sets stop, target and trailing start again from the average fill.
  mutating func setLevelsFromFill(_ index: Int) {
    let position = positions[index]
    let fill = position.averageEntry
    positions[index].stop = level(
      below: fill, by: position.stopDistance, else: position.stop, position.instrument)
    if position.targetDistance > .zero, let raw = fill.adding(position.targetDistance) {
      let tick = configuration.instruments[Int(position.instrument.index)].tick(at: raw)
      positions[index].target = max(position.target, raw.rounded(.up, to: tick) ?? position.target)
    }
    if position.trailing != nil, position.quantity == position.bought {
      let tick = configuration.instruments[Int(position.instrument.index)].tick(at: fill)
      let planned = positions[index].stop
      positions[index].trailing?.highest = fill
      positions[index].stop = positions[index].trailing?.observe(fill, current: planned, tick: tick) ?? planned
    }
  }

  /// Brings the resting stop and target in line with what is held.
  mutating func protect(_ index: Int, _ effects: inout EffectBuffer) {
    let position = positions[index]
    guard position.quantity > .zero, !position.hasEnded else { return }
    if position.stop > .zero {
      if let number = position.stopOrder {
        adjust(number, index, stop: position.stop, &effects)
      } else {
        let number = orders.nextNumber
        positions[index].stopOrder = number
        place(.stop, number, index, &effects)
      }
    }
    if position.target > .zero {
      if let number = position.targetOrder {
        adjust(number, index, stop: .zero, &effects)
      } else {
        let number = orders.nextNumber
        positions[index].targetOrder = number
        place(.target, number, index, &effects)
      }
    }
  }

  private mutating func place(
    _ purpose: OrderPurpose, _ number: OrderNumber, _ index: Int, _ effects: inout EffectBuffer
  ) {
    let position = positions[index]
    var request = OrderRequest(
      clientOrderID: clientOrderID(number), instrument: position.instrument, side: .sell,
      type: purpose == .stop ? .stop : .limit, timeInForce: .gtc, quantity: position.quantity, createdAt: now)
    request.ocoGroup = ocoGroup(position)
    let reason: ExitReason
    if purpose == .stop {
      request.stopPrice = position.stop
      reason = position.trailing == nil ? .stop : .trailing
    } else {
      request.limitPrice = position.target
      reason = .target
    }
    send(
      request, number, purpose, position: position, signal: position.signal, reserve: .zero(cash.currency),
      exitReason: reason, &effects)
    note(
      .protect, .protected(quantity: position.quantity, stop: request.price), instrument: position.instrument,
      signal: position.signal, order: number, &effects)
  }

  private mutating func adjust(_ number: OrderNumber, _ index: Int, stop: Price, _ effects: inout EffectBuffer) {
    let order = orders[number]
    guard !order.state.isFinal, !order.isUnknown, !order.changeRequested,
      let total = order.filled.adding(positions[index].quantity)
    else { return }
    let moved = stop > .zero && stop != order.stopPrice
    guard total != order.quantity || moved else { return }
    orders[number].changeRequested = true
    effects.append(
      .replace(number, clientOrderID: clientOrderID(number), quantity: total, stopPrice: moved ? stop : .zero))
  }

  func ocoGroup(_ position: Position) -> String { "\(configuration.clientOrderPrefix)p\(position.number)" }

  /// Cancels what still rests for a position that has ended; a venue with OCO has mostly done it already.
  mutating func cancelOrders(of held: Position, _ effects: inout EffectBuffer) {
    for case let number? in [held.stopOrder, held.targetOrder, held.exitOrder, held.entryOrder] {
      cancel(number, &effects)
    }
  }

  mutating func cancel(_ number: OrderNumber, _ effects: inout EffectBuffer) {
    guard orders.contains(number), !orders[number].state.isFinal, !orders[number].cancelRequested else { return }
    orders[number].cancelRequested = true
    effects.append(.cancel(number, clientOrderID: clientOrderID(number)))
  }
}
