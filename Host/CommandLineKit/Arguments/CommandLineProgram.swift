/// Runs one command line from its words to its exit status.
///
/// Answers `--help` and `--version` on stdout (under `--json` as an object's `help` or `version`), hands everything
/// else to `perform`, and reports whatever goes wrong as a ``CommandFailure``: on stdout as JSON under `--json`, else
/// on stderr. A reader of stdout that went away (`host trades | head`) ends the command with ``ExitCode/inputOutput``
/// and no message.
///
/// - Parameters:
///   - arguments: the words of the command line without the program's name.
///   - perform: runs the selected command; an error other than ``CommandFailure``, ``CommandError`` or ``OutputError``
///     counts as a fault of the host.
public func runCommandLine(
  _ root: CommandSpecification, arguments: [String], streams: StandardStreams,
  perform: (ParsedArguments, StandardStreams) throws -> ExitCode
) -> ExitCode {
  do throws(any Error) {
    switch try root.parse(arguments) {
    case .help(let path):
      try streams.show(Answer(key: "help") { HelpRenderer($0).help(path) })
      return .ok
    case .version(let version):
      try streams.show(Answer(key: "version") { _ in version + "\n" })
      return .ok
    case .run(let arguments): return try perform(arguments, streams)
    }
  } catch let error as OutputError {
    if !error.isBrokenPipe { streams.report(CommandFailure(error.commandError)) }
    return .inputOutput
  } catch {
    let failure = CommandFailure(any: error)
    streams.report(failure)
    return failure.exitCode
  }
}

/// A text of the command line itself; under `--json` the one member of an object.
private struct Answer: CommandReport {
  let key: String
  let text: (TerminalCapabilities) -> String

  func text(for capabilities: TerminalCapabilities) -> String { text(capabilities) }

  func writeJSON(to writer: inout JSONWriter) {
    writer.value([key: .string(text(.piped)), "schema": 1])
  }
}

extension CommandFailure {
  /// Any error as a failure; what is none of this module's errors becomes an `internal_fault`.
  public init(any error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let fault as CommandError: self.init(fault)
    case let output as OutputError: self.init(output.commandError)
    default:
      self.init(
        code: "internal_fault", message: "\(error)", where: "host", expected: "no such error",
        found: "\(type(of: error))", remedy: "report it, with the command line and this message",
        exitCode: .internalFault)
    }
  }
}
