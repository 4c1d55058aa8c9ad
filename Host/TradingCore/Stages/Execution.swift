import TradingTypes

// Approved signal -> re-check -> intent -> order.
extension Core {
  /// Starts the re-check of every approved signal that can be executed now, in the order they were ranked.
  mutating func executeApproved(_ effects: inout EffectBuffer) {
    for index in signals.indices where canExecute(index) {
      guard let price = instruments[Int(signals[index].instrument.index)].price else { continue }
      signals[index].isRechecking = true
      if configuration.strategies[Int(signals[index].strategy.index)].rechecks {
        let signal = signals[index]
        let request = RecheckRequest(
          instrument: signal.instrument, barTime: signal.proposal.barTime, now: now, price: price,
          quoteTime: instruments[Int(signal.instrument.index)].lastTime)
        effects.append(.recheck(signal.number, strategy: signal.strategy, request: request))
      } else {
        rechecked(index, [], &effects)
      }
    }
  }

  /// In its session, on a fresh quote, and after the open it waits for. Until then an approved signal waits or expires.
  private mutating func canExecute(_ index: Int) -> Bool {
    guard signals[index].state == .approved, !signals[index].isRechecking, signals[index].expiresAt >= now else {
      return false
    }
    let instrument = signals[index].instrument
    let seen = instruments[Int(instrument.index)].lastTime
    guard seen.adding(seconds: configuration.quoteMaximumAgeSeconds) >= now else { return false }
    if signals[index].proposal.flags.contains(.waitsForOpen),
      instruments[Int(instrument.index)].opens == signals[index].opensBefore
    {
      return false
    }
    return hours.isOpen(instrument, at: now)
  }

  /// Takes the strategy's answer, checks price, confidence, expected value and risk again, and sends the order.
  mutating func rechecked(_ number: SignalNumber, _ checks: [Check], _ effects: inout EffectBuffer) {
    let waiting = signals.indices.first {
      signals[$0].number == number && signals[$0].state == .approved && signals[$0].isRechecking
    }
    guard let waiting else { return }
    isQuiet = false
    rechecked(waiting, checks, &effects)
  }

  private mutating func rechecked(_ index: Int, _ checks: [Check], _ effects: inout EffectBuffer) {
    signals[index].isRechecking = false
    if let failed = checks.first(where: { !$0.passed }) {
      let decision = Decision.recheckFailed(
        name: failed.name, value: failed.value ?? .nan, limit: failed.limit ?? .nan)
      fail(index, .recheck, decision, &effects)
      return
    }
    let signal = signals[index]
    if let obstacle = obstacle(to: signal) {
      fail(index, .recheck, obstacle, &effects)
      return
    }
    guard let last = instruments[Int(signal.instrument.index)].price, let equity,
      let buyingPower = buyingPower(excluding: signal.number)
    else {
      fail(index, .recheck, .notComputable(what: .price), &effects)
      return
    }
    let price = signal.proposal.orderType == .limit ? signal.proposal.limitPrice : last
    let step = configuration.instruments[Int(signal.instrument.index)].step
    if !buyingPower.covers(price, signal.quantity) {
      guard let affordable = buyingPower.quantity(at: price)?.rounded(.down, to: step) else {
        fail(index, .recheck, .notComputable(what: .buyingPower), &effects)
        return
      }
      let capped = max(affordable, .zero)
      note(
        .recheck, .cappedByBuyingPower(from: signal.quantity, to: capped, buyingPower: buyingPower), signal: signal,
        &effects)
      signal.quantity = capped
      guard capped > .zero else {
        fail(index, .recheck, .sizeZero(step: step), &effects)
        return
      }
    }
    let stop = stopAtFill(signal.proposal, fill: price, instrument: signal.instrument)
    let decision = limits(price: price, stop: stop, quantity: signal.quantity, signal: signal.number, equity: equity)
    guard decision.passed else {
      fail(index, .recheck, decision, &effects)
      return
    }
    note(.recheck, .stillStands(price: last, checks: checks.count), signal: signal, &effects)
    move(signal, .send, "sent", &effects)
    enter(signal, price: price, stop: stop, &effects)
  }

