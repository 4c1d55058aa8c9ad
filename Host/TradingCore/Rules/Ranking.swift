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

  /// A signal of an instant, as far as its place among the others depends on it.
  struct Candidate {
    var place: Int
    var strategy: StrategyID
    var score: Double
    var fused: Double
    var symbol: String
  }

  /// The order in which the signals of one instant claim what the limits leave.
  ///
  /// A strategy knows best how its own signals compare, so each strategy's are ordered by its score (then by symbol) and
  /// the strategies' queues are merged by the fused number of their heads; ties go to the earlier strategy.
  static func order(_ candidates: [Candidate]) -> [Candidate] {
    var queues: [(strategy: StrategyID, rest: ArraySlice<Candidate>)] = []
    for (id, group) in Dictionary(grouping: candidates, by: \.strategy).sorted(by: { $0.key < $1.key }) {
      let sorted = group.sorted { $0.score != $1.score ? $0.score > $1.score : $0.symbol < $1.symbol }
      queues.append((id, sorted[...]))
    }
    var merged: [Candidate] = []
    while let top = queues.compactMap({ $0.rest.first?.fused }).max() {
      guard let first = queues.firstIndex(where: { $0.rest.first?.fused == top }),
        let head = queues[first].rest.popFirst()
      else { break }
      merged.append(head)
      if queues[first].rest.isEmpty { queues.remove(at: first) }
    }
    return merged
  }
}
