import TradingTypes

// Equity, buying power, the circuit breaker.
extension Core {
  /// Cash plus positions at their last prices; `nil` when one of them cannot be computed.
  public var equity: Money? { mark().nanos.map { Money(nanos: $0, currency: cash.currency) } }

  /// As ``equity``, for the core's own use.
  mutating func equityNow() -> Money? { mark().nanos.map { Money(nanos: $0, currency: cash.currency) } }

  /// Equity in billionths and whether anything is held; `nil` when it cannot be computed. Allocates nothing.
  public mutating func equityMark() -> (nanos: Int64?, isInvested: Bool) { mark() }

  @inline(__always)
  func mark() -> (nanos: Int64?, isInvested: Bool) {
    var total = cash.nanos
    var isInvested = false
    for index in positions.indices where positions[index].quantity > .zero {
      isInvested = true
      guard let value = worth(index) else { return (nil, true) }
      let (sum, overflow) = total.addingReportingOverflow(value)
      if overflow { return (nil, true) }
      total = sum
    }
    return (total, isInvested)
  }

  /// What equity is while nothing but an instrument's price changes; `nil` when that is no line over its price.
  public mutating func equityLine(_ instrument: InstrumentID) -> EquityLine? {
    var line = EquityLine(fixed: cash.nanos)
    for index in positions.indices where positions[index].quantity > .zero {
      line.isInvested = true
      if positions[index].instrument == instrument {
        guard line.units == 0, let units = positions[index].wholeUnits else { return nil }
        line.units = units
      } else {
        guard let value = worth(index) else { return nil }
        let (sum, overflow) = line.fixed.addingReportingOverflow(value)
        if overflow { return nil }
        line.fixed = sum
      }
    }
    return line
  }

  /// What a position is worth at its last price, in billionths; `nil` when it cannot be computed.
  @inline(__always)
  func worth(_ index: Int) -> Int64? {
    guard let price = instruments[Int(positions[index].instrument.index)].price else { return nil }
    return positions[index].value(at: price, in: cash.currency)
  }

  /// Cash that no entry on its way has claimed; `nil` when it cannot be computed.
  public var buyingPower: Money? {
    var free = cash.subtracting(reserved)
    for index in signals.indices where signals[index].isClaiming {
      guard let price = signals[index].plannedPrice,
        let value = Money.notional(price, signals[index].quantity, cash.currency, rounded: .up)
      else { return nil }
      free = free?.subtracting(value)
    }
    return free
  }

  /// Cash, everything settled.
  public var cashBalance: Money { cash }
  /// Whether the breaker is tripped.
  public var isBreakerTripped: Bool { breaker.isTripped }
  /// Positions open now.
  public var openPositions: Int { positions.indices.count { positions[$0].quantity > .zero } }

  /// Orders whose outcome is not known, with their client ids.
  public var unknownOrders: [(number: OrderNumber, clientOrderID: ShortText)] {
    guard orders.unknownCount > 0 else { return [] }
    return orders.open.filter { orders[$0].isUnknown }.map { ($0, orders.clientOrderID($0)) }
  }

  /// What is held and under way in an instrument.
  public func holding(_ instrument: InstrumentID) -> Holding {
    let index = positions.indices.first { positions[$0].instrument == instrument && !positions[$0].hasEnded }
    return Holding(
      quantity: index.map { positions[$0].quantity } ?? .zero,
      averagePrice: index.map { positions[$0].averageEntry } ?? .zero,
      hasWorkingOrder: index.map { positions[$0].quantity == .zero || positions[$0].exitOrder != nil } ?? false,
      hasPendingSignal: signals.indices.contains { signals[$0].instrument == instrument && signals[$0].isClaiming },
      isBlocked: instruments[Int(instrument.index)].blocks > 0)
  }

  /// Names the instruments in which something is held, under way or blocked; one may be named twice.
  public func forEachBusyInstrument(_ body: (InstrumentID) -> Void) {
    for index in positions.indices { body(positions[index].instrument) }
    for index in signals.indices { body(signals[index].instrument) }
    for index in instruments.indices where instruments[index].blocks > 0 { body(InstrumentID(UInt32(index))) }
  }

  @inline(__always)
  mutating func watchEquity(_ effects: inout EffectBuffer) {
    if breaker.limit != nil, !positions.isEmpty { holdEquityAgainstLimit(&effects) }
  }

  private mutating func holdEquityAgainstLimit(_ effects: inout EffectBuffer) {
    guard let decision = breaker.observe(equity: equityNow()) else { return }
    effects.note(.breaker, decision, at: now, instrument: nil, signal: nil, order: nil)
    recordBreaker(&effects)
    cancelEntries(.breakerTripped, &effects)
    effects.notify(Announcement.breaker(decision, now))
  }

  mutating func sessionOpened(_ time: Timestamp, _ effects: inout EffectBuffer) {
    now = time
    guard breaker.limit != nil, breaker.sessionOpened(equity: equity) else { return }
    effects.note(.breaker, .rearmed, at: now, instrument: nil, signal: nil, order: nil)
    recordBreaker(&effects)
    effects.notify(Announcement.breaker(.rearmed, now))
  }

  mutating func sessionClosed(_ time: Timestamp, _ effects: inout EffectBuffer) {
    now = time
    breaker.sessionClosed(equity: equity)
    if now >= configuration.decideFrom {
      effects.record(.equity, .equity(EquityRecord(time: time, cash: cash, equity: equity)))
    }
  }

  private func recordBreaker(_ effects: inout EffectBuffer) {
    effects.record(
      .breaker, .breaker(BreakerRecord(time: now, isTripped: breaker.isTripped, base: breaker.base, equity: equity)))
  }
}

/// A position that is held.
public struct HeldPosition: Hashable, Sendable {
  public var instrument: InstrumentID
  public var strategy: StrategyID
  public var quantity: Quantity
  public var entryTime: Timestamp
  /// Average price paid, rounded down to a billionth.
  public var entryPrice: Price
  /// The last price; `nil` when it is not known.
  public var lastPrice: Price?
  /// The stop in force; zero for none.
  public var stop: Price
  /// Cost of what is held, without fees.
  public var cost: Money
  /// Fees paid so far.
  public var fees: Money
}

extension Core {
  /// The positions that are held, in the order they were begun.
  public var heldPositions: [HeldPosition] {
    positions.indices.filter { positions[$0].quantity > .zero }.map {
      positions[$0].held(lastPrice: instruments[Int(positions[$0].instrument.index)].price)
    }
  }
}

/// What is held and under way in an instrument.
public struct Holding: Hashable, Sendable {
  public var quantity: Quantity
  public var averagePrice: Price
  public var hasWorkingOrder: Bool
  public var hasPendingSignal: Bool
  public var isBlocked: Bool
}
