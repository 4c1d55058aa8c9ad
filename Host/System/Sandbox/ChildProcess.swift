import CSandbox
import Glibc
import Synchronization

/// A running program with nothing of this process but what it was given: an empty environment, only the descriptors it
/// was given, a session of its own and `/` as working directory. It is killed when this process ends, however it ends,
/// and when nobody holds its value any more.
public final class ChildProcess: Sendable {
  /// Its number.
  public let identifier: pid_t
  /// What it tried and was refused, once it is behind the wall.
  public let attempts: AttemptLog

  private let ended: Mutex<ChildEnding?>
  private let output: Int32

  /// Readable once it has ended; it stays this value's.
  public let descriptor: Int32

  /// Starts a program. The descriptors become ``Sandbox/firstGivenDescriptor`` and following; the caller keeps its own.
  /// Blocks until the program runs, about a millisecond; from any thread.
  ///
  /// - Parameter output: takes what the program writes to standard output and error, and stays the caller's; `nil`: a
  ///   pipe that never blocks the program, of which ``takeOutput()`` reads.
  public init(
    executable: String = "/proc/self/exe", arguments: [String], descriptors: [Int32] = [], output: Int32? = nil
  ) throws(SandboxError) {
    attempts = try AttemptLog()
    var ends: [Int32] = [-1, -1]
    if output == nil { try checked("making a pipe for a child's output", sandbox_pipe(&ends)) }
    let (reading, writing) = (ends[0], ends[1])
    defer { close(writing) }
    var launch = Launch(executable, arguments: arguments, output: output ?? writing, errors: output ?? writing)
    launch.descriptors = [attempts.descriptor] + descriptors
    let started = launch.start()
    guard started > 0 else {
      close(reading)
      throw .refused(step: "starting \(executable)", errno: -started)
    }
    let process = Launch.descriptor(of: started)
    guard process >= 0 else {
      Glibc.kill(started, SIGKILL)
      waitpid(started, nil, 0)
      close(reading)
      throw .refused(step: "watching process \(started)", errno: -process)
    }
    identifier = started
    descriptor = process
    self.output = reading
    ended = Mutex(nil)
  }

  deinit {
    end()
    close(descriptor)
    close(output)
  }

  /// Kills it, if it still runs.
  public func kill() {
    // It is not reaped meanwhile, so the number is still its own.
    ended.withLock { if $0 == nil { Glibc.kill(identifier, SIGKILL) } }
  }

  /// Kills it, if it still runs, and waits for its end.
  @discardableResult
  public func end() -> ChildEnding {
    kill()
    while true { if let ending = wait(milliseconds: nil) { return ending } }
  }

  /// How it ended; `nil` when it still runs. Does not wait.
  public var ending: ChildEnding? { wait(milliseconds: 0) }

  /// Waits for its end; `nil` when it still runs after this time. `nil` as time waits for ever.
  public func wait(milliseconds: Int32?) -> ChildEnding? {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if ended.withLock({ $0 == nil }) { poll(&watched, 1, milliseconds ?? -1) }
    return ended.withLock { ended in
      if let ended { return ended }
      var status: Int32 = 0
      switch waitpid(identifier, &status, WNOHANG) {
      case identifier: ended = ChildEnding(status: status)
      case -1 where errno == ECHILD: ended = .untold
      default: break
      }
      return ended
    }
  }

  /// What it wrote to standard output and standard error since the last time, at most 64 KiB of it. May hold anything.
  public func takeOutput() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = read(output, &bytes, bytes.count)
    return count > 0 ? Array(bytes[..<count]) : []
  }
}
