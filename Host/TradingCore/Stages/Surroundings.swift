import TradingTypes

/// What an entry meets: everything else that is held, open or on its way, looked at once.
struct Surroundings {
  /// Cash and all that is held; `nil` when that cannot be computed.
  var equity: Money?
  /// Cash that no other entry on its way has claimed; `nil` when that cannot be computed.
  var buyingPower: Money?
  /// Value at risk; `nil` when that cannot be computed.
  var risk: Money?
  /// Positions open or on their way.
  var positions = 0

  /// Counts the risk of a quantity.
  @inline(__always)
  mutating func add(_ price: Price, _ stop: Price, _ quantity: Quantity) {
    guard quantity != .zero, let known = risk else { return }
    guard let distance = price.subtracting(min(stop, price)),
      let more = Money.notional(distance, quantity, known.currency, rounded: .up)
    else {
      risk = nil
      return
    }
    risk = known.adding(more)
  }

  /// Counts an entry that has a claim on cash and a place.
  mutating func add(_ entry: PricedEntry, stop: Price) {
    positions += 1
    add(entry.price, stop, entry.quantity)
    buyingPower = entry.value.flatMap { buyingPower?.subtracting($0) }
  }
}

extension Core {
  /// Looks at everything beside a signal; throws what stands in its way before any number is looked at.
  @inline(__always)
  mutating func surroundings(of index: Int) throws(Refusal) -> Surroundings {
    if let refusal = refusalOfAll(like: index) { throw refusal }
    var surroundings = Surroundings(equity: cash, buyingPower: cash.subtracting(reserved), risk: .zero(cash.currency))
    for place in positions.indices { try add(position: place, to: &surroundings, of: index) }
    for place in signals.indices where place != index { try add(signal: place, to: &surroundings, of: index) }
    return surroundings
  }

  /// What keeps every entry out, or all of an instrument or strategy.
  @inline(__always)
  private mutating func refusalOfAll(like index: Int) -> Refusal? {
    if breaker.isTripped { return Refusal(.risk, .breakerTripped) }
    if entriesStopped { return Refusal(.risk, .entriesStopped) }
    if !failed.isEmpty, let failure = failure(of: signals[index].strategy) { return Refusal(.risk, failure) }
    if instruments[Int(signals[index].instrument.index)].blocks > 0 { return Refusal(.risk, .symbolBlocked) }
    return nil
  }

  @inline(never)
  private mutating func add(
    position place: Int, to surroundings: inout Surroundings, of index: Int
  ) throws(Refusal) {
    let held = positions[place].quantity
    if held > .zero {
      let value = worth(place).map { Money(nanos: $0, currency: cash.currency) }
      surroundings.equity = value.flatMap { surroundings.equity?.adding($0) }
    }
    if positions[place].hasEnded { return }
    if positions[place].instrument == signals[index].instrument {
      throw Refusal(.risk, held > .zero ? .symbolAlreadyHeld(quantity: held) : .orderAlreadyPending)
    }
    let (entry, stop) = (positions[place].entryOrder, positions[place].stop)
    surroundings.positions += 1
    surroundings.add(positions[place].averageEntry, stop, held)
    if orders.contains(entry) { surroundings.add(orders[entry].plannedPrice, stop, orders[entry].remaining) }
  }

  @inline(never)
  private mutating func add(
    signal place: Int, to surroundings: inout Surroundings, of index: Int
  ) throws(Refusal) {
    let state = signals[place].state
    if signals[place].instrument == signals[index].instrument, !state.isFinal, state != .generated {
      throw Refusal(.risk, .signalAlreadyPending)
    }
    guard signals[place].isClaiming else { return }
    guard let price = signals[place].plannedPrice else {
      (surroundings.buyingPower, surroundings.risk) = (nil, nil)
      return
    }
    let entry = PricedEntry(signals[place].quantity, at: price, cash.currency)
    surroundings.add(entry, stop: signals[place].proposal.stopPrice)
  }
}
