import CommandLineKit
import Configuration
import Conformance
import PluginHost

/// One command of the executable: what it takes and what it does.
struct HostCommand: Sendable {
  var specification: CommandSpecification
  var perform: @Sendable (ParsedArguments, StandardStreams) throws -> ExitCode
}

/// The executable `host`: every command in one list.
public enum HostProgram {
  /// The version of this host.
  public static let version = "0.1.0"

  static let commands: [HostCommand] =
    [
      RunCommand.command, ScanCommand.command, ListPluginsCommand.command, CheckPluginCommand.command,
      ApprovePluginCommand.command, RevokePluginCommand.command, ReleasePluginCommand.command,
      ConfigCommand.command, DrillCommand.command,
      BacktestCommand.command, SweepCommand.command, LookaheadCommand.command, DataCommand.command,
      BenchCommand.command, NewPluginCommand.command, SDKPathCommand.command, ABICommand.command,
    ] + RecordCommands.all

  static var specification: CommandSpecification {
    CommandSpecification(
      "host",
      abstract: "A trading host: plugins propose, people approve, the host looks after risk, orders and record.",
      discussion: ["Without a configuration it trades on paper; nothing here can spend money by default."],
      options: [
        OptionSpecification(
          "home", value: "DIR", help: "The folder with configuration, data, ledger and state.", default: "~/.wharf",
          environment: "WHARF_HOME", isInherited: true),
        OptionSpecification(
          "config", value: "FILE", help: "The configuration file.", default: "HOME/config.yaml", isInherited: true),
        .flag(
          "safe-mode", help: "Use only plugins that came with the host, whatever is approved.", isInherited: true),
        .flag("json", help: "Print one JSON object on stdout and everything else on stderr.", isInherited: true),
      ], subcommands: commands.map(\.specification), examples: ["host run", "host list-plugins --json"],
      version: versionText)
  }

  /// What `host --version` prints, without a line end.
  static var versionText: String { "host \(version) (plugin ABI \(PluginABI.text))" }

  /// Runs a command line to its exit status; `arguments` leaves out the program's name.
  public static func main(_ arguments: [String]) -> Int32 {
    if PluginRunnerCommand.isAskedFor(arguments) { PluginRunnerCommand.run() }
    if arguments.first == TestChild.command { TestChild.main(Array(arguments.dropFirst())) }
    StandardStreams.ignoreBrokenPipeSignal()
    let streams = StandardStreams(mode: OutputMode(arguments: arguments))
    let exit = runCommandLine(specification, arguments: arguments, streams: streams) { parsed, streams in
      guard let command = commands.first(where: { $0.specification.name == parsed.commandWords.dropFirst().first })
      else {
        throw CommandFailure(
          code: "unknown_command", message: "no such command", where: "command line",
          expected: "a command of host --help",
          found: parsed.commandWords.joined(separator: " "), remedy: "run host --help", exitCode: .usage)
      }
      do {
        return try command.perform(parsed, streams)
      } catch let error as MarketDataError {
        // Wherever the data ended early: the reason is that of the source.
        guard case .plugin(let fault) = error else { throw DataFaultTally().failure(error) }
        let failure = UnavailableData(cause: PluginFailure(fault, time: SessionLedger.wallTime()))
        record(failure.cause, parsed, streams)
        throw failure.commandFailure
      } catch let failure as UnavailableData {
        record(failure.cause, parsed, streams)
        throw failure.commandFailure
      } catch let failure as PluginFailure {
        record(failure, parsed, streams)
        throw failure.commandFailure
      }
    }
    return exit.rawValue
  }

  /// Puts on record which plugin a command failed of.
  private static func record(_ failure: PluginFailure, _ parsed: ParsedArguments, _ streams: StandardStreams) {
    guard let locations = try? HostEnvironment.locations(parsed) else { return }
    PluginWatch.record(failure, FailureFile(home: locations.home), streams.errors)
  }
}
