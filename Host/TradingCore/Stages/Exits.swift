import TradingTypes

// Exits: strategy, time, trailing, flatten. They need no approval: they only make risk smaller.
extension Core {
  /// A strategy wants out of its position.
  mutating func exit(by signal: Int, _ effects: inout EffectBuffer) {
    let (instrument, strategy) = (signals[signal].instrument, signals[signal].strategy)
    for index in positions.indices
    where positions[index].instrument == instrument && positions[index].strategy == strategy
      && !positions[index].hasEnded && positions[index].quantity > .zero
    {
      move(signal, .passRisk, "exit", &effects)
      move(signal, .approve, "exit", &effects)
      move(signal, .send, "exit", &effects)
      guard positions[index].exitDue == nil else {
        move(signal, .fail, "exit_already_due", &effects)
        return
      }
      let reason = signals[signal].proposal.exitReason ?? .strategy
      due(index, reason, signals[signal].proposal.code, signal: signals[signal].number, &effects)
      return
    }
    refuse(signal, .exit, .noPositionToExit, &effects)
  }

  /// Notes that a position must be left, and orders it.
  mutating func due(
    _ index: Int, _ reason: ExitReason, _ detail: String, signal: SignalNumber?, _ effects: inout EffectBuffer
  ) {
    positions[index].exitDue = Position.ExitDue(reason: reason, detail: detail, signal: signal)
    note(.exit, .exitDue(reason: reason, detail: detail), position: index, signal: signal, &effects)
    orderExit(index, &effects)
  }

  /// Time stops, trailing stops, exits that are due but have no order, protection that is missing.
  mutating func lookAfterPositions(_ effects: inout EffectBuffer) {
    if !failed.isEmpty { applyPolicies(&effects) }
    for index in positions.indices {
      if positions[index].hasEnded {
        cancelOrders(ofPosition: index, &effects)
        continue
      }
      let slot = Int(positions[index].instrument.index)
      let bar = instruments[slot].barEnded
      if bar { positions[index].barsSinceEntry &+= 1 }
      guard positions[index].quantity > .zero, instruments[slot].blocks == 0 else { continue }
      // A fill inside the bar that just ended has not seen all of that bar's high.
      if bar, positions[index].trailing != nil, positions[index].entryTime < now { trail(index, &effects) }
      if positions[index].exitDue == nil, timeIsOver(index) {
        due(index, .time, "\(positions[index].timeStopCloses) session closes", signal: nil, &effects)
      }
      if positions[index].exitDue != nil, positions[index].exitOrder == nil { orderExit(index, &effects) }
      protect(index, &effects)
    }
  }

  private func timeIsOver(_ index: Int) -> Bool {
    guard positions[index].timeStopCloses > 0 else { return false }
    let closes =
      hours.closes(positions[index].instrument, after: positions[index].entryTime, through: now)
      ?? Int(positions[index].barsSinceEntry)
    return closes >= Int(positions[index].timeStopCloses)
  }

  private mutating func trail(_ index: Int, _ effects: inout EffectBuffer) {
    let slot = Int(positions[index].instrument.index)
    guard let high = Price(instruments[slot].high) else { return }
    let before = positions[index].stop
    let tick = configuration.instruments[slot].tick(at: high)
    guard let stop = positions[index].trailing?.observe(high, current: before, tick: tick), stop > before else {
      return
    }
    positions[index].stop = stop
    positions[index].didTrail = true
    let order = positions[index].stopOrder
    note(.protect, .trailed(stop: stop, high: high), position: index, order: order, &effects)
    record(position: index, &effects)
    protect(index, &effects)
  }

  private mutating func orderExit(_ index: Int, _ effects: inout EffectBuffer) {
    let instrument = positions[index].instrument
    guard positions[index].exitOrder == nil, let reason = positions[index].exitDue?.reason,
      instruments[Int(instrument.index)].blocks == 0
    else { return }
    // The rest of an entry must not fill behind an exit.
    cancel(positions[index].entryOrder, &effects)
    step(index, .orderExit)
    let (number, clientOrderID) = orders.next()
    positions[index].exitOrder = number
    let isOpen = hours.isOpen(instrument, at: now)
    var request = OrderRequest(
      clientOrderID: clientOrderID, instrument: instrument, side: .sell, type: .market,
      timeInForce: isOpen ? .day : .opg, quantity: positions[index].quantity, createdAt: now)
    // Only what rests beside it has to go when it fills.
    if positions[index].stopOrder != nil || positions[index].targetOrder != nil { request.ocoGroup = ocoGroup(index) }
    record(position: index, &effects)
    send(
      request, number, .exit, position: positions[index].number,
      signal: positions[index].exitDue?.signal ?? positions[index].signal, reserve: .zero(cash.currency),
      exitReason: reason, &effects)
  }

  /// An operator's word.
  mutating func obey(_ command: Command, _ effects: inout EffectBuffer) {
    switch command {
    case .resumeEntries: entriesStopped = false
    case .stopEntries, .endSession:
      entriesStopped = true
      cancelEntries(.entriesStopped, &effects)
    case .flatten:
      entriesStopped = true
      cancelEntries(.entriesStopped, &effects)
      for index in positions.indices
      where positions[index].quantity > .zero && positions[index].exitDue == nil && !positions[index].hasEnded {
        due(index, .flatten, "", signal: nil, &effects)
      }
    }
  }

  /// Refuses every signal that has not been sent and cancels every entry order that works.
  mutating func cancelEntries(_ why: Decision, _ effects: inout EffectBuffer) {
    for index in signals.indices where signals[index].isClaiming {
      counters.rejected += 1
      note(.risk, why, signal: index, &effects)
      move(index, .refuse, why.code, &effects)
    }
    for number in orders.open where orders[number].purpose == .entry { cancel(number, &effects) }
  }
}
