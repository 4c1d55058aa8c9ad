/// The faults a command line can have; each with the stable code that `--json` shows.
extension CommandPath {
  func unknownOption(_ word: String) -> CommandError {
    let names = options.flatMap { [$0.name] + $0.aliases }.map { "--" + $0 } + ["--help"]
    let near = suggestion(for: word, among: names)
    return fault(
      "unknown_option", "unknown option '\(word)'", where: word, expected: "an option of '\(name)'", found: word,
      remedy: near.map { "did you mean '\($0)'?" } ?? "see '\(name) --help'",
      option: near.flatMap { option(named: $0.dropFirst(2)) })
  }

  func unknownSubcommand(_ word: String) -> CommandError {
    let names = command.subcommands.map(\.name)
    let near = suggestion(for: word, among: names)
    return fault(
      "unknown_subcommand", "'\(name)' has no subcommand '\(word)'", where: name, expected: enumeration(names, "or"),
      found: word, remedy: near.map { "did you mean '\($0)'?" } ?? "see '\(name) --help'")
  }

  func missingSubcommand() -> CommandError {
    let names = enumeration(command.subcommands.map(\.name), "or")
    return fault(
      "missing_subcommand", "'\(name)' needs a subcommand: \(names)", where: name, expected: names, found: nil,
      remedy: "see '\(name) --help'")
  }

  func missingValue(_ option: OptionSpecification, found next: String?) -> CommandError {
    let value = option.valueName ?? ""
    var remedy = "give \(value) after it"
    if let next, next != "--" { remedy += ", or write '--\(option.name)=\(next)' if that is the value" }
    return fault(
      "missing_value", "'--\(option.name)' needs a value", where: "--\(option.name)", expected: option.kind.expected,
      found: next, remedy: remedy, option: option)
  }

  func unexpectedValue(_ option: OptionSpecification, found value: String) -> CommandError {
    fault(
      "unexpected_value", "'--\(option.name)' takes no value, but has '\(value)'", where: "--\(option.name)",
      expected: "no value", found: value, remedy: "write '--\(option.name)'", option: option)
  }

  func repeatedOption(_ option: OptionSpecification, earlier: String, found value: String) -> CommandError {
    let values = option.valueName == nil ? "" : ": '\(earlier)' and '\(value)'"
    return fault(
      "repeated_option", "'--\(option.name)' is given more than once\(values)", where: "--\(option.name)",
      expected: "one '--\(option.name)'", found: option.valueName == nil ? nil : value, remedy: "give it once",
      option: option)
  }

  func missingOption(_ option: OptionSpecification) -> CommandError {
    fault(
      "missing_option", "'\(name)' needs '--\(option.name)'", where: "--\(option.name)",
      expected: option.kind.expected, found: nil, remedy: "add '\(HelpRenderer.label(option))'", option: option)
  }

  func missingArgument(_ argument: ArgumentSpecification) -> CommandError {
    fault(
      "missing_argument", "'\(name)' needs \(argument.name)", where: argument.name, expected: argument.kind.expected,
      found: nil, remedy: "see '\(name) --help'")
  }

  func unexpectedArgument(_ word: String, count: Int) -> CommandError {
    let takes = command.arguments.isEmpty ? "no arguments" : "no more than \(command.arguments.count)"
    return fault(
      "unexpected_argument", "'\(name)' takes \(takes), but there is '\(word)'" + (count > 1 ? " and more" : ""),
      where: name, expected: takes, found: word, remedy: "see '\(name) --help'")
  }

  func invalidValue(
    _ title: String, where place: String, found value: String, expected: String, option: OptionSpecification?
  ) -> CommandError {
    fault(
      "invalid_value", "\(title) cannot be '\(value)': expected \(expected)", where: place, expected: expected,
      found: value, remedy: "give \(expected)", option: option)
  }

  private func fault(
    _ code: String, _ message: String, where place: String, expected: String, found: String?, remedy: String?,
    option: OptionSpecification? = nil
  ) -> CommandError {
    CommandError(
      code: code, message: message, where: place, expected: expected, found: found, remedy: remedy, exitCode: .usage,
      optionHelp: option.map { HelpRenderer().entry($0) } ?? "")
  }
}
