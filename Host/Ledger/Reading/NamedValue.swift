/// A number of a decision by its name.
public struct NamedValue: Hashable, Sendable {
  /// The value by kind.
  public enum Value: Hashable, Sendable {
    /// An analytic number.
    case number(Double)
    /// A count.
    case integer(Int64)
    /// An exact decimal, a time (RFC 3339) or a word.
    case text(String)
    /// A number that could not be computed.
    case undefined
  }

  /// The name, snake_case.
  public var name: String
  /// The value.
  public var value: Value

  /// Makes a pair from its parts.
  public init(name: String, value: Value) {
    self.name = name
    self.value = value
  }
}
