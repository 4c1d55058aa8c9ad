/// The way from the root command to the one selected: `host config check`.
public struct CommandPath: Sendable {
  /// The commands from the root down; never empty.
  public let commands: [CommandSpecification]

  init(_ commands: [CommandSpecification]) { self.commands = commands }

  func appending(_ command: CommandSpecification) -> CommandPath { CommandPath(commands + [command]) }

  /// The selected command.
  public var command: CommandSpecification { commands[commands.count - 1] }

  /// The words that select the command, from the root down.
  public var words: [String] { commands.map(\.name) }

  /// The words that select the command, as typed: `host config check`.
  public var name: String { words.joined(separator: " ") }

  /// The options the selected command takes: its own, then the inherited ones of each command above.
  public var options: [OptionSpecification] {
    command.options + commands.dropLast().reversed().flatMap { $0.options.filter(\.isInherited) }
  }

  /// The option of a name or an alias, without dashes.
  func option(named name: some StringProtocol) -> OptionSpecification? {
    options.first { option in option.name == name || option.aliases.contains { $0 == name } }
  }
}
