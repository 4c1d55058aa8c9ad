import TradingTypes

// What the venue says -> order state -> position, cash, trade.
extension Core {
  /// How placing ended. A report can come before it, so what is already known stands.
  @inline(__always)
  mutating func placed(
    _ number: OrderNumber, _ outcome: PlacementOutcome, _ reason: String, _ effects: inout EffectBuffer
  ) {
    guard orders.contains(number) else { return }
    switch outcome {
    case .accepted:
      if orders[number].state.awaitsAcceptance { advance(number, .accepted, reason, &effects) }
    case .rejected:
      if !orders[number].state.isFinal { advance(number, .rejected, reason, &effects) }
    case .notSent, .notFound:
      if orders[number].state.filled(of: orders[number].quantity) == .zero, !orders[number].state.isFinal {
        // Nothing is at the venue: the order ends here, and what still has to be done is decided afresh.
        advance(number, .rejected, outcome == .notSent ? "not sent: \(reason)" : "never arrived", &effects)
      }
    case .unknown:
      guard !orders[number].state.isFinal else { return }
      if case .unknown = orders[number].state { return }
      advance(number, .outcomeUnknown, reason, &effects)
    }
  }

  /// How changing or cancelling ended. Only what the venue reports changes an order; an unknown outcome blocks.
  mutating func amended(_ number: OrderNumber, _ outcome: PlacementOutcome, _ effects: inout EffectBuffer) {
    guard orders.contains(number), !orders[number].state.isFinal else { return }
    if outcome == .unknown, case .working = orders[number].state {
      advance(number, .outcomeUnknown, "change not confirmed", &effects)
    }
    if outcome != .accepted {
      orders[number].cancelRequested = false
      orders[number].changeRequested = false
    }
  }

  /// A broker's report.
  @inline(__always)
  mutating func take(_ report: OrderReport, _ effects: inout EffectBuffer) {
    guard
      let number = orders.number(clientOrderID: report.clientOrderID),
      orders[number].instrument == report.instrument, orders[number].side == report.side
    else {
      blockForeign(report, &effects)
      return
    }
    switch report.kind {
    case .accepted:
      if orders[number].state.awaitsAcceptance { advance(number, .accepted, report.reason, &effects) }
    case .fill: fill(number, report, &effects)
    case .cancelled: if !orders[number].state.isFinal { advance(number, .cancelled, report.reason, &effects) }
    case .rejected: if !orders[number].state.isFinal { advance(number, .rejected, report.reason, &effects) }
    case .expired: if !orders[number].state.isFinal { advance(number, .expired, report.reason, &effects) }
    case .replaced:
      guard !orders[number].state.isFinal else { return }
      orders[number].changeRequested = false
      orders[number].quantity = report.quantity
      if report.stopPrice > .zero { orders[number].stopPrice = report.stopPrice }
      record(number, report.reason, &effects)
    case .triggered: break
    }
  }

  @inline(__always)
  private mutating func fill(_ number: OrderNumber, _ report: OrderReport, _ effects: inout EffectBuffer) {
    let (earlier, ordered, position) = (orders[number].state, orders[number].quantity, orders[number].position)
    let before = earlier.filled(of: ordered)
    // Told again: it is already booked.
    if report.cumulative <= before { return }
    guard before.adding(report.quantity) == report.cumulative else {
      // A fill in between was never told. Book nothing that was not confirmed; evidence must come.
      illegal(number, "fill with a gap: \(before) and \(report.quantity) are not \(report.cumulative)", &effects)
      return
    }
    let fee = Money(nanos: report.feeNanos, currency: cash.currency)
    guard report.price > .zero,
      let value = Money.notional(
        report.price, report.quantity, cash.currency, rounded: report.side == .buy ? .up : .down)
    else {
      illegal(number, "fill at \(report.price)", &effects)
      return
    }
    let state: OrderState
    do {
      state = try earlier.after(.fill(report.quantity), ordered: ordered)
    } catch {
      illegal(number, "fill of \(report.quantity) in state \(earlier.name)", &effects)
      return
    }
    counters.fills += 1
    counters.fees = counters.fees.adding(fee) ?? counters.fees
    effects.record(
      .fills,
      .fill(
        FillRecord(
          number: nextFill, order: number, instrument: report.instrument, side: report.side, time: report.time,
          quantity: report.quantity, price: report.price, fee: fee, reportID: report.reportID)))
    nextFill += 1
    change(number, to: state, "filled", &effects)
    note(.filled(quantity: report.quantity, price: report.price), order: number, &effects)
    let signed = report.side == .buy ? cash.subtracting(value) : cash.adding(value)
    cash = signed?.subtracting(fee) ?? cash
    guard let index = positionIndex(position) else {
      blockForeign(report, &effects)
      return
    }
    positions[index].fees = positions[index].fees.adding(fee) ?? positions[index].fees
    var held = index
    if report.side == .buy {
      if positions[index].hasEnded { held = reopen(index, number, report, &effects) }
      entered(held, report, value, &effects)
    } else if positions[index].hasEnded {
      illegal(number, "a fill of \(report.quantity) after the position had ended", &effects)
    } else {
      left(index, number, report, value, &effects)
    }
    if state.isFinal { ended(number, position: held, &effects) }
  }

