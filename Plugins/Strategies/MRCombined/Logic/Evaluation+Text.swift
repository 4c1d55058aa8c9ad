import TradingTypes

extension Evaluation {
  /// One line for a person: the score, the plan, the evidence, and what stands against it.
  func text(
    _ symbol: String, _ obstacle: String?, _ gates: [Gate], _ interval: (low: Double, high: Double)
  ) -> String {
    switch basis {
    case .insufficientHistory:
      return "\(symbol): \(inputs.barCount) bars, an evaluation needs \(Parameters.barsNeeded)"
    case .staleBars: return "\(symbol): no bar of the last completed session"
    case .complete: break
    }
    var text = "\(symbol): score \(decimal(scores.score, 3))"
    if let plan {
      text += "; buy \(quantity) at \(plan.entry), stop \(plan.stop)"
      if parameters.target { text += ", target \(plan.target)" }
      text += ", out after \(parameters.timeStopCloses) closes"
    }
    text +=
      "; hit rate \(decimal(evidence.hitRate, 3)) (\(decimal(interval.low, 3)) to "
      + "\(decimal(interval.high, 3))) with \(evidence.count) near trades"
    text += ", EV \(percent(expectedValue)) after costs of \(percent(cost))"
    if let warmingUp { text += "; warming up: \(warmingUp) of \(parameters.warmUpTrades)" }
    if let obstacle { text += "; refused: \(reason(obstacle, gates))" }
    return text
  }

  /// The obstacle with the number that failed and what it was held against.
  private func reason(_ obstacle: String, _ gates: [Gate]) -> String {
    switch obstacle {
    case "ev_net": return "ev_net \(percent(expectedValue)) below \(percent(parameters.evMinimum))"
    case "p_hat": return "p_hat \(decimal(evidence.hitRate, 3)) below \(decimal(parameters.pMinimum, 3))"
    default:
      guard let gate = gates.first(where: { $0.name.rawValue == obstacle }) else { return obstacle }
      if !gate.note.isEmpty { return "\(obstacle) (\(gate.note))" }
      return "\(obstacle) \(decimal(gate.value, 3)), limit \(decimal(gate.limit, 3))"
    }
  }
}

/// A number with so many digits after the point, rounded to nearest; `?` when it is not finite or too large to print so.
func decimal(_ value: Double, _ digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let scaled = (abs(value) * scale).rounded()
  guard scaled.isFinite, scaled < 1e15 else { return "?" }
  let whole = Int64(scaled / scale)
  let fraction = Int64(scaled) - whole * Int64(scale)
  let tail = String(fraction)
  let zeros = String(repeating: "0", count: max(0, digits - tail.utf8.count))
  return (value < 0 && scaled > 0 ? "-" : "") + String(whole) + (digits > 0 ? "." + zeros + tail : "")
}

/// A fraction as per cent with its sign: `+0.366 %`.
func percent(_ fraction: Double) -> String { (fraction > 0 ? "+" : "") + decimal(fraction * 100, 3) + " %" }
