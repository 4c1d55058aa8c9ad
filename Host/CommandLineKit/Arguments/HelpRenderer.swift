/// Help as text: fixed label column, wrapped to the reader's width.
public struct HelpRenderer: Sendable {
  /// The column that descriptions begin in.
  private static let column = 26
  private let width: Int
  private let style: Style

  /// A renderer for a reader of the given capabilities: 80 columns when piped, 60 to 100 at a terminal.
  public init(_ capabilities: TerminalCapabilities = .piped) {
    width = capabilities.isTerminal ? min(max(capabilities.columns, 60), 100) : 80
    style = Style(capabilities)
  }

  /// The whole help of a command.
  public func help(_ path: CommandPath) -> String {
    let command = path.command
    var text = usage(path) + "\n" + paragraph(command.abstract)
    for part in command.discussion { text += "\n" + paragraph(part) }
    if !command.arguments.isEmpty {
      text += title("ARGUMENTS")
      for argument in command.arguments { text += entry(argument.name, argument.help) }
    }
    text += title("OPTIONS")
    for option in path.options { text += entry(option) }
    if path.commands.count == 1, command.version != nil { text += entry("--version", "Show the version.") }
    text += entry("-h, --help", "Show this help.")
    if !command.subcommands.isEmpty {
      text += title("SUBCOMMANDS")
      for subcommand in command.subcommands { text += entry(subcommand.name, subcommand.abstract) }
      text += "\n" + paragraph("See '\(path.name) SUBCOMMAND --help' for one of them.")
    }
    if !command.examples.isEmpty {
      text += title(command.examples.count == 1 ? "EXAMPLE" : "EXAMPLES")
      for example in command.examples { text += "  " + example + "\n" }
    }
    let codes = ExitCode.allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: "; ")
    return text + title("EXIT CODES") + paragraph(codes, indent: 2)
  }

  /// The usage line: what must be given, then `[options]`.
  public func usage(_ path: CommandPath) -> String {
    var words = path.words
    words += path.options.filter(\.isRequired).map(Self.label)
    words.append("[options]")
    if !path.command.subcommands.isEmpty { words.append("SUBCOMMAND") }
    for argument in path.command.arguments {
      let name = argument.name + (argument.isRepeatable ? "..." : "")
      words.append(argument.isOptional ? "[\(name)]" : name)
    }
    let label = "USAGE: "
    let lines = wrapped(words.joined(separator: " "), width: width - label.utf8.count)
    let indent = String(repeating: " ", count: label.utf8.count)
    return style.bold("USAGE:") + " " + lines.joined(separator: "\n" + indent) + "\n"
  }

  /// An option's lines in the list of options.
  func entry(_ option: OptionSpecification) -> String {
    var notes: [String] = []
    if !option.aliases.isEmpty { notes.append("same as " + option.aliases.map { "--" + $0 }.joined(separator: ", ")) }
    if option.isRequired { notes.append("required") }
    if option.isRepeatable { notes.append("repeatable") }
    if let variable = option.environmentVariable { notes.append("else $\(variable)") }
    if let text = option.defaultText { notes.append("default: \(text)") }
    return entry(Self.label(option), option.help + (notes.isEmpty ? "" : " (" + notes.joined(separator: "; ") + ")"))
  }

  /// An option as it is typed: `--data PATH`.
  static func label(_ option: OptionSpecification) -> String {
    "--" + option.name + (option.valueName.map { " " + $0 } ?? "")
  }

  private func title(_ text: String) -> String { "\n" + style.bold(text + ":") + "\n" }

  private func entry(_ label: String, _ help: String) -> String {
    let lines = wrapped(help, width: width - Self.column)
    let indent = String(repeating: " ", count: Self.column)
    let fits = displayWidth(label) + 4 <= Self.column
    let first = fits ? padded("  " + label, to: Self.column, .left) : "  " + label + "\n" + indent
    return first + lines.joined(separator: "\n" + indent) + "\n"
  }

  private func paragraph(_ text: String, indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent)
    return wrapped(text, width: width - indent).map { margin + $0 + "\n" }.joined()
  }
}
