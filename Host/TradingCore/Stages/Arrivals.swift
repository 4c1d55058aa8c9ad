import TradingTypes

// Signal -> validate -> score and rank -> size and risk.
extension Core {
  /// Takes a strategy's answer; entries wait for the end of the instant so that they can be ranked.
  @inline(__always)
  mutating func accept(
    _ proposal: consuming SignalProposal, from strategy: StrategyID, _ effects: inout EffectBuffer
  ) {
    guard proposal.verdict != .evaluated, now >= configuration.decideFrom else { return }
    isQuiet = false
    let number = nextSignal
    nextSignal += 1
    counters.signals += 1
    let expiresAt = proposal.expiresAt ?? hours.nextClose(proposal.instrument, after: proposal.decidedAt)
    let opens = instruments[Int(proposal.instrument.index)].opens
    signals.append(
      Signal(number: number, strategy: strategy, proposal: proposal, expiresAt: expiresAt, opensBefore: opens))
    let index = signals.count - 1
    effects.record(.signals, .signal(signals[index].record))
    if signals[index].proposal.verdict == .refused {
      counters.rejected += 1
      let code = signals[index].proposal.code
      refuse(index, .signal, .refusedByStrategy(code: code), &effects)
      signals.remove(at: index)
      return
    }
    effects.note(
      .signal, signals[index].raised, at: now, instrument: signals[index].instrument, signal: number, order: nil)
    if signals[index].proposal.action == .exit {
      exit(by: index, &effects)
    } else {
      hasArrivals = true
    }
  }

  /// Whether a signal may still be sent.
  @inline(__always)
  mutating func hasUnsentSignals() -> Bool {
    for index in signals.indices where signals[index].isUnsent { return true }
    return false
  }

  /// At the end of an instant: ends signals whose time is over and takes the others along the road as far as they get.
  mutating func advanceSignals(_ effects: inout EffectBuffer) {
    expireSignals(&effects)
    timeOutApprovals(&effects)
    takeArrivals(&effects)
    executeApproved(&effects)
  }

  /// Ranks the entries of this instant, sizes and risk-checks each in that order, and asks about those that pass.
  mutating func takeArrivals(_ effects: inout EffectBuffer) {
    guard hasArrivals else { return }
    hasArrivals = false
    var places: (first: Int, count: Int) = (0, 0)
    for index in signals.indices where signals[index].state == .generated {
      if places.count == 0 { places.first = index }
      places.count += 1
    }
    if places.count == 0 { return }
    if places.count == 1 {
      let asks = takeArrival(places.first, place: 1, of: 1, batch: signals[places.first].number, &effects)
      if asks { askApproval([signals[places.first].number], &effects) }
      return
    }
    let ranked = rankedArrivals()
    let batch = signals[ranked[0]].number
    var asked: [SignalNumber] = []
    for (place, index) in ranked.enumerated()
    where takeArrival(index, place: place + 1, of: ranked.count, batch: batch, &effects) {
      asked.append(signals[index].number)
    }
    if !asked.isEmpty { askApproval(asked, &effects) }
  }

  /// The places of this instant's entries, best first.
  private func rankedArrivals() -> [Int] {
    let arrivals = signals.indices.filter { signals[$0].state == .generated }.map { index in
      Ranking.Candidate(
        place: index, strategy: signals[index].strategy, score: signals[index].proposal.score,
        fused: configuration.ranking.fused(signals[index].proposal), symbol: symbol(signals[index].instrument))
    }
    return Ranking.order(arrivals).map(\.place)
  }

  /// Takes one entry through ranking, sizing and risk; answers whether people are to be asked about it.
  private mutating func takeArrival(
    _ index: Int, place: Int, of count: Int, batch: SignalNumber, _ effects: inout EffectBuffer
  ) -> Bool {
    effects.note(
      .rank, .ranked(place: place, of: count, fused: configuration.ranking.fused(signals[index].proposal)), at: now,
      instrument: signals[index].instrument, signal: signals[index].number, order: nil)
    supersede(with: index, &effects)
    guard sizeAndCheck(index, &effects) else { return false }
    move(index, .passRisk, "within_limits", &effects)
    switch configuration.approval {
    case .fixed(approves: true):
      approve(index, .option, &effects)
      return false
    case .fixed(approves: false):
      reject(index, .option, &effects)
      return false
    case .ask(let timeout, _, _):
      let deadline = now.adding(seconds: timeout)
      signals[index].deadline = deadline
      note(.approval, .asked(batch: batch, deadline: deadline), signal: index, &effects)
      move(index, .ask, "asked", &effects)
      return true
    }
  }

