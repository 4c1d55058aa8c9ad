/// What a command line asks for.
public enum ParseOutcome: Sendable {
  /// To run the selected command.
  case run(ParsedArguments)
  /// To show a command's help, on stdout, and end well.
  case help(CommandPath)
  /// To print the version, on stdout, and end well.
  case version(String)
}

extension CommandSpecification {
  /// Reads a command line, without the program's name, for this root command.
  ///
  /// Options may stand anywhere: `--name value`, `--name=value`; after `--` everything is an argument. `-h` or `--help`
  /// anywhere before `--`, or the word `help` in place of a subcommand, asks for help whatever else is wrong. Throws
  /// all usage faults at once. Any input is legal and never traps.
  public func parse(_ arguments: [String]) throws(CommandFailure) -> ParseOutcome {
    if let path = helpRequest(arguments) { return .help(path) }
    if let version, arguments.first == "--version" { return .version(version) }
    var parser = ArgumentParser(path: CommandPath([self]))
    return .run(try parser.parse(arguments))
  }

  /// The command whose help is asked for, if any: the deepest one that the words select.
  private func helpRequest(_ arguments: [String]) -> CommandPath? {
    var path = CommandPath([self])
    var isAsked = false
    var isDescending = true
    var rest = arguments.prefix { $0 != "--" }
    while let word = rest.popFirst() {
      if word == "-h" || word == "--help" {
        isAsked = true
      } else if word.hasPrefix("--") {
        let option = path.option(named: word.dropFirst(2))
        if option?.valueName != nil, let next = rest.first, next != "-h", !next.hasPrefix("--") { rest.removeFirst() }
      } else if isDescending {
        if let subcommand = path.command.subcommands.first(where: { $0.name == word }) {
          path = path.appending(subcommand)
        } else if word == "help", !path.command.subcommands.isEmpty {
          isAsked = true
        } else {
          isDescending = false
        }
      }
    }
    return isAsked ? path : nil
  }
}

/// The state of reading one command line.
private struct ArgumentParser {
  var path: CommandPath
  var optionValues: [String: [String]] = [:]
  var positional: [String] = []
  var faults: [CommandError] = []
  /// Whether what follows may be the value of an option nobody knows, so that it should not be faulted as well.
  var isInDoubt = false

  init(path: CommandPath) { self.path = path }

  mutating func parse(_ arguments: [String]) throws(CommandFailure) -> ParsedArguments {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--" {
        for word in rest { takeWord(word) }
        break
      }
      if word.hasPrefix("-"), word != "-" {
        takeOption(word, &rest)
      } else {
        takeWord(word)
      }
    }
    let argumentValues = assignArguments()
    for option in path.options where option.isRequired && optionValues[option.name] == nil {
      faults.append(path.missingOption(option))
    }
    if !path.command.subcommands.isEmpty, !isInDoubt { faults.append(path.missingSubcommand()) }
    if let failure = CommandFailure(faults, usage: HelpRenderer().usage(path)) { throw failure }
    return ParsedArguments(path: path, optionValues: optionValues, argumentValues: argumentValues)
  }

  private mutating func takeOption(_ word: String, _ rest: inout ArraySlice<String>) {
    let parts = keyAndValue(word)
    let dashed = parts?.key ?? word
    guard dashed.hasPrefix("--"), let option = path.option(named: dashed.dropFirst(2)) else {
      faults.append(path.unknownOption(dashed))
      isInDoubt = true
      return
    }
    var value = ""
    if option.valueName != nil {
      if let given = parts?.value {
        value = given
      } else if let next = rest.first, !next.hasPrefix("--") {
        value = rest.removeFirst()
      } else {
        return faults.append(path.missingValue(option, found: rest.first))
      }
      guard option.kind.accepts(value) else {
        return faults.append(
          path.invalidValue(
            "'\(dashed)'", where: dashed, found: value, expected: option.kind.expected, option: option))
      }
    } else if let given = parts?.value {
      return faults.append(path.unexpectedValue(option, found: given))
    }
    if !option.isRepeatable, let earlier = optionValues[option.name]?.first {
      return faults.append(path.repeatedOption(option, earlier: earlier, found: value))
    }
    optionValues[option.name, default: []].append(value)
  }

  private mutating func takeWord(_ word: String) {
    guard !path.command.subcommands.isEmpty else { return positional.append(word) }
    if let subcommand = path.command.subcommands.first(where: { $0.name == word }) {
      path = path.appending(subcommand)
    } else if !isInDoubt {
      faults.append(path.unknownSubcommand(word))
      isInDoubt = true
    }
  }

  /// Gives each argument its words; faults what is missing, left over or wrong.
  private mutating func assignArguments() -> [String: [String]] {
    var rest = positional[...]
    var values: [String: [String]] = [:]
    for argument in path.command.arguments {
      let taken = argument.isRepeatable ? rest : rest.prefix(1)
      rest = rest.dropFirst(taken.count)
      if taken.isEmpty, !argument.isOptional { faults.append(path.missingArgument(argument)) }
      for word in taken where !argument.kind.accepts(word) {
        faults.append(
          path.invalidValue(
            argument.name, where: argument.name, found: word, expected: argument.kind.expected, option: nil))
      }
      values[argument.name] = Array(taken)
    }
    if let word = rest.first, !isInDoubt { faults.append(path.unexpectedArgument(word, count: rest.count)) }
    return values
  }
}