  private mutating func fail(_ index: Int, _ stage: Stage, _ decision: Decision, _ effects: inout EffectBuffer) {
    counters.rejected += 1
    note(stage, decision, signal: signals[index], &effects)
    move(signals[index], .refuse, decision.code, &effects)
  }

  private mutating func enter(_ signal: Signal, price: Price, stop: Price, _ effects: inout EffectBuffer) {
    let proposal = signal.proposal
    let number = orders.nextNumber
    let position = Position(
      number: nextPosition, instrument: signal.instrument, strategy: signal.strategy, signal: signal.number,
      signalBar: proposal.barTime, paid: .zero(cash.currency), received: .zero(cash.currency),
      fees: .zero(cash.currency), stop: stop, stopDistance: proposal.stopDistance, target: proposal.targetPrice,
      targetDistance: proposal.targetDistance,
      trailing: proposal.trailingDistance > .zero
        ? TrailingStop(distance: proposal.trailingDistance, highest: price) : nil,
      timeStopCloses: proposal.timeStopCloses, entryOrder: number)
    nextPosition += 1
    position.state = position.state.after(.orderEntry) ?? position.state
    var request = OrderRequest(
      clientOrderID: clientOrderID(number), instrument: signal.instrument, side: .buy, type: proposal.orderType,
      timeInForce: proposal.timeInForce, quantity: signal.quantity, createdAt: now)
    request.limitPrice = proposal.orderType == .limit ? proposal.limitPrice : .zero
    let value = Money.notional(price, signal.quantity, cash.currency, rounded: .up) ?? .zero(cash.currency)
    positions.append(position)
    send(request, number, .entry, position: position, signal: signal.number, reserve: value, &effects)
  }

  /// Commits an intent and sends it.
  mutating func send(
    _ request: OrderRequest, _ number: OrderNumber, _ purpose: OrderPurpose, position: Position, signal: SignalNumber,
    reserve: Money, exitReason: ExitReason? = nil, _ effects: inout EffectBuffer
  ) {
    counters.orders += 1
    reserved = reserved.adding(reserve) ?? reserved
    effects.record(
      .intents,
      .intent(
        IntentRecord(
          number: number, purpose: purpose, request: request, signal: signal, position: position.number,
          exitReason: exitReason)))
    let order = Order(
      number: number, purpose: purpose, instrument: request.instrument, side: request.side, signal: signal,
      position: position.number, quantity: request.quantity, state: .submitted, stopPrice: request.stopPrice,
      exitReason: exitReason, reserved: reserve, reservedAtStart: reserve)
    orders.append(order)
    instruments[Int(request.instrument.index)].openOrders += 1
    note(
      .order, .intended(quantity: request.quantity, price: request.price), instrument: request.instrument,
      signal: signal, order: number, &effects)
    effects.append(.place(number, request))
  }

  func clientOrderID(_ number: OrderNumber) -> String { configuration.clientOrderPrefix + String(number) }
}

extension Core {
  /// Whether the venue has not yet answered for an order.
  public func awaitsPlacement(_ number: OrderNumber) -> Bool {
    orders.contains(number) && orders[number].state == .submitted
  }

  /// Whether a change was asked for and has not been answered.
  public func awaitsChange(_ number: OrderNumber) -> Bool {
    orders.contains(number) && orders[number].changeRequested && !orders[number].state.isFinal
  }

  /// Whether a cancellation was asked for and has not been answered.
  public func awaitsCancellation(_ number: OrderNumber) -> Bool {
    orders.contains(number) && orders[number].cancelRequested && !orders[number].state.isFinal
  }
}

extension OrderRequest {
  /// The price that limits or triggers it; zero for a market order.
  var price: Price { limitPrice > .zero ? limitPrice : stopPrice }
}

extension Order {
  /// What one unit of the reservation was counted at; zero without one.
  var plannedPrice: Price {
    guard quantity > .zero else { return .zero }
    return Price(nanos: Int64(clamping: Int128(reservedAtStart.nanos) * 1_000_000_000 / Int128(quantity.nanos)))
  }
}
