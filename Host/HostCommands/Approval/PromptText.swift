import Runtime
import TradingCore
import TradingTypes

/// What a person reads before deciding: one block a signal, every number that matters in it.
enum PromptText {
  static func question(_ questions: [Question], now: Timestamp, timeoutSeconds: Int64, policy: String) -> String {
    let count = questions.count == 1 ? "1 signal needs" : "\(questions.count) signals need"
    var lines = ["", "\(now)  \(count) your answer within \(timeoutSeconds) s; unanswered: \(policy)"]
    for (index, question) in questions.enumerated() { lines += signal(index + 1, question) }
    lines.append("approve which? \(PromptAnswer.offer)")
    return lines.joined(separator: "\n") + "\n> "
  }

  private static func signal(_ place: Int, _ question: Question) -> [String] {
    let proposal = question.proposal
    let order = proposal.orderType == .limit ? "limit \(proposal.limitPrice)" : "at the market"
    var plan = "buy \(question.quantity) \(question.symbol) \(order), planned \(proposal.entryPrice)"
    if proposal.stopPrice > .zero { plan += ", stop \(proposal.stopPrice)" }
    if proposal.targetPrice > .zero { plan += ", target \(proposal.targetPrice)" }
    var lines = ["  [\(place)] \(plan)  (\(question.strategy), expires \(question.expiresAt))"]
    var numbers = "score \(rounded(proposal.score, 4))"
    if proposal.flags.contains(.hasConfidence) { numbers += ", confidence \(rounded(proposal.confidence, 1)) %" }
    if proposal.flags.contains(.hasExpectedValue) {
      numbers += ", expected value \(rounded(proposal.expectedValue * 100, 2)) % after costs"
    }
    lines.append("      \(numbers)")
    if !proposal.text.isEmpty { lines.append("      \(proposal.text)") }
    return lines
  }

  static func rounded(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return "undefined" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let shown = (value * scale).rounded() / scale
    return "\(shown)"
  }
}
