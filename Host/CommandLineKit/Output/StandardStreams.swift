import Glibc

/// The command's stdout and stderr. Not for several threads at once; other threads write with ``errors``.
public final class StandardStreams {
  /// What stdout carries.
  public let mode: OutputMode
  /// What the reader of stdout can show.
  public let outputCapabilities: TerminalCapabilities
  /// Text on stderr: notes, logs and progress, in both modes; may be handed to other threads.
  public let errors: LineOutput
  private let output: Int32
  private var hasWrittenJSON = false

  /// Streams over open descriptors; capabilities that are not given are asked of the descriptors.
  public init(
    mode: OutputMode, output: Int32 = STDOUT_FILENO, error: Int32 = STDERR_FILENO,
    outputCapabilities: TerminalCapabilities? = nil, errorCapabilities: TerminalCapabilities? = nil
  ) {
    self.mode = mode
    self.output = output
    self.outputCapabilities = outputCapabilities ?? .of(descriptor: output)
    errors = LineOutput(descriptor: error, capabilities: errorCapabilities ?? .of(descriptor: error))
  }

  /// Makes writes to a closed pipe fail with `EPIPE` instead of ending the process; call once at the start.
  public static func ignoreBrokenPipeSignal() { signal(SIGPIPE, SIG_IGN) }

  /// Writes text for people: to stdout, or under `--json` to stderr, as stdout then carries only the JSON object.
  public func write(_ text: String) throws(OutputError) {
    guard mode == .text else { return errors.write(text) }
    var buffer = BufferedOutput(descriptor: output, destination: "stdout")
    buffer.append(text: text)
    try buffer.finish()
  }

  /// Shows a command's result in the form asked for. Throws ``OutputError``.
  public func show(_ report: some CommandReport) throws {
    switch mode {
    case .text: try write(report.text(for: outputCapabilities))
    case .json: try writeJSON { report.writeJSON(to: &$0) }
    }
  }

  /// Streams the one JSON object of a command to stdout; traps outside `--json` and on a second object.
  ///
  /// Throws what `body` throws, else ``OutputError``. When `body` throws before the first 64 KiB have left, stdout
  /// stays empty and the error can still be its one object.
  public func writeJSON(_ body: (inout JSONWriter) throws -> Void) throws {
    precondition(mode == .json && !hasWrittenJSON, "JSON on stdout is for --json, and once")
    var writer = JSONWriter(into: BufferedOutput(descriptor: output, destination: "stdout"))
    do {
      try body(&writer)
    } catch {
      hasWrittenJSON = writer.bytesWritten > 0
      throw error
    }
    hasWrittenJSON = true
    try writer.finish()
  }

  /// Reports why the command failed: as the JSON object on stdout under `--json`, else as text on stderr.
  ///
  /// Text also when stdout already carries a part of a result or cannot be written.
  public func report(_ failure: CommandFailure) {
    if mode == .json, !hasWrittenJSON, (try? writeJSON { $0.value(failure.json) }) != nil { return }
    errors.write(failure.text(style: errors.style))
  }
}
