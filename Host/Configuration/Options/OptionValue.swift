/// What an option is set to.
public enum OptionValue: Hashable, Sendable {
  /// A text, or one of an option's choices.
  case text(String)
  /// A whole number.
  case integer(Int64)
  /// A decimal, or a duration in seconds.
  case decimal(DecimalValue)
  /// Yes or no.
  case boolean(Bool)
  /// Texts in order.
  case list([String])
  /// Where to find a secret; never the secret.
  case secret(SecretReference)
  /// A limit that does not limit.
  case unlimited
}

extension OptionValue: CustomStringConvertible {
  /// The value on one line, as `host config show` prints it.
  public var description: String {
    switch self {
    case .text(let text): escaped(text)
    case .integer(let number): String(number)
    case .decimal(let number): number.description
    case .boolean(let yes): yes ? "true" : "false"
    case .list(let items): "[" + items.map { escaped($0) }.joined(separator: ", ") + "]"
    case .secret(let reference): reference.description
    case .unlimited: "unlimited"
    }
  }
}

extension OptionValue {
  /// The text, if it is one.
  public var text: String? { if case .text(let text) = self { text } else { nil } }
  /// The whole number, if it is one.
  public var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
  /// The decimal or the duration in seconds, if it is one.
  public var decimal: DecimalValue? { if case .decimal(let number) = self { number } else { nil } }
  /// Yes or no, if it is one of them.
  public var boolean: Bool? { if case .boolean(let yes) = self { yes } else { nil } }
  /// The texts, if it is a list.
  public var list: [String]? { if case .list(let items) = self { items } else { nil } }
  /// The reference, if it is one.
  public var secret: SecretReference? { if case .secret(let reference) = self { reference } else { nil } }
}

/// A limit, or the word for none.
public enum Limit<Value: Hashable & Sendable>: Hashable, Sendable {
  /// Nothing is limited.
  case unlimited
  /// At most this.
  case atMost(Value)

  /// The limit's number; `nil` when nothing is limited.
  public var value: Value? { if case .atMost(let value) = self { value } else { nil } }
}