  private mutating func askApproval(_ numbers: [SignalNumber], _ effects: inout EffectBuffer) {
    guard case .ask(let timeout, _, _) = configuration.approval else { return }
    effects.append(.askApproval(numbers, deadline: now.adding(seconds: timeout)))
  }

  /// A signal decided again on the same bar (which was restated) takes the place of the one that waits.
  @inline(__always)
  private mutating func supersede(with new: Int, _ effects: inout EffectBuffer) {
    for index in signals.indices
    where signals[index].isClaiming && signals[index].instrument == signals[new].instrument
      && signals[index].strategy == signals[new].strategy
      && signals[index].proposal.barTime == signals[new].proposal.barTime
    {
      note(.signal, .superseded, signal: index, &effects)
      move(index, .supersede, "superseded", &effects)
    }
  }

  /// Sizes an entry and holds it against the limits; answers whether it goes on.
  private mutating func sizeAndCheck(_ index: Int, _ effects: inout EffectBuffer) -> Bool {
    do throws(Refusal) {
      let surroundings = try surroundings(of: index)
      let entry = try size(index, surroundings, &effects)
      let exposure = try configuration.limits.admit(
        entry, stop: signals[index].proposal.stopPrice, among: surroundings)
      note(.risk, exposure.decision, signal: index, &effects)
      return true
    } catch {
      refuse(index, error.stage, error.decision, &effects)
      return false
    }
  }

  @inline(__always)
  private mutating func size(
    _ index: Int, _ surroundings: borrowing Surroundings, _ effects: inout EffectBuffer
  ) throws(Refusal) -> PricedEntry {
    let slot = Int(signals[index].instrument.index)
    guard configuration.instruments[slot].currency == cash.currency else { throw Refusal(.size, .currencyMismatch) }
    guard let price = signals[index].plannedPrice, price > .zero else {
      throw Refusal(.size, .notComputable(what: .price))
    }
    guard let equity = surroundings.equity, let buyingPower = surroundings.buyingPower else {
      throw Refusal(.size, .notComputable(what: .equity))
    }
    let size: Sizing.Answer
    switch configuration.sizing.decide(
      signals[index].proposal, price: price, equity: equity, buyingPower: buyingPower,
      step: configuration.instruments[slot].step, minimumConfidence: configuration.limits.minimumConfidence)
    {
    case .refused(let decision, let before):
      for decision in before { note(.size, decision, signal: index, &effects) }
      throw Refusal(.size, decision)
    case .sized(let answer): size = answer
    }
    note(.size, size.decision, signal: index, &effects)
    if size.isCapped {
      let decision = Decision.cappedByBuyingPower(from: size.wanted, to: size.quantity, buyingPower: buyingPower)
      note(.size, decision, signal: index, &effects)
    }
    signals[index].quantity = size.quantity
    return size.entry
  }
}

extension Signal {
  /// Whether it may still be sent.
  @inline(__always)
  var isUnsent: Bool { state == .generated || isClaiming }

  /// Whether it holds a place and risk that others may not use.
  @inline(__always)
  var isClaiming: Bool { state == .riskChecked || state == .awaitingApproval || state == .approved }

  /// Its row as it arrived.
  var record: SignalRecord {
    SignalRecord(number: number, strategy: strategy, proposal: proposal, state: .generated)
  }

  /// What its strategy thinks of it.
  var raised: Decision {
    .raised(score: proposal.score, confidence: proposal.confidence, expectedValue: proposal.expectedValue)
  }
}

extension Position {
  @inline(__always)
  var hasEnded: Bool { state == .closed || state == .performanceRecorded || state == .none }
}
