import TradingTypes

// Signal -> validate -> score and rank -> size and risk.
extension Core {
  /// Takes a strategy's answer; entries wait for the end of the instant so that they can be ranked.
  mutating func accept(_ proposal: SignalProposal, from strategy: StrategyID, _ effects: inout EffectBuffer) {
    guard proposal.verdict != .evaluated, now >= configuration.decideFrom else { return }
    isQuiet = false
    let number = nextSignal
    nextSignal += 1
    counters.signals += 1
    let expiresAt = proposal.expiresAt ?? hours.nextClose(proposal.instrument, after: proposal.decidedAt)
    let signal = Signal(number: number, strategy: strategy, proposal: proposal, expiresAt: expiresAt)
    signal.opensBefore = instruments[Int(proposal.instrument.index)].opens
    effects.record(
      .signals, .signal(SignalRecord(number: number, strategy: strategy, proposal: proposal, state: .generated)))
    if proposal.verdict == .refused {
      counters.rejected += 1
      refuse(signal, .signal, .refusedByStrategy(code: proposal.code), &effects)
      return
    }
    note(
      .signal,
      .raised(score: proposal.score, confidence: proposal.confidence, expectedValue: proposal.expectedValue),
      signal: signal, &effects)
    if proposal.action == .exit {
      exit(by: signal, &effects)
    } else {
      arrived.append(signal)
    }
  }

  /// Ranks the entries of this instant, sizes and risk-checks each in that order, and asks about those that pass.
  mutating func takeArrivals(_ effects: inout EffectBuffer) {
    guard !arrived.isEmpty else { return }
    let ranked =
      arrived.count == 1
      ? [(signal: arrived[0], fused: configuration.ranking.fused(arrived[0].proposal))]
      : configuration.ranking.order(
        arrived, strategy: \.strategy, proposal: \.proposal,
        symbol: { configuration.instruments[Int($0.instrument.index)].symbol })
    arrived.removeAll(keepingCapacity: true)
    var asked: [SignalNumber] = []
    for (index, entry) in ranked.enumerated() {
      let signal = entry.signal
      note(.rank, .ranked(place: index + 1, of: ranked.count, fused: entry.fused), signal: signal, &effects)
      supersede(with: signal, &effects)
      guard sizeAndCheck(signal, &effects) else { continue }
      move(signal, .passRisk, "within_limits", &effects)
      switch configuration.approval {
      case .fixed(let approves):
        signals.append(signal)
        if approves {
          approve(signals.count - 1, .option, &effects)
        } else {
          reject(signals.count - 1, .option, &effects)
        }
      case .ask(let timeout, _, _):
        let deadline = now.adding(seconds: timeout)
        signal.deadline = deadline
        note(.approval, .asked(batch: ranked[0].signal.number, deadline: deadline), signal: signal, &effects)
        move(signal, .ask, "asked", &effects)
        asked.append(signal.number)
        signals.append(signal)
      }
    }
    if case .ask(let timeout, _, _) = configuration.approval, !asked.isEmpty {
      effects.append(.askApproval(asked, deadline: now.adding(seconds: timeout)))
    }
  }

  /// A signal decided again on the same bar (which was restated) takes the place of the one that waits.
  private mutating func supersede(with signal: Signal, _ effects: inout EffectBuffer) {
    for index in signals.indices
    where signals[index].instrument == signal.instrument && signals[index].strategy == signal.strategy
      && signals[index].proposal.barTime == signal.proposal.barTime && signals[index].isClaiming
    {
      note(.signal, .superseded, signal: signals[index], &effects)
      move(signals[index], .supersede, "superseded", &effects)
    }
  }

