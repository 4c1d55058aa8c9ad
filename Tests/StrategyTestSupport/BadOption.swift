import PluginTestKit

/// An option that cannot be used, and what the refusal says.
public struct BadOption: Sendable, CustomStringConvertible {
  public var name: String
  public var value: OptionValue
  public var message: String
  public var description: String { "\(name) \(value)" }

  /// Makes a row of a table.
  public init(name: String, value: OptionValue, message: String) {
    self.name = name
    self.value = value
    self.message = message
  }
}
