import TradingTypes

// Approved signal -> re-check -> intent -> order.
extension Core {
  /// Starts the re-check of every approved signal that can be executed now, in the order they were ranked.
  mutating func executeApproved(_ effects: inout EffectBuffer) {
    for index in signals.indices where canExecute(index) {
      guard let price = instruments[Int(signals[index].instrument.index)].price else { continue }
      signals[index].isRechecking = true
      if configuration.strategies[Int(signals[index].strategy.index)].rechecks {
        let instrument = signals[index].instrument
        let request = RecheckRequest(
          instrument: instrument, barTime: signals[index].proposal.barTime, now: now, price: price,
          quoteTime: instruments[Int(instrument.index)].lastTime)
        effects.append(.recheck(signals[index].number, strategy: signals[index].strategy, request: request))
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
    for index in signals.indices
    where signals[index].number == number && signals[index].state == .approved && signals[index].isRechecking {
      isQuiet = false
      return rechecked(index, checks, &effects)
    }
  }

  private mutating func rechecked(_ index: Int, _ checks: [Check], _ effects: inout EffectBuffer) {
    signals[index].isRechecking = false
    do throws(Refusal) {
      if let failed = checks.first(where: { !$0.passed }) {
        throw Refusal(
          .recheck,
          .recheckFailed(name: failed.name, value: failed.value ?? .nan, limit: failed.limit ?? .nan))
      }
      let surroundings = try surroundings(of: index)
      guard let last = instruments[Int(signals[index].instrument.index)].price else {
        throw Refusal(.recheck, .notComputable(what: .price))
      }
      let price = signals[index].proposal.orderType == .limit ? signals[index].proposal.limitPrice : last
      let stop = stopAtFill(index, fill: price)
      let entry = try recheck(index, at: price, stop: stop, surroundings, &effects)
      note(.recheck, .stillStands(price: last, checks: checks.count), signal: index, &effects)
      move(index, .send, "sent", &effects)
      enter(index, entry, stop: stop, &effects)
    } catch {
      fail(index, .recheck, error.decision, &effects)
    }
  }

  /// Holds an entry against buying power and limits at the price of now.
  @inline(__always)
  private mutating func recheck(
    _ index: Int, at price: Price, stop: Price, _ surroundings: borrowing Surroundings, _ effects: inout EffectBuffer
  ) throws(Refusal) -> PricedEntry {
    guard surroundings.equity != nil, let buyingPower = surroundings.buyingPower else {
      throw Refusal(.recheck, .notComputable(what: .price))
    }
    var entry = PricedEntry(signals[index].quantity, at: price, cash.currency)
    if !entry.isCovered(by: buyingPower) {
      entry = try cap(index, at: price, buyingPower: buyingPower, &effects)
    }
    _ = try configuration.limits.admit(entry, stop: stop, among: surroundings)
    return entry
  }

  /// Brings an approved quantity down to what buying power pays for now.
  @inline(never)
  private mutating func cap(
    _ index: Int, at price: Price, buyingPower: Money, _ effects: inout EffectBuffer
  ) throws(Refusal) -> PricedEntry {
    let wanted = signals[index].quantity
    let step = configuration.instruments[Int(signals[index].instrument.index)].step
    guard let affordable = buyingPower.quantity(at: price)?.rounded(.down, to: step) else {
      throw Refusal(.recheck, .notComputable(what: .buyingPower))
    }
    let capped = max(affordable, .zero)
    note(.recheck, .cappedByBuyingPower(from: wanted, to: capped, buyingPower: buyingPower), signal: index, &effects)
    signals[index].quantity = capped
    guard capped > .zero else { throw Refusal(.recheck, .sizeZero(step: step)) }
    return PricedEntry(capped, at: price, cash.currency)
  }

  private mutating func fail(_ index: Int, _ stage: Stage, _ decision: Decision, _ effects: inout EffectBuffer) {
    counters.rejected += 1
    note(stage, decision, signal: index, &effects)
    move(index, .refuse, decision.code, &effects)
  }

  private mutating func enter(_ index: Int, _ entry: PricedEntry, stop: Price, _ effects: inout EffectBuffer) {
    let (number, clientOrderID) = orders.next()
    positions.append(
      Position(
        number: nextPosition, of: signals[index], stop: stop, price: entry.price, currency: cash.currency,
        entryOrder: number))
    nextPosition += 1
    step(positions.count - 1, .orderEntry)
    var request = OrderRequest(
      clientOrderID: clientOrderID, instrument: signals[index].instrument, side: .buy,
      type: signals[index].proposal.orderType, timeInForce: signals[index].proposal.timeInForce,
      quantity: entry.quantity, createdAt: now)
    if request.type == .limit { request.limitPrice = signals[index].proposal.limitPrice }
    send(
      request, number, .entry, position: positions[positions.count - 1].number, signal: signals[index].number,
      reserve: entry.value ?? .zero(cash.currency), &effects)
  }

  /// Commits an intent and sends it.
  mutating func send(
    _ request: OrderRequest, _ number: OrderNumber, _ purpose: OrderPurpose, position: PositionNumber,
    signal: SignalNumber, reserve: Money, exitReason: ExitReason? = nil, _ effects: inout EffectBuffer
  ) {
    counters.orders += 1
    reserved = reserved.adding(reserve) ?? reserved
    effects.record(
      .intents,
      .intent(
        IntentRecord(
          number: number, purpose: purpose, request: request, signal: signal, position: position,
          exitReason: exitReason)))
    orders.append(
      Order(
        purpose: purpose, request: request, signal: signal, position: position, exitReason: exitReason,
        reserve: reserve))
    instruments[Int(request.instrument.index)].openOrders += 1
    effects.note(
      .order, .intended(quantity: request.quantity, price: request.price), at: now, instrument: request.instrument,
      signal: signal, order: number)
    effects.append(.place(number))
  }
}

extension Core {
  /// What is sent as an order; the core must know it.
  public mutating func request(_ number: OrderNumber) -> OrderRequest { orders[number].request }

  /// Whether the venue has not yet answered for an order.
  public mutating func awaitsPlacement(_ number: OrderNumber) -> Bool {
    orders.contains(number) && orders[number].state == .submitted
  }

  /// Whether a change was asked for and has not been answered.
  public mutating func awaitsChange(_ number: OrderNumber) -> Bool {
    orders.contains(number) && orders[number].changeRequested && !orders[number].state.isFinal
  }

  /// Whether a cancellation was asked for and has not been answered.
  public mutating func awaitsCancellation(_ number: OrderNumber) -> Bool {
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
    return Price(nanos: Int64(clamping: Int128(reservedAtStart) * 1_000_000_000 / Int128(quantity.nanos)))
  }
}
