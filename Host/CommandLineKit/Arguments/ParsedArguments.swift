/// What a command line says, checked against the specification of the command it selects.
///
/// Accessors trap on a name that the specification does not declare, which is a fault of the calling code.
public struct ParsedArguments: Sendable {
  /// The command selected, and the way to it.
  public let path: CommandPath
  let optionValues: [String: [String]]
  let argumentValues: [String: [String]]

  /// The words that select the command: `["host", "config", "check"]`.
  public var commandWords: [String] { path.words }

  /// Whether the option was given at all, flag or not.
  public func has(_ option: String) -> Bool { !values(option).isEmpty }

  /// Every value of an option, in the order given; a flag that was given has one empty value.
  public func values(_ option: String) -> [String] {
    precondition(
      path.commands.contains { $0.options.contains { $0.name == option } }, "'\(path.name)' has no option '\(option)'")
    return optionValues[option] ?? []
  }

  /// The value of an option.
  public func value(_ option: String) -> String? { values(option).last }

  /// The value of an option of kind `integer`.
  public func integer(_ option: String) -> Int? { value(option).flatMap { Int($0) } }

  /// The value of an option of kind `number`.
  public func number(_ option: String) -> Double? { value(option).flatMap(finiteNumber) }

  /// The elements of an option of kind `list`, those of a repeated one joined; empty when it was not given.
  public func list(_ option: String) -> [String] {
    values(option).flatMap { $0.split(separator: ",").map(String.init) }
  }

  /// The values of an option of kind `keyValue`, in the order given.
  public func pairs(_ option: String) -> [(key: String, value: String)] { values(option).compactMap(keyAndValue) }

  /// The value of an option, read by the caller's own `read`; throws a usage failure where that gives `nil`.
  public func value<Value>(
    _ option: String, _ read: (String) -> Value?
  ) throws(CommandFailure) -> Value? {
    guard let text = value(option) else { return nil }
    guard let value = read(text) else { throw invalidValue(of: option, found: text) }
    return value
  }

  /// The value of a positional argument; `nil` when an optional one was left out.
  public func argument(_ name: String) -> String? { arguments(name).first }

  /// Every value of a positional argument.
  public func arguments(_ name: String) -> [String] {
    precondition(path.command.arguments.contains { $0.name == name }, "'\(path.name)' has no argument '\(name)'")
    return argumentValues[name] ?? []
  }

  /// The usage failure for a value that proved wrong after parsing, with the option's help and the usage line.
  ///
  /// - Parameter expected: what would have been right; else what the option's kind says.
  public func invalidValue(of option: String, found: String, expected: String? = nil) -> CommandFailure {
    guard
      let specification = path.option(named: option)
        ?? path.commands.flatMap(\.options).first(where: { $0.name == option })
    else { preconditionFailure("'\(path.name)' has no option '\(option)'") }
    let expected = expected ?? specification.kind.expected
    return CommandFailure(
      path.invalidValue("'--\(option)'", where: "--\(option)", found: found, expected: expected, option: specification),
      usage: HelpRenderer().usage(path))
  }
}
