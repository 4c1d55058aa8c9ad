import TradingTypes

// Small pieces every stage uses: recorded moves and decisions. Many are `mutating` though they change nothing: otherwise the
// compiler copies the whole core to pass it on.

extension EffectBuffer {
  /// Records a decision, which is not made where nobody keeps it.
  @inline(__always)
  mutating func note(
    _ stage: Stage, _ decision: @autoclosure () -> Decision, at now: Timestamp, instrument: InstrumentID?,
    signal: SignalNumber?, order: OrderNumber?
  ) {
    record(
      .decisions,
      .decision(
        DecisionRecord(
          time: now, stage: stage, decision: decision(), instrument: instrument, signal: signal, order: order)))
  }
}

extension Core {
  /// Records a decision about a signal.
  @inline(__always)
  mutating func note(
    _ stage: Stage, _ decision: @autoclosure () -> Decision, signal index: Int, _ effects: inout EffectBuffer
  ) {
    guard effects.keeps(.decisions) else { return }
    effects.note(
      stage, decision(), at: now, instrument: signals[index].instrument, signal: signals[index].number, order: nil)
  }

  /// Records a decision about a position.
  @inline(__always)
  mutating func note(
    _ stage: Stage, _ decision: @autoclosure () -> Decision, position index: Int, signal: SignalNumber? = nil,
    order: OrderNumber? = nil, _ effects: inout EffectBuffer
  ) {
    guard effects.keeps(.decisions) else { return }
    effects.note(
      stage, decision(), at: now, instrument: positions[index].instrument, signal: signal ?? positions[index].signal,
      order: order)
  }

  /// Records a decision about an order.
  @inline(__always)
  mutating func note(_ decision: @autoclosure () -> Decision, order number: OrderNumber, _ effects: inout EffectBuffer)
  {
    guard effects.keeps(.decisions) else { return }
    effects.note(
      .order, decision(), at: now, instrument: orders[number].instrument, signal: orders[number].signal, order: number)
  }

  /// Ends a signal that has not reached approval.
  mutating func refuse(_ index: Int, _ stage: Stage, _ decision: Decision, _ effects: inout EffectBuffer) {
    if signals[index].proposal.verdict == .raised { counters.rejected += 1 }
    note(stage, decision, signal: index, &effects)
    move(index, .refuse, decision.code, &effects)
  }

  /// Moves a signal and records it; an illegal move is a fault of the core and changes nothing.
  @inline(__always)
  mutating func move(
    _ index: Int, _ event: SignalState.Event, _ code: @autoclosure () -> String, _ effects: inout EffectBuffer
  ) {
    guard let next = signals[index].state.after(event) else {
      assertionFailure("signal \(signals[index].number): \(event) in state \(signals[index].state)")
      return
    }
    signals[index].state = next
    if next.isFinal { hasEndedSignals = true }
    effects.record(
      .signalStates,
      .signalState(SignalStateRecord(number: signals[index].number, time: now, state: next, code: code())))
  }

  /// Moves a position; an illegal move is a fault of the core and changes nothing.
  mutating func step(_ index: Int, _ event: PositionState.Event) {
    guard let next = positions[index].state.after(event) else {
      assertionFailure("position \(positions[index].number): \(event) in state \(positions[index].state)")
      return
    }
    positions[index].state = next
  }

  /// The place of a position; `nil` when it is over.
  @inline(__always)
  mutating func positionIndex(_ number: PositionNumber) -> Int? {
    for index in positions.indices where positions[index].number == number { return index }
    return nil
  }

  @inline(__always)
  mutating func record(position index: Int, _ effects: inout EffectBuffer) {
    effects.record(.positions, .position(positions[index].record(at: now)))
  }

  func symbol(_ instrument: InstrumentID) -> String {
    Int(instrument.index) < configuration.instruments.count
      ? configuration.instruments[Int(instrument.index)].symbol : "instrument \(instrument.index)"
  }
}

/// What people are told, in one place.
enum Announcement {
  static func closed(_ trade: TradeRecord, _ symbol: String, _ now: Timestamp) -> Notification {
    Notification(
      severity: .info, time: now, topic: "fill",
      title: "\(symbol): closed \(trade.quantity) at \(trade.exitPrice), \(trade.pnl) (\(trade.exitReason.name))")
  }

  static func unknown(_ symbol: String, _ clientOrderID: ShortText, _ now: Timestamp) -> Notification {
    Notification(
      severity: .alarm, time: now, topic: "order",
      title: "\(symbol): the outcome of order \(clientOrderID) is unknown; the symbol is blocked",
      text: "nothing is sent again until the broker or a person says what became of it")
  }

  static func unprotected(_ symbol: String, _ quantity: Quantity, _ now: Timestamp) -> Notification {
    Notification(
      severity: .alarm, time: now, topic: "order", title: "\(symbol): \(quantity) held without a stop: it was refused",
      text: "it is tried again; after the third refusal the position is left at the market")
  }

  static func filledAfterEnd(_ symbol: String, _ report: OrderReport, _ now: Timestamp) -> Notification {
    Notification(
      severity: .alarm, time: now, topic: "order",
      title: "\(symbol): \(report.quantity) filled after the position had ended",
      text: "they are protected and left at the market")
  }

  static func foreign(_ report: OrderReport, _ now: Timestamp) -> Notification {
    Notification(
      severity: .alarm, time: now, topic: "order",
      title: "a report that belongs to no order of this host: \(report.kind.name) \(report.clientOrderID)",
      text: "the symbol is blocked until a person has looked")
  }

  static func breaker(_ decision: Decision, _ now: Timestamp) -> Notification {
    let numbers = decision.numbers.map { "\($0.name) \($0.value.plainText)" }.joined(separator: ", ")
    switch decision {
    case .rearmed:
      return Notification(severity: .info, time: now, topic: "breaker", title: "the circuit breaker is armed again")
    default:
      return Notification(
        severity: .alarm, time: now, topic: "breaker", title: "the circuit breaker tripped: \(numbers)",
        text: "pending entries are cancelled, positions are kept; it re-arms at the next session's open")
    }
  }
}

extension Field.Value {
  /// The value as a person reads it.
  public var plainText: String {
    switch self {
    case .number(let number): number.map { "\($0)" } ?? "undefined"
    case .decimal(let nanos): Price(nanos: nanos).description
    case .integer(let integer): String(integer)
    case .time(let nanoseconds): Timestamp(nanoseconds: nanoseconds).description
    case .text(let text): text
    case .flag(let flag): flag.name
    }
  }
}