  private mutating func sizeAndCheck(_ signal: Signal, _ effects: inout EffectBuffer) -> Bool {
    let slot = Int(signal.instrument.index)
    let step = configuration.instruments[slot].step
    if let obstacle = obstacle(to: signal) {
      refuse(signal, .risk, obstacle, &effects)
      return false
    }
    guard configuration.instruments[slot].currency == cash.currency else {
      refuse(signal, .size, .currencyMismatch, &effects)
      return false
    }
    guard let price = signal.plannedPrice, price > .zero else {
      refuse(signal, .size, .notComputable(what: .price), &effects)
      return false
    }
    guard let equity, let buyingPower else {
      refuse(signal, .size, .notComputable(what: .equity), &effects)
      return false
    }
    let size = configuration.sizing.decide(
      signal.proposal, price: price, equity: equity, buyingPower: buyingPower, step: step,
      minimumConfidence: configuration.limits.minimumConfidence)
    for decision in size.decisions.dropLast() { note(.size, decision, signal: signal, &effects) }
    guard size.quantity > .zero, let last = size.decisions.last else {
      refuse(signal, .size, size.decisions.last ?? .sizeZero(step: step), &effects)
      return false
    }
    note(.size, last, signal: signal, &effects)
    signal.quantity = size.quantity
    let decision = limits(
      price: price, stop: signal.proposal.stopPrice, quantity: signal.quantity, signal: signal.number, equity: equity)
    guard decision.passed else {
      refuse(signal, .risk, decision, &effects)
      return false
    }
    note(.risk, decision, signal: signal, &effects)
    return true
  }

  /// What stands in the way of an entry before any number is looked at.
  mutating func obstacle(to signal: Signal) -> Decision? {
    if breaker.isTripped { return .breakerTripped }
    if entriesStopped { return .entriesStopped }
    if !failed.isEmpty, let failure = failure(of: signal.strategy) { return failure }
    if instruments[Int(signal.instrument.index)].blocks > 0 { return .symbolBlocked }
    for index in positions.indices where positions[index].instrument == signal.instrument && !positions[index].hasEnded
    {
      let held = positions[index].quantity
      return held > .zero ? .symbolAlreadyHeld(quantity: held) : .orderAlreadyPending
    }
    let another = signals.indices.contains {
      signals[$0].instrument == signal.instrument && signals[$0].number != signal.number && !signals[$0].state.isFinal
    }
    return another ? .signalAlreadyPending : nil
  }

  /// Holds an entry against the limits, everything else that is open or on its way counted.
  mutating func limits(price: Price, stop: Price, quantity: Quantity, signal: SignalNumber, equity: Money) -> Decision {
    var view = RiskView(equity: equity, positions: 0, risk: .zero(equity.currency))
    func count(_ price: Price, _ stop: Price, _ quantity: Quantity) -> Bool {
      guard let distance = price.subtracting(min(stop, price)),
        let risk = Money.notional(distance, quantity, equity.currency, rounded: .up), let sum = view.risk.adding(risk)
      else { return false }
      view.risk = sum
      return true
    }
    for index in positions.indices where !positions[index].hasEnded {
      let entry = orders.contains(positions[index].entryOrder) ? orders[positions[index].entryOrder] : nil
      guard count(positions[index].averageEntry, positions[index].stop, positions[index].quantity),
        count(entry?.plannedPrice ?? .zero, positions[index].stop, entry?.remaining ?? .zero)
      else { return .notComputable(what: .heat) }
      view.positions += 1
    }
    for index in signals.indices where signals[index].number != signal && signals[index].isClaiming {
      guard let planned = signals[index].plannedPrice,
        count(planned, signals[index].proposal.stopPrice, signals[index].quantity)
      else { return .notComputable(what: .heat) }
      view.positions += 1
    }
    return configuration.limits.decide(price: price, stop: stop, quantity: quantity, view: view)
  }
}

extension Signal {
  /// Whether it holds a place and risk that others may not use.
  var isClaiming: Bool { state == .riskChecked || state == .awaitingApproval || state == .approved }
}

extension Position {
  var hasEnded: Bool { state == .closed || state == .performanceRecorded || state == .none }
}
