import TradingTypes

/// What one symbol came to at one close.
struct Evaluation {
  /// Whether there was anything to compute from.
  enum Basis: Equatable {
    case complete
    /// Fewer bars than an evaluation needs.
    case insufficientHistory
    /// The last bar is not that of the last completed session.
    case staleBars
  }

  let instrument: InstrumentID
  let bar: Bar
  let basis: Basis
  let inputs: Inputs
  let scores: Scores
  let plan: Plan?
  let quantity: Quantity
  let barGates: BarGates
  let facts: StateFacts
  let evidence: Evidence
  let cost: Double
  let expiresAt: Timestamp?
  let parameters: Parameters

  /// Whether it is worth a record of its own: there is a basis and every bar gate passes.
  var isCandidate: Bool { basis == .complete && barGates.pass }

  /// Every gate in the order they are reported.
  var gates: [Gate] {
    Gate.Name.allCases.compactMap { barGates.gate($0) ?? facts.gate($0, parameters) }
  }

  /// The expected value after costs.
  var expectedValue: Double { evidence.expectedValue(cost: cost) }

  /// Near trades so far, while there are fewer than it takes to trust them.
  var warmingUp: Int? { evidence.count < parameters.warmUpTrades ? evidence.count : nil }

  /// The first thing that stands against a signal; `nil`: it is raised.
  var obstacle: String? { obstacle(gates) }

  /// The same, from the gates.
  func obstacle(_ gates: [Gate]) -> String? {
    switch basis {
    case .insufficientHistory: return "insufficient_history"
    case .staleBars: return "stale_bars"
    case .complete: break
    }
    if let gate = gates.first(where: { !$0.passed }) { return gate.name.rawValue }
    if !Limit.atLeast(expectedValue, parameters.evMinimum) { return "ev_net" }
    if !Limit.atLeast(evidence.hitRate, parameters.pMinimum) { return "p_hat" }
    return quantity.nanos > 0 ? nil : "size_zero"
  }

  /// What to remember of it once it is raised.
  func remembered(session: Int) -> RaisedSignal? {
    plan.map {
      RaisedSignal(
        barTime: bar.start, session: session, close: bar.close, atr: inputs.atr14, score: scores.score, stop: $0.stop,
        expiresAt: expiresAt)
    }
  }
}
