import TradingTypes

// Protection follows the filled quantity: never a naked part, never more exits than position.
extension Core {
  /// A signal's stop for a fill price: the distance below it, rounded up to the tick, or the planned stop.
  mutating func stopAtFill(_ index: Int, fill: Price) -> Price {
    level(
      below: fill, by: signals[index].proposal.stopDistance, else: signals[index].proposal.stopPrice,
      signals[index].instrument)
  }

  mutating func level(below price: Price, by distance: Price, else planned: Price, _ instrument: InstrumentID) -> Price
  {
    var raw = planned
    if distance > .zero, let below = price.subtracting(distance), below > .zero { raw = below }
    return onTick(raw, instrument)
  }

  /// A level rounded up to the tick: stops and targets move toward safety.
  private mutating func onTick(_ level: Price, _ instrument: InstrumentID) -> Price {
    guard level > .zero else { return level }
    return level.rounded(.up, to: configuration.instruments[Int(instrument.index)].tick(at: level)) ?? level
  }

  /// A refused stop leaves the position naked: alarm, try again, and after the third time leave.
  mutating func stopRefused(_ index: Int, _ effects: inout EffectBuffer) {
    guard positions[index].quantity > .zero, !positions[index].hasEnded else { return }
    positions[index].stopFailures += 1
    let quantity = positions[index].quantity
    note(.protect, .unprotected(quantity: quantity), position: index, &effects)
    effects.notify(Announcement.unprotected(symbol(positions[index].instrument), quantity, now))
    if positions[index].stopFailures >= 3, positions[index].exitDue == nil {
      due(index, .flatten, "unprotected", signal: nil, &effects)
    }
  }

  /// A target that is refused again and again is given up; the stop stays.
  mutating func targetRefused(_ index: Int) {
    positions[index].targetFailures += 1
    if positions[index].targetFailures >= 3 { positions[index].target = .zero }
  }

  /// Sets stop, target and trailing start again from the average fill, where there are any.
  @inline(__always)
  mutating func setLevelsFromFill(_ index: Int) {
    if positions[index].hasLevels { setLevels(index) }
  }

  private mutating func setLevels(_ index: Int) {
    let (fill, instrument) = (positions[index].averageEntry, positions[index].instrument)
    let stop = level(below: fill, by: positions[index].stopDistance, else: positions[index].stop, instrument)
    // A stop that has trailed never loosens, whatever fills later.
    positions[index].stop = positions[index].didTrail ? max(stop, positions[index].stop) : stop
    if positions[index].targetOrder == nil {
      let distance = positions[index].targetDistance
      let raw = distance > .zero ? fill.adding(distance) ?? .zero : .zero
      positions[index].target = onTick(max(positions[index].target, raw), instrument)
    }
    if var trailing = positions[index].trailing, positions[index].quantity == positions[index].bought {
      let tick = configuration.instruments[Int(instrument.index)].tick(at: fill)
      trailing.highest = positions[index].didTrail ? max(trailing.highest, fill) : fill
      positions[index].stop = trailing.observe(fill, current: positions[index].stop, tick: tick)
      positions[index].trailing = trailing
    }
  }

  /// Brings the resting stop and target in line with what is held.
  @inline(__always)
  mutating func protect(_ index: Int, _ effects: inout EffectBuffer) {
    guard positions[index].quantity > .zero, !positions[index].hasEnded else { return }
    if positions[index].stop > .zero || positions[index].target > .zero { keepProtected(index, &effects) }
  }

  @inline(never)
  private mutating func keepProtected(_ index: Int, _ effects: inout EffectBuffer) {
    let (stop, target) = (positions[index].stop, positions[index].target)
    if stop > .zero {
      if let number = positions[index].stopOrder {
        adjust(number, index, stop: stop, &effects)
      } else {
        positions[index].stopOrder = place(.stop, index, &effects)
      }
    }
    if target > .zero {
      if let number = positions[index].targetOrder {
        adjust(number, index, stop: .zero, &effects)
      } else {
        positions[index].targetOrder = place(.target, index, &effects)
      }
    }
  }

  private mutating func place(
    _ purpose: OrderPurpose, _ index: Int, _ effects: inout EffectBuffer
  ) -> OrderNumber {
    let (number, clientOrderID) = orders.next()
    var request = OrderRequest(
      clientOrderID: clientOrderID, instrument: positions[index].instrument, side: .sell,
      type: purpose == .stop ? .stop : .limit, timeInForce: .gtc, quantity: positions[index].quantity, createdAt: now)
    request.ocoGroup = ocoGroup(index)
    let reason: ExitReason
    if purpose == .stop {
      request.stopPrice = positions[index].stop
      reason = positions[index].trailing == nil ? .stop : .trailing
    } else {
      request.limitPrice = positions[index].target
      reason = .target
    }
    send(
      request, number, purpose, position: positions[index].number, signal: positions[index].signal,
      reserve: .zero(cash.currency), exitReason: reason, &effects)
    let protected = Decision.protected(quantity: request.quantity, stop: request.price)
    note(.protect, protected, position: index, order: number, &effects)
    return number
  }

  private mutating func adjust(_ number: OrderNumber, _ index: Int, stop: Price, _ effects: inout EffectBuffer) {
    guard !orders[number].state.isFinal, !orders[number].isUnknown, !orders[number].changeRequested,
      let total = orders[number].filled.adding(positions[index].quantity)
    else { return }
    let moved = stop > .zero && stop != orders[number].stopPrice
    guard total != orders[number].quantity || moved else { return }
    orders[number].changeRequested = true
    effects.append(
      .replace(number, clientOrderID: orders.clientOrderID(number), quantity: total, stopPrice: moved ? stop : .zero))
  }

  func ocoGroup(_ index: Int) -> ShortText { orders.groupID(positions[index].number) }

  /// Cancels what still rests for a position that has ended; a venue with OCO has mostly done it already.
  mutating func cancelOrders(ofPosition index: Int, _ effects: inout EffectBuffer) {
    if let number = positions[index].stopOrder { cancel(number, &effects) }
    if let number = positions[index].targetOrder { cancel(number, &effects) }
    if let number = positions[index].exitOrder { cancel(number, &effects) }
    cancel(positions[index].entryOrder, &effects)
  }

  mutating func cancel(_ number: OrderNumber, _ effects: inout EffectBuffer) {
    guard orders.contains(number), !orders[number].state.isFinal, !orders[number].cancelRequested else { return }
    orders[number].cancelRequested = true
    effects.append(.cancel(number, clientOrderID: orders.clientOrderID(number)))
  }
}
