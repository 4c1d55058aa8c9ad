import TradingTypes

/// The lines a person reads.
enum Wording {
  static func alert(_ finding: Finding, symbol: String, _ precision: Precision) -> String {
    let window = finding.inputs.fifteen
    return "\(symbol) \(finding.level.name) \(fixed(finding.score, 1)) (\(finding.reason.rawValue)) at "
      + "\(price(finding.inputs.price)): \(signed(window.change * 100)) % in 15 min, "
      + "volume x\(fixed(window.relativeVolume, 1)); \(precision.continued) of \(precision.labelled) such alerts continued"
  }

  static func digest(_ findings: some Collection<Finding>, symbols: [ScannedSymbol]) -> String {
    let each = findings.map { "\(symbols[$0.symbol].instrument.symbol) \($0.level.name) \(fixed($0.score, 1))" }
    return "\(findings.count) more: " + each.joined(separator: ", ")
  }

  /// A number with so many decimals, ties away from zero.
  static func fixed(_ value: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (value * scale).rounded()
    guard scaled.magnitude < 9e15 else { return value.isNaN ? "unknown" : "\(value)" }
    let magnitude = Int64(scaled.magnitude)
    let (whole, fraction) = (magnitude / Int64(scale), magnitude % Int64(scale))
    let tail = String(fraction)
    let zeros = String(repeating: "0", count: max(0, digits - tail.utf8.count))
    return (scaled < 0 ? "-" : "") + (digits == 0 ? "\(whole)" : "\(whole).\(zeros)\(tail)")
  }

  private static func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + fixed(value, 1) }

  /// A price as a plain decimal to a billionth.
  private static func price(_ value: Double) -> String { Price(value)?.description ?? "\(value)" }
}
