import PluginSDK
import TradingTypes

/// The value of an option in a test; integer, boolean, text, list and decimal literals work.
public enum OptionValue: Hashable, Sendable {
  /// An integer, or a duration in seconds.
  case integer(Int64)
  /// A decimal, in billionths.
  case decimal(nanos: Int64)
  /// A boolean.
  case boolean(Bool)
  /// A text or a choice.
  case text(String)
  /// A list.
  case list([String])
}

extension OptionValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral
{
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .decimal(nanos: Price(value)!.nanos) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(stringLiteral value: String) { self = .text(value) }
  public init(arrayLiteral elements: String...) { self = .list(elements) }
}
