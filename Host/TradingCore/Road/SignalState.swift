/// Where a signal stands on the road.
public enum SignalState: String, Hashable, Sendable, Codable, CaseIterable {
  case generated
  case riskChecked = "risk_checked"
  case awaitingApproval = "awaiting_approval"
  case approved, rejected, expired, superseded, executing, done, failed

  /// What can happen to a signal.
  public enum Event: Hashable, Sendable, CaseIterable {
    case refuse, passRisk, ask, approve, reject, expire, supersede, send, complete, fail
  }

  /// The state after an event; `nil` for a move that is not legal.
  public func after(_ event: Event) -> SignalState? {
    switch (self, event) {
    case (.generated, .passRisk): .riskChecked
    case (.generated, .refuse), (.riskChecked, .refuse): .rejected
    case (.riskChecked, .ask): .awaitingApproval
    // A backtest has no approval stage; its signals are approved by rule.
    case (.riskChecked, .approve): .approved
    case (.awaitingApproval, .approve): .approved
    case (.awaitingApproval, .reject): .rejected
    case (.awaitingApproval, .expire), (.approved, .expire): .expired
    case (.awaitingApproval, .supersede), (.approved, .supersede): .superseded
    // The re-check between approval and order can still refuse it.
    case (.approved, .refuse): .rejected
    case (.awaitingApproval, .refuse): .rejected
    case (.approved, .send): .executing
    case (.executing, .complete): .done
    case (.executing, .fail): .failed
    default: nil
    }
  }

  /// Whether nothing more can happen to it.
  public var isFinal: Bool {
    switch self {
    case .rejected, .expired, .superseded, .done, .failed: true
    default: false
    }
  }
}
