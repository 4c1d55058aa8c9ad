import TradingTypes

/// Why a text is not a value of an option; it never holds what was meant for a secret.
public struct OptionMismatch: Error, Hashable, Sendable {
  /// The kind.
  public var code: ConfigurationFault.Code
  /// What is wrong.
  public var what: String
  /// What would have been right.
  public var expected: String
  /// What was there instead.
  public var found: String
  /// The next step.
  public var remedy: String?
}

extension OptionSchema {
  /// The value a text stands for, read as this option's type. A list is read as texts between commas.
  public func value(of text: String) throws(OptionMismatch) -> OptionValue {
    if allowsUnlimited, text == "unlimited" { return .unlimited }
    switch type {
    case .secret: return .secret(try reference(text))
    case .list:
      return .list(try value(ofItems: text.split(separator: ",").map(String.init)))
    case .text:
      try refuseReference(text)
      return .text(text)
    case .choice(let choices):
      guard choices.contains(text) else {
        throw mismatch(text, remedy: suggestion(for: text, among: choices).map { "did you mean \($0)" })
      }
      return .text(text)
    case .boolean:
      guard let yes = Self.boolean(text) else { throw mismatch(text) }
      return .boolean(yes)
    case .integer:
      guard let number = Self.integer(text) else { throw mismatch(text, remedy: numberRemedy(text)) }
      try checkBounds(Int128(number) * 1_000_000_000, text)
      return .integer(number)
    case .decimal, .duration:
      guard let number = DecimalValue(text) else { throw mismatch(text, remedy: numberRemedy(text)) }
      try checkBounds(Int128(number.exact.nanos), text)
      return .decimal(number)
    }
  }

  /// The texts of a list, refused if one of them refers to a secret.
  func value(ofItems items: [String]) throws(OptionMismatch) -> [String] {
    for item in items { try refuseReference(item) }
    return items
  }

  /// What the option takes, in words: `a whole number from 1 to 10000, or unlimited`.
  public var expectation: String {
    switch type {
    case .text: "a text"
    case .integer: "a whole number" + range
    case .decimal: "a plain decimal number" + range
    case .boolean: "true or false"
    case .duration: "a number of seconds" + range
    case .choice(let choices): "one of " + choices.joined(separator: ", ")
    case .list: "a list of texts"
    case .secret: "a reference to a secret"
    }
  }

  func mismatch(_ text: String, remedy: String? = nil) -> OptionMismatch {
    OptionMismatch(
      code: .wrongValue, what: "wrong value", expected: expectation, found: type == .secret ? "a text" : quoted(text),
      remedy: remedy ?? example)
  }

  /// A line that would be right, if the default can stand for one.
  var example: String? {
    guard type != .list, let defaultValue else { return nil }
    return "write for example \(defaultValue)"
  }

  private var lowest: Decimal9? { type == .duration ? max(minimum ?? .zero, .zero) : minimum }

  private var range: String {
    let numbers =
      switch (lowest, maximum) {
      case (let low?, let high?): " from \(low) to \(high)"
      case (let low?, nil): " of at least \(low)"
      case (nil, let high?): " of at most \(high)"
      case (nil, nil): ""
      }
    return numbers + (allowsUnlimited ? ", or unlimited" : "")
  }

  private func checkBounds(_ nanos: Int128, _ text: String) throws(OptionMismatch) {
    let tooLow = lowest.map { nanos < Int128($0.nanos) } ?? false
    let tooHigh = maximum.map { nanos > Int128($0.nanos) } ?? false
    guard tooLow || tooHigh else { return }
    throw OptionMismatch(
      code: .outOfBounds, what: tooLow ? "too small" : "too large", expected: expectation, found: quoted(text),
      remedy: example)
  }

  private func numberRemedy(_ text: String) -> String? {
    let bytes = text.utf8
    if bytes.last == UInt8(ascii: "%") { return "write the number without %" }
    if bytes.contains(where: { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ",") }) {
      return "write digits only, with a point before decimals"
    }
    if Double(text)?.isFinite == true || bytes.starts(with: "0x".utf8) {
      return type == .integer
        ? "write digits only, without leading zeros" : "write it without exponent, with at most nine decimals"
    }
    return nil
  }

  private func reference(_ text: String) throws(OptionMismatch) -> SecretReference {
    if let reference = SecretReference(text) { return reference }
    let isReference = text.utf8.starts(with: "${".utf8)
    throw OptionMismatch(
      code: isReference ? .wrongValue : .secretLiteral,
      what: isReference ? "not a reference to a secret" : "a secret may not stand in the configuration",
      expected: expectation, found: isReference ? "another form of ${...}" : "a text (not shown)",
      remedy: "put NAME=value into .env or the environment and write ${secret:NAME} here")
  }

  private func refuseReference(_ text: String) throws(OptionMismatch) {
    guard holdsReference(text) else { return }
    throw OptionMismatch(
      code: .secretMisplaced, what: "a secret where none is kept", expected: expectation,
      found: "a reference to a secret", remedy: "only options of type secret are given secrets")
  }

  private func holdsReference(_ text: String) -> Bool {
    var rest = text.utf8[...]
    while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
      rest = rest[dollar...]
      if rest.starts(with: "${secret:".utf8) { return true }
      rest.removeFirst()
    }
    return false
  }

  private static func boolean(_ text: String) -> Bool? {
    switch text {
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": true
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": false
    default: nil
    }
  }

  /// Digits with an optional minus and no leading zeros: `010` is eight to some readers and ten to others.
  private static func integer(_ text: String) -> Int64? {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }),
      digits.count == 1 || digits.first != UInt8(ascii: "0")
    else { return nil }
    return Int64(text)
  }
}
