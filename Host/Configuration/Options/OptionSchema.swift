import TradingTypes

/// What kind of value an option takes.
public enum OptionType: Hashable, Sendable {
  /// Any text.
  case text
  /// A whole number.
  case integer
  /// A plain decimal with at most nine fractional digits.
  case decimal
  /// `true` or `false` (also `yes`, `no`, `on`, `off`).
  case boolean
  /// A number of seconds, not negative.
  case duration
  /// One of some texts.
  case choice([String])
  /// A list of texts.
  case list
  /// A reference to a secret.
  case secret

  /// The type by its name in a manifest; `choices` are used by `choice` only. `nil` for an unknown name.
  public init?(name: String, choices: [String] = []) {
    switch name {
    case "text": self = .text
    case "integer": self = .integer
    case "decimal": self = .decimal
    case "boolean": self = .boolean
    case "duration": self = .duration
    case "choice": self = .choice(choices)
    case "list": self = .list
    case "secret": self = .secret
    default: return nil
    }
  }

  /// The name in a manifest.
  public var name: String {
    switch self {
    case .text: "text"
    case .integer: "integer"
    case .decimal: "decimal"
    case .boolean: "boolean"
    case .duration: "duration"
    case .choice: "choice"
    case .list: "list"
    case .secret: "secret"
    }
  }

  var isNumeric: Bool { self == .integer || self == .decimal || self == .duration }
}

/// What one option is called, what it takes and what it is for; of a section of the host or of a plugin.
public struct OptionSchema: Hashable, Sendable {
  /// The key: small letters, digits and `_`, starting with a letter.
  public var name: String
  /// What it takes.
  public var type: OptionType
  /// What it is when nobody sets it; `nil` for nothing.
  public var defaultValue: OptionValue?
  /// The smallest number allowed.
  public var minimum: Decimal9?
  /// The largest number allowed.
  public var maximum: Decimal9?
  /// Whether the word `unlimited` may stand for a number.
  public var allowsUnlimited: Bool
  /// Whether it must be set.
  public var isRequired: Bool
  /// What it is for, in a line.
  public var help: String

  /// Makes an option from its parts; nothing is checked here (see ``problems``).
  public init(
    _ name: String, _ type: OptionType, default defaultValue: OptionValue? = nil, minimum: Decimal9? = nil,
    maximum: Decimal9? = nil, allowsUnlimited: Bool = false, isRequired: Bool = false, help: String = ""
  ) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
    self.minimum = minimum
    self.maximum = maximum
    self.allowsUnlimited = allowsUnlimited
    self.isRequired = isRequired
    self.help = help
  }
}

/// The options of one plugin, as its manifest declares them.
public struct PluginSchema: Hashable, Sendable {
  /// The plugin's id.
  public var id: String
  /// Its roles (`strategy`, `broker`).
  public var roles: [String]
  /// Its options.
  public var options: [OptionSchema]

  /// Makes a plugin's schema from its parts.
  public init(id: String, roles: [String], options: [OptionSchema]) {
    self.id = id
    self.roles = roles
    self.options = options
  }

  /// Ids no plugin may have, because they are keys of the `plugins` section.
  public static let reservedIDs = ["paths", "require_sandbox", "disabled", "watchdog", "call_seconds"]
}
