/// What an option's value must be; checked while parsing, so that accessors need not fail.
public struct ValueKind: Sendable {
  /// What a right value is, in words that follow "expected": `a whole number from 1 to 20`.
  public let expected: String
  /// Whether a text is a right value.
  let accepts: @Sendable (String) -> Bool

  /// A kind of the caller's own, such as a date or an exact decimal.
  public init(expected: String, accepts: @escaping @Sendable (String) -> Bool) {
    self.expected = expected
    self.accepts = accepts
  }

  /// Any text that is not empty.
  public static let text = ValueKind(expected: "a text that is not empty") { !$0.isEmpty }

  /// Comma-separated texts, none of them empty.
  public static let list = ValueKind(expected: "names separated by commas") { text in
    text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
  }

  /// `key=value` with a key.
  public static let keyValue = ValueKind(expected: "KEY=VALUE") { keyAndValue($0) != nil }

  /// One of the listed words.
  public static func choice(_ words: [String]) -> ValueKind {
    ValueKind(expected: enumeration(words, "or")) { words.contains($0) }
  }

  /// A whole number in a range.
  public static func integer(_ range: ClosedRange<Int> = .min ... .max) -> ValueKind {
    let bounds = boundsText(
      range.lowerBound == .min ? nil : range.lowerBound, range.upperBound == .max ? nil : range.upperBound)
    return ValueKind(expected: "a whole number" + bounds) { text in Int(text).map(range.contains) ?? false }
  }

  /// A finite number in a range.
  public static func number(_ range: ClosedRange<Double> = -.infinity ... .infinity) -> ValueKind {
    let bounds = boundsText(
      range.lowerBound == -.infinity ? nil : range.lowerBound, range.upperBound == .infinity ? nil : range.upperBound)
    return ValueKind(expected: "a number" + bounds) { text in
      finiteNumber(text).map(range.contains) ?? false
    }
  }

  private static func boundsText(_ lower: (some CustomStringConvertible)?, _ upper: (some CustomStringConvertible)?)
    -> String
  {
    switch (lower, upper) {
    case (nil, nil): ""
    case (let lower?, nil): " of at least \(lower)"
    case (nil, let upper?): " of at most \(upper)"
    case (let lower?, let upper?): " from \(lower) to \(upper)"
    }
  }
}

/// A finite number in decimal digits; `nil` for `nan`, `inf`, hexadecimal and any other text.
func finiteNumber(_ text: String) -> Double? {
  let isDecimal = text.utf8.allSatisfy { byte in
    (48...57).contains(byte) || "+-.eE".utf8.contains(byte)
  }
  guard isDecimal, let value = Double(text), value.isFinite else { return nil }
  return value
}

/// The parts of `key=value`, cut at the first `=`; `nil` without `=` or without a key.
func keyAndValue(_ text: String) -> (key: String, value: String)? {
  guard let cut = text.utf8.firstIndex(of: UInt8(ascii: "=")), cut > text.startIndex else { return nil }
  return (String(text[..<cut]), String(text[text.utf8.index(after: cut)...]))
}

/// Words as a person lists them: `a, b or c`.
func enumeration(_ words: [String], _ conjunction: String) -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}
