import CommandLineKit
import Glibc

/// What a run of this very executable took, from its start to its end.
struct MeasuredProcess {
  var wallSeconds: Double
  /// User and system.
  var processorSeconds: Double
  var peakBytes: Int
  /// The exit status; 128 and the signal where one ended it.
  var status: Int32
  var output: String

  /// Runs it without input and without its standard error; blocks until it ends.
  init(arguments: [String]) throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw MeasuredProcess.cannotStart(errno) }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    for end in ends { posix_spawn_file_actions_addclose(&actions, end) }
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    let words = (["host"] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var identifier: pid_t = 0
    let began = systemMonotonicNanoseconds()
    let failure = posix_spawn(&identifier, "/proc/self/exe", &actions, nil, words, environ)
    close(ends[1])
    guard failure == 0 else { throw MeasuredProcess.cannotStart(failure) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(ends[0], &piece, piece.count)
      if count > 0 { bytes += piece[..<count] } else if count == 0 || errno != EINTR { break }
    }
    var ending: Int32 = 0
    var usage = rusage()
    while wait4(identifier, &ending, 0, &usage) < 0, errno == EINTR {}
    wallSeconds = Double(systemMonotonicNanoseconds() - began) / 1e9
    let times = [usage.ru_utime, usage.ru_stime]
    processorSeconds = times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    peakBytes = usage.ru_maxrss * 1024
    status = ending & 0x7f == 0 ? (ending >> 8) & 0xff : 128 + ending & 0x7f
    output = String(decoding: bytes, as: UTF8.self)
  }

  private static func cannotStart(_ number: Int32) -> CommandFailure {
    CommandFailure(
      code: "cannot_start", message: "cannot start a host process: \(systemMessage(number))", where: "/proc/self/exe",
      expected: "a new process", found: systemMessage(number), remedy: "free memory or processes",
      exitCode: .tryAgain)
  }
}
