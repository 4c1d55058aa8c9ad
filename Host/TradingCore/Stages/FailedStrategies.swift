import TradingTypes

/// Strategies that have failed and were not replaced, and what was done about their positions.
struct FailedStrategies: Sendable {
  private(set) var failures: [StrategyFailure] = []
  /// Positions without a stop of which people were told.
  var alarmed: Set<PositionNumber> = []

  /// Whether every strategy is well.
  var isEmpty: Bool { failures.isEmpty }

  /// The failure of a strategy; `nil` while it is well.
  subscript(strategy: StrategyID) -> StrategyFailure? {
    get { failures.first { $0.strategy == strategy } }
    set {
      failures.removeAll { $0.strategy == strategy }
      if let newValue { failures.append(newValue) }
    }
  }
}

// A strategy that failed: nothing of it enters any more, and its positions follow the policy it declared.
extension Core {
  /// Takes a strategy out of the road: its signals that were not sent are refused and its entry orders cancelled, so that
  /// only what protects its positions stays. Once it has failed for good, its policy is applied.
  mutating func strategyFailed(_ failure: StrategyFailure, _ effects: inout EffectBuffer) {
    guard Int(failure.strategy.index) < configuration.strategies.count else { return }
    failed[failure.strategy] = failure
    let name = configuration.strategies[Int(failure.strategy.index)].id
    let decision = Decision.strategyFailed(strategy: name, epoch: Int(failure.epoch))
    effects.note(.risk, decision, at: now, instrument: nil, signal: nil, order: nil)
    refuseSignals(of: failure.strategy, decision, &effects)
    for number in orders.open where orders[number].purpose == .entry && isOrder(number, of: failure.strategy) {
      cancel(number, &effects)
    }
    if failure.isFinal {
      effects.note(
        .protect, .strategyQuarantined(strategy: name, policy: failure.policy), at: now, instrument: nil, signal: nil,
        order: nil)
      effects.notify(Announcement.quarantined(name, failure, held: held(by: failure.strategy), now))
      applyPolicies(&effects)
    } else {
      effects.notify(Announcement.failed(name, failure, now))
    }
    settleSignals()
  }

  /// A new instance decides: entries of the strategy are taken again.
  mutating func strategyReplaced(_ replacement: StrategyReplacement, _ effects: inout EffectBuffer) {
    guard failed[replacement.strategy] != nil else { return }
    failed[replacement.strategy] = nil
    let name = configuration.strategies[Int(replacement.strategy.index)].id
    effects.note(
      .risk, .strategyReplaced(strategy: name, epoch: Int(replacement.epoch)), at: now, instrument: nil, signal: nil,
      order: nil)
    effects.notify(Announcement.replaced(name, replacement.epoch, now))
  }

  /// What stands in the way of entries of a strategy that failed.
  mutating func failure(of strategy: StrategyID) -> Decision? {
    guard let failure = failed[strategy] else { return nil }
    return .strategyFailed(strategy: configuration.strategies[Int(strategy.index)].id, epoch: Int(failure.epoch))
  }

  /// Applies the policies of strategies that failed for good. Entries that were on their way can fill later, so this is done
  /// again at each end of an instant; what was done already is not done twice.
  mutating func applyPolicies(_ effects: inout EffectBuffer) {
    for failure in failed.failures where failure.isFinal && failure.policy != .hold {
      for index in positions.indices
      where positions[index].strategy == failure.strategy && positions[index].quantity > .zero
        && !positions[index].hasEnded && positions[index].exitDue == nil
      {
        if failure.policy == .flatten {
          due(index, .flatten, "strategy_quarantined", signal: nil, &effects)
        } else {
          requireStop(index, &effects)
        }
      }
    }
  }

  /// Sees to it that a position has a working stop, or tells people that there is none.
  private mutating func requireStop(_ index: Int, _ effects: inout EffectBuffer) {
    guard positions[index].stop > .zero else {
      guard failed.alarmed.insert(positions[index].number).inserted else { return }
      let quantity = positions[index].quantity
      note(.protect, .unprotected(quantity: quantity), position: index, &effects)
      effects.notify(Announcement.abandoned(symbol(positions[index].instrument), quantity, now))
      return
    }
    if instruments[Int(positions[index].instrument.index)].blocks == 0 { protect(index, &effects) }
  }

  private mutating func refuseSignals(
    of strategy: StrategyID, _ decision: Decision, _ effects: inout EffectBuffer
  ) {
    for index in signals.indices
    where signals[index].strategy == strategy && (signals[index].isClaiming || signals[index].state == .generated) {
      refuse(index, .risk, decision, &effects)
    }
  }

  private func isOrder(_ number: OrderNumber, of strategy: StrategyID) -> Bool {
    let position = orders[number].position
    return positions.indices.contains { positions[$0].number == position && positions[$0].strategy == strategy }
  }

  private func held(by strategy: StrategyID) -> Int {
    positions.indices.count {
      positions[$0].strategy == strategy && positions[$0].quantity > .zero && !positions[$0].hasEnded
    }
  }
}

extension Announcement {
  static func failed(_ strategy: String, _ failure: StrategyFailure, _ now: Timestamp) -> Notification {
    Notification(
      severity: .alarm, time: now, topic: "plugin", title: "strategy \(strategy) failed: \(failure.reason)",
      text: "its pending entries are cancelled, its positions keep their stops; it is started again")
  }

  static func quarantined(
    _ strategy: String, _ failure: StrategyFailure, held: Int, _ now: Timestamp
  ) -> Notification {
    let done =
      switch failure.policy {
      case .hold: "left as they are"
      case .protect: "kept with their stops"
      case .flatten: "left at the market"
      }
    return Notification(
      severity: .alarm, time: now, topic: "plugin",
      title: "strategy \(strategy) is quarantined: \(failure.reason)",
      text: "its \(held) positions are \(done) (on_failure: \(failure.policy.rawValue)); "
        + "look into the log, then run host release-plugin \(strategy)")
  }

  static func replaced(_ strategy: String, _ epoch: UInt32, _ now: Timestamp) -> Notification {
    Notification(
      severity: .info, time: now, topic: "plugin", title: "strategy \(strategy) decides again, as instance \(epoch)")
  }

  static func abandoned(_ symbol: String, _ quantity: Quantity, _ now: Timestamp) -> Notification {
    Notification(
      severity: .alarm, time: now, topic: "plugin",
      title: "\(symbol): \(quantity) held without a stop, and its strategy is quarantined",
      text: "no stop is known for it: set one at the broker, or flatten it")
  }
}
