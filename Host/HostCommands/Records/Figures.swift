import TradingTypes

/// Numbers and times as a trader reads them in a table; JSON has them in full.
enum Figures {
  /// What stands where nothing is known.
  static let missing = "-"

  /// Money or a price: two to four decimals, rounded half away from zero; below one unit as many as it has.
  static func decimal(nanos: Int64) -> String {
    let magnitude = nanos.magnitude
    let shown = magnitude < 1_000_000_000 ? magnitude : (magnitude + 50_000) / 100_000 * 100_000
    var digits = String(shown % 1_000_000_000 + 1_000_000_000).dropFirst()
    while digits.utf8.count > 2, digits.last == "0" { digits.removeLast() }
    return (nanos < 0 ? "-" : "") + String(shown / 1_000_000_000) + "." + digits
  }

  /// An analytic number: two decimals from a thousand on, four from one on, six below, without trailing zeros.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return missing }
    let magnitude = abs(value)
    guard magnitude < 1e9 else { return Int64(exactly: value.rounded()).map(String.init) ?? value.description }
    guard magnitude == 0 || magnitude >= 1e-6 else { return value.description }
    let scale: Double = magnitude >= 1000 ? 1e2 : magnitude >= 1 ? 1e4 : 1e6
    return Price(nanos: Int64((value * scale).rounded()) * Int64(1e9 / scale)).description
  }

  /// An instant in UTC to the minute, or to whatever it has below.
  static func time(_ time: Timestamp) -> String {
    var text = time.description
    text.removeLast()
    if text.utf8.count == 19, text.hasSuffix(":00") { text.removeLast(3) }
    return text.split(separator: "T").joined(separator: " ")
  }

  /// A count and what is counted: `1 fill`, `2 fills`.
  static func count(_ count: some BinaryInteger, _ singular: String, _ plural: String) -> String {
    "\(count) \(count == 1 ? singular : plural)"
  }
}
