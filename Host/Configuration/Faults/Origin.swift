/// Where an effective value comes from.
public enum Origin: Hashable, Sendable, CustomStringConvertible {
  /// The built-in default.
  case builtIn
  /// The default of one command, by the command's name.
  case preset(String)
  /// A variable of the environment, by its name.
  case environment(String)
  /// The configuration file.
  case file(SourcePosition)
  /// An argument, by its name (`--market`, `--param fast`), never by its value.
  case commandLine(String)

  /// Whether a person wrote the value out for this host: in the file or as an argument.
  public var isWrittenByHand: Bool {
    switch self {
    case .file, .commandLine: true
    case .builtIn, .preset, .environment: false
    }
  }

  /// `default`, `default of backtest`, `environment NAME`, `config.yaml:3` or `command line --market`.
  public var description: String {
    switch self {
    case .builtIn: "default"
    case .preset(let command): "default of " + command
    case .environment(let name): "environment " + name
    case .file(let position): "\(position.file):\(position.line)"
    case .commandLine(let argument): "command line " + argument
    }
  }

  var place: ConfigurationFault.Place? {
    switch self {
    case .builtIn, .preset: nil
    case .environment(let name): .environment(name)
    case .file(let position): .position(position)
    case .commandLine(let argument): .commandLine(argument)
    }
  }
}

/// An effective value and where it comes from.
public struct Setting<Value: Sendable>: Sendable {
  /// The value in effect.
  public let value: Value
  /// Where it comes from.
  public let origin: Origin

  /// Makes a setting from its parts.
  public init(_ value: Value, _ origin: Origin) {
    self.value = value
    self.origin = origin
  }
}

extension Setting: Equatable where Value: Equatable {}
