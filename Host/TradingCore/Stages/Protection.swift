import TradingTypes

// Protection follows the filled quantity: never a naked part, never more exits than position.
extension Core {
  /// The stop for a fill price: the distance below it, rounded up to the tick, or the planned stop.
  func stopAtFill(_ proposal: SignalProposal, fill: Price, instrument: InstrumentID) -> Price {
    level(below: fill, by: proposal.stopDistance, else: proposal.stopPrice, instrument)
  }

  func level(below price: Price, by distance: Price, else planned: Price, _ instrument: InstrumentID) -> Price {
    var raw = planned
    if distance > .zero, let below = price.subtracting(distance), below > .zero { raw = below }
    return onTick(raw, instrument)
  }

  /// A level rounded up to the tick: stops and targets move toward safety.
  private func onTick(_ level: Price, _ instrument: InstrumentID) -> Price {
    guard level > .zero else { return level }
    return level.rounded(.up, to: configuration.instruments[Int(instrument.index)].tick(at: level)) ?? level
  }

  /// A refused stop leaves the position naked: alarm, try again, and after the third time leave.
  mutating func stopRefused(_ index: Int, _ effects: inout EffectBuffer) {
    guard positions[index].quantity > .zero, !positions[index].hasEnded else { return }
    positions[index].stopFailures += 1
    let position = positions[index]
    note(
      .protect, .unprotected(quantity: position.quantity), instrument: position.instrument, signal: position.signal,
      order: nil, &effects)
    effects.notify(Announcement.unprotected(symbol(position.instrument), position.quantity, now))
    if position.stopFailures >= 3, position.exitDue == nil {
      due(index, .flatten, "unprotected", signal: nil, &effects)
    }
  }

  /// A target that is refused again and again is given up; the stop stays.
  mutating func targetRefused(_ index: Int) {
    positions[index].targetFailures += 1
    if positions[index].targetFailures >= 3 { positions[index].target = .zero }
  }

  /// Sets stop, target and trailing start again from the average fill.
  mutating func setLevelsFromFill(_ index: Int) {
    let position = positions[index]
    let fill = position.averageEntry
    let stop = level(below: fill, by: position.stopDistance, else: position.stop, position.instrument)
    // A stop that has trailed never loosens, whatever fills later.
    positions[index].stop = position.didTrail ? max(stop, position.stop) : stop
    if position.targetOrder == nil {
      let raw = position.targetDistance > .zero ? fill.adding(position.targetDistance) ?? .zero : .zero
      positions[index].target = onTick(max(position.target, raw), position.instrument)
    }
    if position.trailing != nil, position.quantity == position.bought {
      let tick = configuration.instruments[Int(position.instrument.index)].tick(at: fill)
      let planned = positions[index].stop
      let highest = position.trailing?.highest ?? fill
      positions[index].trailing?.highest = position.didTrail ? max(highest, fill) : fill
      positions[index].stop = positions[index].trailing?.observe(fill, current: planned, tick: tick) ?? planned
    }
  }

  /// Brings the resting stop and target in line with what is held.
  mutating func protect(_ index: Int, _ effects: inout EffectBuffer) {
    guard positions[index].quantity > .zero, !positions[index].hasEnded else { return }
    let (stop, target) = (positions[index].stop, positions[index].target)
    if stop > .zero {
      if let number = positions[index].stopOrder {
        adjust(number, index, stop: stop, &effects)
      } else {
        let number = orders.nextNumber
        positions[index].stopOrder = number
        place(.stop, number, index, &effects)
      }
    }
    if target > .zero {
      if let number = positions[index].targetOrder {
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

  func ocoGroup(_ position: Position) -> String { configuration.clientOrderPrefix + "p" + String(position.number) }

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
