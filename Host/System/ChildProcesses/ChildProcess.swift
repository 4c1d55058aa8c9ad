import CChild
import Glibc
import Sandbox
import Synchronization

/// A command that runs, with its three streams. It ends when its time is over, when the last reference goes, and with the
/// host. Its functions may be called from any thread.
public final class ChildProcess: Sendable {
  /// What is started.
  public struct Command: Sendable {
    /// The file, by its full path.
    public var path: String
    /// After the file's own name.
    public var arguments: [String]
    /// The whole environment, as `NAME=value`.
    public var variables: [String]
    /// Nanoseconds until it is killed.
    public var timeout: Int64
    /// Bytes of each stream that are held until they are read.
    public var outputLimit: Int

    /// Makes a command from its parts, none of which holds NUL.
    public init(path: String, arguments: [String], variables: [String], timeout: Int64, outputLimit: Int) {
      self.path = path
      self.arguments = arguments
      self.variables = variables
      self.timeout = timeout
      self.outputLimit = outputLimit
    }
  }

  /// Why nothing runs; a text of the system.
  public struct StartFailure: Error, Hashable {
    /// What the system says.
    public let reason: String

    /// Makes a failure of a reason.
    public init(reason: String) { self.reason = reason }
  }

  /// How it ended.
  public struct Exit: Hashable, Sendable {
    /// The exit status; -1 when a signal ended it.
    public let code: Int32
    /// The signal that ended it, else 0.
    public let signal: Int32
    /// Whether it was killed because its time was over.
    public let isTimedOut: Bool

    /// Makes an end from its parts.
    public init(code: Int32, signal: Int32, isTimedOut: Bool) {
      self.code = code
      self.signal = signal
      self.isTimedOut = isTimedOut
    }
  }

  enum Life { case running, ended(Exit) }

  private let process: pid_t
  /// Readable once the process has ended.
  let ending: Int32
  private let life: Mutex<(state: Life, isTimedOut: Bool)>
  /// The standard input, while it is open. Held during a whole write, so that writes follow one another.
  let input: Mutex<Int32?>
  /// Output and errors, while they are open. Held during a whole read.
  let outputs: Mutex<[(stream: Int32, descriptor: Int32)]>

  /// Starts a command.
  public static func start(_ command: Command) throws(StartFailure) -> ChildProcess {
    var pipes: [(read: Int32, write: Int32)] = []
    func closeAll() { for pipe in pipes { _ = (close(pipe.read), close(pipe.write)) } }
    for _ in 0..<3 {
      var ends: [Int32] = [0, 0]
      guard host_child_pipe(&ends) == 0 else {
        let reason = String(cString: strerror(errno))
        closeAll()
        throw StartFailure(reason: reason)
      }
      pipes.append((ends[0], ends[1]))
    }
    let (input, output, errors) = (pipes[0].read, pipes[1].write, pipes[2].write)
    var launch = Launch(command.path, arguments: command.arguments, output: output, errors: errors)
    (launch.variables, launch.input, launch.hasOwnSession) = (command.variables, input, false)
    let process = launch.start()
    guard process > 0 else {
      closeAll()
      throw StartFailure(reason: String(cString: strerror(-process)))
    }
    let ending = Launch.descriptor(of: process)
    guard ending >= 0 else {
      closeAll()
      kill(-process, SIGKILL)
      waitpid(process, nil, 0)
      throw StartFailure(reason: String(cString: strerror(-ending)))
    }
    for descriptor in [input, output, errors] { close(descriptor) }
    for descriptor in [pipes[0].write, pipes[1].read, pipes[2].read] {
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }
    for descriptor in [pipes[1].read, pipes[2].read] {
      host_child_hold(descriptor, Int32(clamping: command.outputLimit))
    }
    let child = ChildProcess(
      process, ending, input: pipes[0].write, outputs: [(1, pipes[1].read), (2, pipes[2].read)])
    ChildKeeper.shared.expire(child, at: monotonicNanoseconds().addingReportingOverflow(command.timeout).partialValue)
    return child
  }

  private init(_ process: pid_t, _ ending: Int32, input: Int32, outputs: [(stream: Int32, descriptor: Int32)]) {
    self.process = process
    self.ending = ending
    life = Mutex((.running, false))
    self.input = Mutex(input)
    self.outputs = Mutex(outputs)
  }

  deinit {
    stop(SIGKILL)
    _ = reap(waits: true)
    input.withLock { if let descriptor = $0 { close(descriptor) } }
    outputs.withLock { for output in $0 { close(output.descriptor) } }
    close(ending)
  }

  /// Sends a signal to it and all that it started; nothing when it has ended.
  public func stop(_ signal: Int32) {
    // While it is not reaped nothing else can have its number.
    life.withLock { life in
      if case .running = life.state { kill(-process, signal) }
    }
  }

  /// Kills it because its time is over.
  func expire() {
    life.withLock { life in
      guard case .running = life.state else { return }
      life.isTimedOut = true
      kill(-process, SIGKILL)
    }
  }

  /// How it ended, once it has; its number is free for others then.
  func reap(waits: Bool) -> Exit? {
    life.withLock { life in
      if case .ended(let exit) = life.state { return exit }
      var status: Int32 = 0
      var result: pid_t
      repeat { result = waitpid(process, &status, waits ? 0 : WNOHANG) } while result < 0 && errno == EINTR
      guard result == process else { return nil }
      let signal = status & 0x7F
      let exit = Exit(code: signal == 0 ? status >> 8 & 0xFF : -1, signal: signal, isTimedOut: life.isTimedOut)
      life.state = .ended(exit)
      return exit
    }
  }
}