  /// An entry filled after its position had ended: it is a position of its own, protected, and left at once.
  private mutating func reopen(
    _ index: Int, _ number: OrderNumber, _ report: OrderReport, _ effects: inout EffectBuffer
  ) -> Int {
    positions.append(Position(number: nextPosition, after: positions[index], entryOrder: number))
    orders[number].position = nextPosition
    nextPosition += 1
    effects.notify(Announcement.filledAfterEnd(symbol(report.instrument), report, now))
    return positions.count - 1
  }

  @inline(__always)
  private mutating func entered(
    _ index: Int, _ report: OrderReport, _ value: Money, _ effects: inout EffectBuffer
  ) {
    step(index, .entryFill)
    if positions[index].bought == .zero {
      positions[index].entryTime = report.time
      // What the market did before does not belong to this position.
      instruments[Int(report.instrument.index)].high = report.price.double
      instruments[Int(report.instrument.index)].barEnded = false
      positions[index].barsSinceEntry = 0
    }
    positions[index].book(bought: report.quantity, for: value)
    setLevelsFromFill(index)
    record(position: index, &effects)
    tell(index, report, nil, &effects)
    protect(index, &effects)
  }

  @inline(__always)
  private mutating func left(
    _ index: Int, _ number: OrderNumber, _ report: OrderReport, _ value: Money, _ effects: inout EffectBuffer
  ) {
    let quantity = positions[index].quantity.subtracting(report.quantity) ?? .zero
    let reason = orders[number].exitReason ?? .manual
    positions[index].book(sold: report.quantity, for: value, held: max(quantity, .zero), at: report.time, reason)
    if quantity < .zero {
      illegal(number, "sold \(report.quantity) of less", &effects)
      instruments[Int(report.instrument.index)].blocks += 1
    }
    step(index, quantity > .zero ? .exitFillPart : .exitFillAll)
    record(position: index, &effects)
    tell(index, report, reason, &effects)
    if quantity <= .zero { close(index, &effects) }
  }

  @inline(__always)
  private mutating func close(_ index: Int, _ effects: inout EffectBuffer) {
    let pnl = positions[index].profit ?? .zero(cash.currency)
    counters.trades += 1
    counters.realised = counters.realised.adding(pnl) ?? counters.realised
    effects.record(.trades, .trade(positions[index].trade(pnl)))
    let reason = positions[index].lastExitReason
    note(.exit, .tradeClosed(pnl: pnl, reason: reason), position: index, &effects)
    step(index, .recordPerformance)
    record(position: index, &effects)
    effects.notify(Announcement.closed(positions[index].trade(pnl), symbol(positions[index].instrument), now))
  }

  private mutating func tell(
    _ index: Int, _ report: OrderReport, _ reason: ExitReason?, _ effects: inout EffectBuffer
  ) {
    effects.append(
      .fill(
        positions[index].strategy,
        FillNotice(
          instrument: positions[index].instrument, side: report.side, exitReason: reason,
          signalBar: positions[index].signalBar, time: report.time, price: report.price, quantity: report.quantity,
          position: positions[index].quantity)))
  }

  /// Activity that is not this host's: the symbol is left alone until a person has looked.
  private mutating func blockForeign(_ report: OrderReport, _ effects: inout EffectBuffer) {
    if Int(report.instrument.index) < instruments.count { instruments[Int(report.instrument.index)].blocks += 1 }
    effects.note(
      .order, .illegalReport(kind: report.kind.name), at: now, instrument: report.instrument, signal: nil, order: nil)
    effects.notify(Announcement.foreign(report, now))
  }
}
