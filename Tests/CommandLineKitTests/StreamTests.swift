import CommandLineKit
import Glibc
import Testing

/// A command's streams over pipes.
private struct Terminal {
  let output = TestPipe()
  let error = TestPipe()

  func streams(_ mode: OutputMode) -> StandardStreams {
    StandardStreams(mode: mode, output: output.writeEnd, error: error.writeEnd)
  }
}

private struct Greeting: CommandReport {
  func text(for capabilities: TerminalCapabilities) -> String { Style(capabilities).bold("hello") + "\n" }

  func writeJSON(to writer: inout JSONWriter) { writer.value(["schema": 1, "greeting": "hello"]) }
}

private struct Refusal: Error {}

@Suite struct `Standard streams` {
  private static let failure = CommandFailure(code: "no_data", message: "no bars", exitCode: .badData)

  @Test(arguments: [
    (["run"], OutputMode.text), (["run", "--json"], .json), (["--json", "nonsense"], .json),
    (["why", "--", "--json"], .text),
  ])
  func `the mode is known even when the line is wrong`(_ arguments: [String], _ mode: OutputMode) {
    #expect(OutputMode(arguments: arguments) == mode)
  }

  @Test func `text goes to stdout and notes to stderr`() throws {
    let terminal = Terminal()
    let streams = terminal.streams(.text)
    try streams.show(Greeting())
    streams.errors.line("a note\u{7}")
    #expect(terminal.output.contents() == "hello\n")
    #expect(terminal.error.contents() == "a note\\u{7}\n")
  }

  @Test func `under --json stdout carries only the object`() throws {
    let terminal = Terminal()
    let streams = terminal.streams(.json)
    try streams.write("progress\n")
    try streams.show(Greeting())
    #expect(terminal.output.contents() == "{\"greeting\":\"hello\",\"schema\":1}\n")
    #expect(terminal.error.contents() == "progress\n")
  }

  @Test func `a failure is text on stderr, or the object on stdout`() {
    let text = Terminal()
    text.streams(.text).report(Self.failure)
    #expect(text.output.contents() == "")
    #expect(text.error.contents() == "host: error: no bars\n")
    let json = Terminal()
    json.streams(.json).report(Self.failure)
    #expect(json.output.contents() == Self.failure.json.text + "\n")
    #expect(json.error.contents() == "")
  }

  @Test func `an object given up early leaves stdout to the error`() {
    let terminal = Terminal()
    let streams = terminal.streams(.json)
    #expect(throws: Refusal.self) {
      try streams.writeJSON { writer in
        writer.beginArray()
        throw Refusal()
      }
    }
    streams.report(Self.failure)
    #expect(terminal.output.contents() == Self.failure.json.text + "\n")
  }

  @Test func `after a result the error goes to stderr`() throws {
    let terminal = Terminal()
    let streams = terminal.streams(.json)
    try streams.show(Greeting())
    streams.report(Self.failure)
    #expect(terminal.output.contents() == "{\"greeting\":\"hello\",\"schema\":1}\n")
    #expect(terminal.error.contents() == "host: error: no bars\n")
  }

  @Test func `a stdout that cannot be written leaves the error on stderr`() {
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    let error = TestPipe()
    StandardStreams(mode: .json, output: full, error: error.writeEnd).report(Self.failure)
    #expect(error.contents() == "host: error: no bars\n")
  }

  @Test func `a second object traps`() async {
    await #expect(processExitsWith: .failure) {
      let streams = Terminal().streams(.json)
      try streams.show(Greeting())
      try streams.show(Greeting())
    }
  }
}

@Suite struct `A command line from words to status` {
  private static func run(
    _ arguments: String..., perform: (ParsedArguments, StandardStreams) throws -> ExitCode = { _, _ in .ok }
  ) -> (status: ExitCode, output: String, error: String) {
    let terminal = Terminal()
    let status = runCommandLine(
      exampleCommand, arguments: arguments, streams: terminal.streams(OutputMode(arguments: arguments)),
      perform: perform)
    return (status, terminal.output.contents(), terminal.error.contents())
  }

  @Test func `a right line reaches the command, whose status counts`() {
    let result = Self.run("run", "--data", "a") { arguments, streams in
      try streams.write(arguments.commandWords.joined(separator: " ") + "\n")
      return .refused
    }
    #expect(result == (.refused, "host run\n", ""))
  }

  @Test func `help and version go to stdout with status 0`() {
    let help = Self.run("run", "--help")
    #expect(help.status == .ok && help.output.hasPrefix("USAGE: host run") && help.error == "")
    #expect(Self.run("--version") == (.ok, "host 1.0.0\n", ""))
    let json = Self.run("run", "--help", "--json")
    #expect(json.status == .ok && json.output.hasPrefix("{\"help\":\"USAGE: host run [options]\\n"))
    #expect(json.output.hasSuffix(",\"schema\":1}\n"))
  }

  @Test func `a wrong line is an error with status 64`() {
    let text = Self.run("run", "--wrong")
    #expect(text.status == .usage && text.output == "" && text.error.hasSuffix("USAGE: host run [options]\n"))
    let json = Self.run("run", "--json", "--wrong")
    #expect(json.status == .usage && json.error == "")
    #expect(json.output.hasPrefix("{\"error\":{\"code\":\"unknown_option\","))
  }

  @Test func `what a command throws decides the status`() {
    let fault = CommandError(code: "locked", message: "the ledger is locked", exitCode: .tryAgain)
    #expect(Self.run("run") { _, _ in throw fault } == (.tryAgain, "", "host: error: the ledger is locked\n"))
    #expect(Self.run("run") { _, _ in throw Refusal() }.status == .internalFault)
    let gone = Self.run("run") { _, _ in throw OutputError(number: EPIPE, destination: "stdout") }
    #expect(gone == (.inputOutput, "", ""))
    let full = Self.run("run") { _, _ in throw OutputError(number: ENOSPC, destination: "stdout") }
    #expect(full.status == .inputOutput && full.error.contains("No space left on device"))
  }
}
