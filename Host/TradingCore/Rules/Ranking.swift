import TradingTypes

/// How features are weighed into one number that orders the signals of one instant.
public struct Ranking: Hashable, Sendable {
  public var score: Double
  public var confidence: Double
  public var expectedValue: Double
  public var rewardToRisk: Double

  /// Makes weights.
  public init(score: Double, confidence: Double, expectedValue: Double, rewardToRisk: Double) {
    self.score = score
    self.confidence = confidence
    self.expectedValue = expectedValue
    self.rewardToRisk = rewardToRisk
  }

  /// Score first, then what is expected of it, then how sure it is.
  public static let standard = Ranking(score: 0.55, confidence: 0.15, expectedValue: 0.20, rewardToRisk: 0.10)

  /// The weighted mean of the features, each brought to 0...1: score as it is, confidence / 100, expected value against
  /// 2 % of the entry, reward against three times the risk. A feature a signal lacks counts 0.
  func fused(_ proposal: SignalProposal) -> Double {
    func unit(_ value: Double) -> Double { value.isFinite ? min(max(value, 0), 1) : 0 }
    let entry = proposal.entryPrice.double
    let risk = entry - proposal.stopPrice.double
    let reward = proposal.targetPrice.double - entry
    let ratio = proposal.stopPrice.nanos > 0 && proposal.targetPrice.nanos > 0 && risk > 0 ? reward / risk / 3 : 0
    let total = score + confidence + expectedValue + rewardToRisk
    guard total > 0 else { return 0 }
    return
      (score * unit(proposal.score) + confidence * unit(proposal.confidence / 100)
      + expectedValue * unit(proposal.expectedValue / 0.02) + rewardToRisk * unit(ratio)) / total
  }

  /// The order in which the signals of one instant claim what the limits leave.
  ///
  /// A strategy knows best how its own signals compare, so each strategy's are ordered by its score (then by symbol) and
  /// the strategies' queues are merged by the fused number of their heads; ties go to the earlier strategy.
  func order<Signal>(
    _ signals: ContiguousArray<Signal>, strategy: (Signal) -> StrategyID, proposal: (Signal) -> SignalProposal,
    symbol: (Signal) -> String
  ) -> [(signal: Signal, fused: Double)] {
    if signals.count < 2 { return signals.map { ($0, fused(proposal($0))) } }
    var queues: [(strategy: StrategyID, rest: ArraySlice<Signal>)] = []
    for (id, group) in Dictionary(grouping: signals, by: strategy).sorted(by: { $0.key < $1.key }) {
      let sorted = group.sorted {
        let (a, b) = (proposal($0).score, proposal($1).score)
        return a != b ? a > b : symbol($0) < symbol($1)
      }
      queues.append((id, sorted[...]))
    }
    var merged: [(Signal, Double)] = []
    while let best = queues.indices.max(by: { headValue(queues[$0].rest) < headValue(queues[$1].rest) }) {
      let top = headValue(queues[best].rest)
      let first = queues.firstIndex { headValue($0.rest) == top } ?? best
      guard let head = queues[first].rest.popFirst() else { break }
      merged.append((head, top))
      if queues[first].rest.isEmpty { queues.remove(at: first) }
    }
    return merged

    func headValue(_ rest: ArraySlice<Signal>) -> Double { rest.first.map { fused(proposal($0)) } ?? -1 }
  }
}
