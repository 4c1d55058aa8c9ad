import TradingTypes

// Approval: once, in time, and silence does only what was configured.
extension Core {
  /// Takes answers. Only signals that are waiting for one can be answered; all others stay as they are.
  mutating func answer(
    _ approved: [SignalNumber], _ rejected: [SignalNumber], _ by: Approver, _ effects: inout EffectBuffer
  ) {
    for number in approved {
      guard let index = waiting(number) else { continue }
      if signals[index].expiresAt < now {
        expire(index, &effects)
        continue
      }
      approve(index, by, &effects)
    }
    for number in rejected {
      guard let index = waiting(number) else { continue }
      reject(index, by, &effects)
    }
    executeApproved(&effects)
    settleSignals()
  }

  /// Lets the market's own time run out on questions, where the caller's prompt does not.
  mutating func timeOutApprovals(_ effects: inout EffectBuffer) {
    guard case .ask(_, _, marketTime: true) = configuration.approval else { return }
    let late = signals.indices.filter { signals[$0].deadline.map { $0 <= now } ?? false }.map { signals[$0].number }
    if !late.isEmpty { timeOut(late, &effects) }
  }

  /// Applies the policy to unanswered signals; those that need a person stay pending until they expire.
  mutating func timeOut(_ numbers: [SignalNumber], _ effects: inout EffectBuffer) {
    guard case .ask(_, let action, _) = configuration.approval else { return }
    for number in numbers {
      guard let index = waiting(number) else { continue }
      signals[index].deadline = nil
      if signals[index].proposal.flags.contains(.personOnly) {
        let expiresAt = signals[index].expiresAt
        note(.approval, .unanswered(expiresAt: expiresAt), signal: index, &effects)
      } else if action == .approveAll {
        approve(index, .timeout, &effects)
      } else {
        reject(index, .timeout, &effects)
      }
    }
    executeApproved(&effects)
  }

  /// Ends signals whose time is over, asked or approved.
  mutating func expireSignals(_ effects: inout EffectBuffer) {
    for index in signals.indices
    where (signals[index].state == .awaitingApproval || signals[index].state == .approved)
      && signals[index].expiresAt < now
    {
      expire(index, &effects)
    }
  }

  fileprivate func waiting(_ number: SignalNumber) -> Int? {
    signals.indices.first { signals[$0].number == number && signals[$0].state == .awaitingApproval }
  }

  @inline(__always)
  mutating func approve(_ index: Int, _ by: Approver, _ effects: inout EffectBuffer) {
    counters.approved += 1
    signals[index].deadline = nil
    note(.approval, .approved(by: by), signal: index, &effects)
    move(index, .approve, "approved", &effects)
  }

  mutating func reject(_ index: Int, _ by: Approver, _ effects: inout EffectBuffer) {
    counters.rejected += 1
    note(.approval, .rejected(by: by), signal: index, &effects)
    move(index, .reject, "rejected", &effects)
  }

  private mutating func expire(_ index: Int, _ effects: inout EffectBuffer) {
    counters.expired += 1
    let expiresAt = signals[index].expiresAt
    note(.approval, .expired(expiresAt: expiresAt), signal: index, &effects)
    move(index, .expire, "expired", &effects)
  }
}

/// A signal that waits for an answer.
public struct AwaitingSignal: Sendable {
  public var strategy: StrategyID
  public var proposal: SignalProposal
  public var quantity: Quantity
  public var expiresAt: Timestamp
}

extension Core {
  /// Whether a signal still waits for an answer.
  public func isAwaitingApproval(_ number: SignalNumber) -> Bool {
    waiting(number) != nil
  }

  /// A signal that waits for an answer; `nil` when it does not.
  public func awaiting(_ number: SignalNumber) -> AwaitingSignal? {
    waiting(number).map {
      AwaitingSignal(
        strategy: signals[$0].strategy, proposal: signals[$0].proposal, quantity: signals[$0].quantity,
        expiresAt: signals[$0].expiresAt)
    }
  }
}
