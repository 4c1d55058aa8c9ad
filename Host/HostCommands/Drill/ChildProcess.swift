import CommandLineKit
import Glibc

/// A process started by this one, with its own arguments and environment; its output goes to a file.
struct ChildProcess {
  /// How it ended.
  enum Ending: Equatable {
    case exited(Int32)
    case killed(signal: Int32)
  }

  private let identifier: pid_t
  /// The read end of a pipe whose only writer is the child: it hangs up when the child ends.
  private let life: Int32

  /// Starts this very executable again. Blocks only until it is started.
  init(arguments: [String], environment: [String: String], output: String) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw ChildProcess.cannotStart(errno) }
    defer { close(ends[1]) }
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, output + ".log", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let words = (["host"] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var started: pid_t = 0
    let status = posix_spawn(&started, "/proc/self/exe", &actions, nil, words, variables)
    guard status == 0 else {
      close(ends[0])
      throw ChildProcess.cannotStart(status)
    }
    identifier = started
    life = ends[0]
  }

  private static func cannotStart(_ status: Int32) -> CommandFailure {
    CommandFailure(
      code: "cannot_start", message: "cannot start a host process: \(String(cString: strerror(status)))",
      where: "/proc/self/exe", expected: "a new process", found: "errno \(status)", remedy: "free memory or processes",
      exitCode: .tryAgain)
  }

  /// Sends SIGKILL.
  func kill() { _ = Glibc.kill(identifier, SIGKILL) }

  /// Waits for its end; call it once.
  func wait() -> Ending {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    close(life)
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
  }

  /// Waits at most so many milliseconds; `nil` when it still runs. Call ``wait()`` only after `nil`.
  func wait(milliseconds: Int) -> Ending? {
    var waiting = pollfd(fd: life, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, Int32(milliseconds)) > 0 ? wait() : nil
  }
}
