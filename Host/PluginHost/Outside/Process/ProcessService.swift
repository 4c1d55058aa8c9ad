import ChildProcesses
import Configuration
import Glibc
import Synchronization

internal import WharfABI

/// Runs the commands of one instance, as far as they are granted; they end with it. Its functions may be called from any
/// thread.
final class ProcessService: Sendable {
  typealias Refusal = HTTPService.Refusal

  /// How many commands an instance may run at once.
  static let limit = 8

  private let access: OutsideAccess
  private let secrets: PluginSecrets
  private let table = Mutex<(next: UInt64, running: [UInt64: RunningCommand])>((1, [:]))

  init(_ access: OutsideAccess, _ secrets: PluginSecrets) {
    self.access = access
    self.secrets = secrets
  }

  /// Starts a command and gives its number.
  func start(_ raw: wharf_process_request) throws(Refusal) -> UInt64 {
    let request: ProcessRequest
    do throws(Violation) { request = try ProcessRequest(raw) } catch { throw .fault(Status.invalid, error) }
    guard let permission = Permission("process:" + request.command), access.permissions.contains(permission) else {
      throw .fault(
        Status.rejected,
        Violation(
          what: "request.command", expected: "a granted command", found: request.command, kind: .security))
    }
    let values: [String: String]
    do throws(PluginSecrets.Refusal) { values = try secrets.values(request.secretNames) } catch {
      throw HTTPService.refusal(error, asks: "request")
    }
    guard let command = access.services.commands?[request.command], let file = command.arguments.first else {
      throw .failure(
        Status.configuration,
        "command \(request.command) is not configured; set processes.\(request.command) to a file and its arguments")
    }
    let variables = request.variables.map { "\($0.name)=\($0.value.filled(values))" }
    guard variables.allSatisfy({ !$0.utf8.contains(0) }) else {
      throw .failure(Status.configuration, "a secret for command \(request.command) holds a NUL; correct the secret")
    }
    let longest = access.services.processTime
    let child = ChildProcess.Command(
      path: file, arguments: command.arguments.dropFirst() + request.arguments, variables: variables,
      timeout: request.timeout == 0 ? longest : min(request.timeout, longest), outputLimit: request.outputLimit)
    let redactor = secrets.redactor(request.variables.flatMap { $0.value.inserted(values) })
    return try table.withLock { table throws(Refusal) in
      guard table.running.count < ProcessService.limit else {
        throw .failure(Status.busy, "process.start: \(ProcessService.limit) commands run already")
      }
      do throws(ChildProcess.StartFailure) {
        let number = table.next
        table.running[number] = RunningCommand(try ChildProcess.start(child), redactor)
        table.next += 1
        return number
      } catch {
        throw .failure(Status.notSent, "command \(request.command) could not be started: \(file): \(error.reason)")
      }
    }
  }

  /// Writes to a command's input; the status and how many bytes went in.
  func write(
    _ number: UInt64, _ bytes: UnsafeRawBufferPointer, finish: Bool, timeout: Int64
  ) -> (status: Int32, written: Int) {
    guard let command = running(number) else { return (Status.notFound, 0) }
    switch command.child.write(bytes, finish: finish, timeout: timeout) {
    case .written(let count): return (Status.ok, count)
    case .busy: return (Status.busy, 0)
    case .closed: return (Status.end, 0)
    }
  }

  /// Hands over what a command wrote, or how it ended.
  func read(_ number: UInt64, timeout: Int64, _ sink: wharf_process_sink) -> Int32 {
    guard let command = running(number) else { return Status.notFound }
    let clock = access.services.clock
    let end = clock.monotonic().addingReportingOverflow(timeout)
    while true {
      let left = end.overflow ? timeout : max(0, end.partialValue - clock.monotonic())
      let (outcome, passed) = command.read(timeout: left) { stream, piece in
        sink.output(sink.context, stream, piece.baseAddress, UInt64(piece.count))
      }
      switch outcome {
      case .pieces where passed == 0 && left > 0: continue
      case .pieces: return passed > 0 ? Status.ok : Status.busy
      case .nothing: return Status.busy
      case .occupied: return Status.invalid
      case .ended(let exit):
        guard table.withLock({ $0.running.removeValue(forKey: number) }) != nil else { return Status.notFound }
        sink.exit(sink.context, exit.code, exit.signal, exit.isTimedOut ? 1 : 0)
        return Status.end
      }
    }
  }

  /// Asks a command to end.
  func stop(_ number: UInt64, _ how: Int32) -> Int32 {
    let signals = [
      Int32(WHARF_PROCESS_INTERRUPT): SIGINT, Int32(WHARF_PROCESS_TERMINATE): SIGTERM,
      Int32(WHARF_PROCESS_KILL): SIGKILL,
    ]
    guard let signal = signals[how] else { return Status.invalid }
    guard let command = running(number) else { return Status.notFound }
    command.child.stop(signal)
    return Status.ok
  }

  private func running(_ number: UInt64) -> RunningCommand? { table.withLock { $0.running[number] } }
}

/// A command that runs, and what keeps secrets out of its output.
private final class RunningCommand: Sendable {
  let child: ChildProcess
  /// By stream: output, errors.
  private let redactors: Mutex<[Redactor]>

  init(_ child: ChildProcess, _ redactor: Redactor) {
    self.child = child
    redactors = Mutex([redactor, redactor])
  }

  /// Passes on what the command wrote without secrets; at the end also what was held back. How many pieces it passed.
  func read(
    timeout: Int64, _ pass: (Int32, UnsafeRawBufferPointer) -> Void
  ) -> (ChildProcess.ReadOutcome, passed: Int) {
    var passed = 0
    let outcome = child.read(timeout: timeout) { stream, piece in
      var redactor = redactors.withLock { $0[Int(stream) - 1] }
      redactor.feed(piece) {
        passed += 1
        pass(stream, $0)
      }
      redactors.withLock { $0[Int(stream) - 1] = redactor }
    }
    guard case .ended = outcome else { return (outcome, passed) }
    for index in 0...1 {
      var redactor = redactors.withLock { $0[index] }
      redactor.finish { pass(Int32(index) + 1, $0) }
      redactors.withLock { $0[index] = redactor }
    }
    return (outcome, passed)
  }
}
