/// One option of a command: `--name`, or `--name VALUE`.
public struct OptionSpecification: Sendable {
  /// The name without its dashes.
  public var name: String
  /// Further names that mean the same, without dashes.
  public var aliases: [String]
  /// What help calls the value, such as `PATH`; `nil` makes the option a flag.
  public var valueName: String?
  /// What a value must be.
  public var kind: ValueKind
  /// What the option does, as sentences.
  public var help: String
  /// What holds without the option, as help shows it.
  public var defaultText: String?
  /// The environment variable that stands in for the option, as help mentions it; reading it is the caller's.
  public var environmentVariable: String?
  /// Whether the option may be given several times.
  public var isRepeatable: Bool
  /// Whether the command cannot run without it.
  public var isRequired: Bool
  /// Whether subcommands take it too.
  public var isInherited: Bool

  /// An option that takes a value.
  public init(
    _ name: String, aliases: [String] = [], value valueName: String, _ kind: ValueKind = .text, help: String,
    default defaultText: String? = nil, environment: String? = nil, isRepeatable: Bool = false,
    isRequired: Bool = false, isInherited: Bool = false
  ) {
    self.name = name
    self.aliases = aliases
    self.valueName = valueName
    self.kind = kind
    self.help = help
    self.defaultText = defaultText
    environmentVariable = environment
    self.isRepeatable = isRepeatable
    self.isRequired = isRequired
    self.isInherited = isInherited
  }

  /// An option without a value.
  public static func flag(
    _ name: String, aliases: [String] = [], help: String, isInherited: Bool = false
  ) -> OptionSpecification {
    var option = OptionSpecification(name, aliases: aliases, value: "", help: help, isInherited: isInherited)
    option.valueName = nil
    return option
  }
}

/// One positional argument of a command.
public struct ArgumentSpecification: Sendable {
  /// The name in help and for ``ParsedArguments``, such as `PLUGIN`.
  public var name: String
  /// What a value must be.
  public var kind: ValueKind
  /// What the argument is, as sentences.
  public var help: String
  /// Whether it may be left out; only arguments at the end may.
  public var isOptional: Bool
  /// Whether it takes all that remain; only the last argument may.
  public var isRepeatable: Bool

  /// A positional argument.
  public init(
    _ name: String, _ kind: ValueKind = .text, help: String, isOptional: Bool = false, isRepeatable: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.help = help
    self.isOptional = isOptional
    self.isRepeatable = isRepeatable
  }
}

/// What a command is called, takes and does; parsing and help both follow from it.
public struct CommandSpecification: Sendable {
  /// The word that selects the command.
  public var name: String
  /// What the command does, as one sentence.
  public var abstract: String
  /// What else the reader should know, one paragraph an element.
  public var discussion: [String]
  /// Positional arguments in order; a command with subcommands has none.
  public var arguments: [ArgumentSpecification]
  /// Options in the order help lists them; `--help` is always there besides.
  public var options: [OptionSpecification]
  /// Commands below this one; when there are any, one of them must be named.
  public var subcommands: [CommandSpecification]
  /// Whole command lines that work as typed.
  public var examples: [String]
  /// Of the root command: what `--version` prints, without a line end.
  public var version: String?

  /// A command.
  public init(
    _ name: String, abstract: String, discussion: [String] = [], arguments: [ArgumentSpecification] = [],
    options: [OptionSpecification] = [], subcommands: [CommandSpecification] = [], examples: [String] = [],
    version: String? = nil
  ) {
    self.name = name
    self.abstract = abstract
    self.discussion = discussion
    self.arguments = arguments
    self.options = options
    self.subcommands = subcommands
    self.examples = examples
    self.version = version
  }
}
