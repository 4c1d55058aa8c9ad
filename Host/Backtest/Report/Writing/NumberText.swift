import TradingTypes

/// Numbers as a reader sees them: grouped, with a true minus sign, and a sign where a gain or loss is meant.
enum NumberText {
  static let none = "–"

  /// A whole number: `1,234,567`.
  static func count(_ value: some BinaryInteger) -> String { grouped(String(value)) }

  /// Money in full: `-12345.6` as `−12,345.60`.
  static func exact(nanos: Int128, signed: Bool = false) -> String {
    decimal(nanos: nanos, places: 9, atLeast: 2, signed: signed)
  }

  /// Money to two places, or to six below one unit, ties away from zero.
  static func rounded(nanos: Int128, signed: Bool = false) -> String {
    nanos.magnitude >= 1_000_000_000
      ? decimal(nanos: nanos, places: 2, atLeast: 2, signed: signed)
      : decimal(nanos: nanos, places: 6, atLeast: 2, signed: signed)
  }

  /// A fraction as a percentage: `−18.99 %`.
  static func percent(_ value: Double?, places: Int = 2, signed: Bool = false) -> String {
    guard let value, let text = fixed(value * 100, places: places, signed: signed) else { return none }
    return text + "\u{202F}%"
  }

  /// A ratio to two places.
  static func ratio(_ value: Double?) -> String { value.flatMap { fixed($0, places: 2, signed: false) } ?? none }

  /// A double to a number of places (at most 6); `nil` when it is not finite or beyond what can be written so.
  static func fixed(_ value: Double, places: Int, signed: Bool) -> String? {
    guard value.isFinite, abs(value) < 1e12 else { return nil }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let units = Int128((value * scale).rounded())
    return decimal(nanos: units * NumberText.power(9 - places), places: places, atLeast: places, signed: signed)
  }

  private static func power(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { result, _ in result * 10 } }

  private static func decimal(nanos: Int128, places: Int, atLeast: Int, signed: Bool) -> String {
    let unit = power(9 - places)
    let units = (nanos.magnitude + UInt128(unit / 2)) / UInt128(unit)
    var digits = String(units)
    if digits.utf8.count <= places { digits = String(repeating: "0", count: places + 1 - digits.utf8.count) + digits }
    let whole = digits.dropLast(places)
    var fraction = digits.suffix(places)
    while fraction.utf8.count > atLeast, fraction.last == "0" { fraction.removeLast() }
    let sign = units == 0 ? "" : nanos < 0 ? "\u{2212}" : signed ? "+" : ""
    return sign + grouped(String(whole)) + (fraction.isEmpty ? "" : "." + fraction)
  }

  private static func grouped(_ digits: String) -> String {
    var text = ""
    let count = digits.utf8.count
    for (index, character) in digits.enumerated() {
      if index > 0, (count - index).isMultiple(of: 3), digits.first != "-" || index > 1 { text.append(",") }
      text.append(character)
    }
    return text
  }
}
