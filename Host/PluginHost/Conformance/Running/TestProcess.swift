import Glibc

/// The process of one test, as the checking process sees it.
final class TestProcess {
  let test: ConformanceTest
  /// When it started and when it counts as hung; monotonic nanoseconds.
  let started: UInt64
  let deadline: UInt64
  /// Where its result and its output come from; -1 once there is no more.
  private(set) var channel: Int32
  private(set) var outputEnd: Int32

  private let identifier: pid_t
  private let token: [UInt8]
  private let order: TestChild.Order
  private var message: [UInt8] = []
  private var output: [UInt8] = []
  private static let outputLimit = 4096

  /// Starts this very executable again, in a process group of its own, without the user's environment.
  init(_ test: ConformanceTest, _ order: TestChild.Order, executable: String) throws(CheckError) {
    self.test = test
    self.order = order
    token = (0..<ResultMessage.tokenLength).map { _ in .random(in: 0...255) }
    var results: [Int32] = [-1, -1]
    var outputs: [Int32] = [-1, -1]
    let flags = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard TestPlace.create(order.placeFile), socketpair(AF_UNIX, flags, 0, &results) == 0 else {
      throw CheckError("cannot start a test", order.test)
    }
    guard socketpair(AF_UNIX, flags, 0, &outputs) == 0 else {
      let failure = CheckError("cannot start a test", order.test)
      for end in results { close(end) }
      throw failure
    }
    defer {
      close(results[1])
      close(outputs[1])
    }
    (channel, outputEnd) = (results[0], outputs[0])
    started = monotonicNanoseconds()
    deadline = started + UInt64(test.deadline(level: order.level)) * 1_000_000_000
    let sent = write(channel, token, token.count)
    for end in [channel, outputEnd] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    let (process, failure) = TestProcess.spawn(executable, order.words, result: results[1], output: outputs[1])
    identifier = process
    guard failure == 0, sent == token.count else {
      closeEnds()
      throw CheckError("cannot start a process", executable, failure)
    }
  }

  private static func spawn(
    _ executable: String, _ words: [String], result: Int32, output: Int32
  ) -> (process: pid_t, failure: Int32) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
    posix_spawn_file_actions_adddup2(&actions, result, TestChild.channel)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (all, none) = (sigset_t(), sigset_t())
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    let arguments = (["host", TestChild.command] + words).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    // Nothing of the user's. Swift's own tracing of crashes would start another program and take seconds.
    var environment: [UnsafeMutablePointer<CChar>?] = [strdup("SWIFT_BACKTRACE=enable=no"), nil]
    defer { free(environment[0]) }
    var process: pid_t = 0
    let failure = posix_spawn(&process, executable, &actions, &attributes, arguments, &environment)
    return (process, failure)
  }

  /// Takes what has arrived, and answers with the result once there is one; the process is then gone.
  func advance(now: UInt64) -> TestResult? {
    drainOutput()
    let isOver = drainChannel()
    switch ResultMessage.read(message, token: token) {
    case .complete(let message):
      end()
      return result(message.verdict, message.detail, now)
    case .garbage:
      end()
      return result(.fail, "the plugin wrote to a descriptor that is not its own, the result channel of the test", now)
    case .incomplete: break
    }
    if isOver, let ending = endingIfOver() { return result(.crash, ending, now) }
    guard now >= deadline else { return nil }
    end()
    return result(.timeout, "no answer within \(test.deadline(level: order.level)) s" + placeText, now)
  }

  /// Whether only the end of the process is still awaited, which no descriptor tells.
  var isSilent: Bool { channel < 0 }

  /// Kills what is left of it, without a result.
  func end() {
    kill(-identifier, SIGKILL)
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    drainOutput()
    closeEnds()
  }

  /// How the process ended by itself; `nil` while it runs. Its group is killed before its number can be used again.
  private func endingIfOver() -> String? {
    var information = siginfo_t()
    guard waitid(P_PID, id_t(identifier), &information, WEXITED | WNOHANG | WNOWAIT) == 0,
      information.si_signo == SIGCHLD
    else { return nil }
    kill(-identifier, SIGKILL)
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    drainOutput()
    closeEnds()
    let signal = status & 0x7f
    guard signal == 0 else { return "killed by " + SignalText.of(signal) + placeText }
    return "the plugin ended the process with status \((status >> 8) & 0xff)" + placeText
  }

  private var placeText: String { TestPlace.read(order.placeFile).map { ", in \($0)" } ?? "" }

  private func result(_ verdict: Verdict, _ detail: String?, _ now: UInt64) -> TestResult {
    let shown = verdict.isFailure ? String(decoding: output, as: UTF8.self) : ""
    return TestResult(test, verdict, detail, output: shown, seconds: Double(now - started) / 1e9)
  }

  /// Whether nothing more can come.
  private func drainChannel() -> Bool {
    guard channel >= 0 else { return true }
    // More than a whole message is garbage in any case.
    while message.count <= ResultMessage.detailLimit * 2 {
      switch TestProcess.piece(channel) {
      case .bytes(let bytes): message += bytes
      case .later: return false
      case .end:
        close(channel)
        channel = -1
        return true
      }
    }
    return false
  }

  private func drainOutput() {
    while outputEnd >= 0 {
      switch TestProcess.piece(outputEnd) {
      case .bytes(let bytes): output += bytes.prefix(TestProcess.outputLimit - output.count)
      case .later: return
      case .end:
        close(outputEnd)
        outputEnd = -1
      }
    }
  }

  private enum Piece {
    case bytes(ArraySlice<UInt8>)
    case later
    case end
  }

  private static func piece(_ descriptor: Int32) -> Piece {
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &bytes, bytes.count)
      if count > 0 { return .bytes(bytes[..<count]) }
      if count == 0 { return .end }
      if errno != EINTR { return errno == EAGAIN ? .later : .end }
    }
  }

  private func closeEnds() {
    for end in [channel, outputEnd] where end >= 0 { close(end) }
    (channel, outputEnd) = (-1, -1)
  }
}

/// The system's monotonic clock.
func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
}
