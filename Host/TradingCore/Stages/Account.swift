import TradingTypes

// Equity, buying power, the circuit breaker.
extension Core {
  /// Cash plus positions at their last prices; `nil` when one of them cannot be computed.
  public var equity: Money? {
    var total = cash
    for position in positions where position.quantity > .zero {
      guard let price = instruments[Int(position.instrument.index)].price,
        let value = Money.notional(price, position.quantity, cash.currency, rounded: .down),
        let sum = total.adding(value)
      else { return nil }
      total = sum
    }
    return total
  }

  /// Cash that no entry on its way has claimed; `nil` when it cannot be computed.
  public var buyingPower: Money? { buyingPower(excluding: nil) }

  /// Buying power as one signal sees it: its own claim is its to use.
  func buyingPower(excluding number: SignalNumber?) -> Money? {
    var free = cash.subtracting(reserved)
    for signal in signals where signal.isClaiming && signal.number != number {
      guard let price = signal.plannedPrice,
        let value = Money.notional(price, signal.quantity, cash.currency, rounded: .up)
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
  public var openPositions: Int { positions.count { $0.quantity > .zero } }

  /// Orders whose outcome is not known, with their client ids.
  public var unknownOrders: [(number: OrderNumber, clientOrderID: String)] {
    guard instruments.contains(where: { $0.blocks > 0 }) else { return [] }
    return orders.open.filter { orders[$0].isUnknown }.map { ($0, clientOrderID($0)) }
  }

  /// What is held and under way in an instrument.
  public func holding(_ instrument: InstrumentID) -> Holding {
    let position = positions.first { $0.instrument == instrument && !$0.hasEnded }
    return Holding(
      quantity: position?.quantity ?? .zero, averagePrice: position?.averageEntry ?? .zero,
      hasWorkingOrder: position.map { $0.quantity == .zero || $0.exitOrder != nil } ?? false,
      hasPendingSignal: signals.contains { $0.instrument == instrument && $0.isClaiming },
      isBlocked: instruments[Int(instrument.index)].blocks > 0)
  }

  mutating func watchEquity(_ effects: inout EffectBuffer) {
    guard breaker.limit != nil, !positions.isEmpty, let decision = breaker.observe(equity: equity) else { return }
    note(.breaker, decision, instrument: nil, signal: nil, order: nil, &effects)
    recordBreaker(&effects)
    cancelEntries(.breakerTripped, &effects)
    effects.append(.notify(Announcement.breaker(decision, now)))
  }

  mutating func sessionOpened(_ time: Timestamp, _ effects: inout EffectBuffer) {
    now = time
    guard breaker.limit != nil, breaker.sessionOpened(equity: equity) else { return }
    note(.breaker, .rearmed, instrument: nil, signal: nil, order: nil, &effects)
    recordBreaker(&effects)
    effects.append(.notify(Announcement.breaker(.rearmed, now)))
  }

  mutating func sessionClosed(_ time: Timestamp, _ effects: inout EffectBuffer) {
    now = time
    breaker.sessionClosed(equity: equity)
    if now >= configuration.decideFrom {
      effects.append(.record(.equity(EquityRecord(time: time, cash: cash, equity: equity))))
    }
  }

  private func recordBreaker(_ effects: inout EffectBuffer) {
    effects.append(
      .record(
        .breaker(BreakerRecord(time: now, isTripped: breaker.isTripped, base: breaker.base, equity: equity))))
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
