import TradingTypes

// Small pieces every stage uses: recorded moves and decisions. Many are `mutating` though they change nothing: otherwise the
// compiler copies the whole core to pass it on.
extension Core {
  /// Records a decision about a signal.
  mutating func note(_ stage: Stage, _ decision: Decision, signal: Signal, _ effects: inout EffectBuffer) {
    note(stage, decision, instrument: signal.instrument, signal: signal.number, order: nil, &effects)
  }

  /// Records a decision.
  mutating func note(
    _ stage: Stage, _ decision: Decision, instrument: InstrumentID?, signal: SignalNumber?, order: OrderNumber?,
    _ effects: inout EffectBuffer
  ) {
    effects.record(
      .decisions,
      .decision(
        DecisionRecord(
          time: now, stage: stage, decision: decision, instrument: instrument, signal: signal, order: order)))
  }

  /// Ends a signal that has not reached approval.
  mutating func refuse(_ signal: Signal, _ stage: Stage, _ decision: Decision, _ effects: inout EffectBuffer) {
    if signal.proposal.verdict == .raised { counters.rejected += 1 }
    note(stage, decision, signal: signal, &effects)
    move(signal, .refuse, decision.code, &effects)
  }

  /// Moves a signal and records it; an illegal move is a fault of the core and changes nothing.
  mutating func move(_ signal: Signal, _ event: SignalState.Event, _ code: String, _ effects: inout EffectBuffer) {
    guard let next = signal.state.after(event) else {
      assertionFailure("signal \(signal.number): \(event) in state \(signal.state)")
      return
    }
    signal.state = next
    effects.record(
      .signalStates, .signalState(SignalStateRecord(number: signal.number, time: now, state: next, code: code)))
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
  mutating func positionIndex(_ number: PositionNumber) -> Int? {
    positions.indices.first { positions[$0].number == number }
  }

  mutating func record(position index: Int, _ effects: inout EffectBuffer) {
    guard effects.keeps(.positions) else { return }
    let position = positions[index]
    effects.record(
      .positions,
      .position(
        PositionRecord(
          number: position.number, instrument: position.instrument, strategy: position.strategy, time: now,
          state: position.state, quantity: position.quantity, cost: position.cost, stop: position.stop,
          target: position.target)))
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

  static func unknown(_ symbol: String, _ clientOrderID: String, _ now: Timestamp) -> Notification {
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
