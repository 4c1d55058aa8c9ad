import Glibc

internal import CKernel

/// What a runner is started with.
public struct RunnerLaunch: Sendable {
  /// The program; it must understand `plugin-runner`.
  public var executable = "/proc/self/exe"
  /// The plugin's file, open for reading; it stays the caller's.
  public var file: Int32
  /// Libraries that are loaded before the file: those beside it, which it cannot find by itself.
  public var libraries: [String] = []
  /// How long calls may take.
  public var deadlines = CallDeadlines.usual
  /// Takes what the plugin writes to its standard output and error, a line at a time, cut and capped; from any thread.
  public var output: @Sendable (String) -> Void = { _ in }
  /// Takes the one failure that a runner can have, from any thread.
  public var failure: @Sendable (RunnerFailure) -> Void = { _ in }

  /// Makes a launch of this very executable.
  public init(file: Int32) { self.file = file }
}

/// The descriptors that a runner inherits, besides its three streams.
enum RunnerDescriptor {
  /// A socket: the calls of the plugin's own threads, and whether the host lives.
  static let socket: Int32 = 3
  /// The shared memory.
  static let memory: Int32 = 4
  /// The plugin's file.
  static let file: Int32 = 5
}

/// A started process and how it ended.
final class RunnerProcess: @unchecked Sendable {
  let identifier: pid_t
  /// Readable once the process has ended.
  let descriptor: Int32
  private let mutex = PosixMutex()
  private var ending: Int32?

  /// Starts `plugin-runner` with an empty environment and nothing but these descriptors.
  init(
    _ executable: String, socket: Int32, memory: Int32, file: Int32, output: Int32
  ) throws(CarriageStartError) {
    // Numbers beyond those that the child gets, so that none is overwritten before it is copied.
    let sources = [socket, memory, file, output].map { fcntl($0, F_DUPFD_CLOEXEC, 64) }
    defer { for source in sources where source >= 0 { close(source) } }
    guard sources.allSatisfy({ $0 >= 0 }) else { throw .system("fcntl", errno) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    for (source, target) in zip(
      [3, 3, 0, 1, 2],
      [STDOUT_FILENO, STDERR_FILENO, RunnerDescriptor.socket, RunnerDescriptor.memory, RunnerDescriptor.file])
    {
      posix_spawn_file_actions_adddup2(&actions, sources[source], target)
    }
    ckernel_close_from(&actions, RunnerDescriptor.file + 1)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    // In a group of its own: what a terminal sends to the host is for the host to act upon.
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    let words = ["host", "plugin-runner"].map { (word: String) in strdup(word) } + [nil]
    defer { for word in words { free(word) } }
    var nothing: UnsafeMutablePointer<CChar>?
    var started: pid_t = 0
    let status = posix_spawn(&started, executable, &actions, &attributes, words, &nothing)
    guard status == 0 else { throw .system("posix_spawn of \(executable)", status) }
    identifier = started
    descriptor = ckernel_process_descriptor(started)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Ends it.
  func kill() {
    mutex.locked { if reap(WNOHANG) == nil { _ = Glibc.kill(identifier, SIGKILL) } }
  }

  /// Whether it has ended; then it leaves nothing behind.
  var hasEnded: Bool { mutex.locked { reap(WNOHANG) != nil } }

  /// How it ended; waits for that.
  func end() -> Int32 { mutex.locked { reap(0) ?? 0 } }

  private func reap(_ options: Int32) -> Int32? {
    if let ending { return ending }
    var status: Int32 = 0
    while true {
      let found = waitpid(identifier, &status, options)
      if found == identifier { break }
      if found == 0 { return nil }
      if errno != EINTR {
        // Somebody else has waited for it.
        status = 0
        break
      }
    }
    ending = status
    return status
  }
}

/// A lock of the system, which a thread may take on another's behalf to see whether it is free.
final class PosixMutex: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init() {
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func lock() { pthread_mutex_lock(mutex) }
  func unlock() { pthread_mutex_unlock(mutex) }
  func tryLock() -> Bool { pthread_mutex_trylock(mutex) == 0 }

  func locked<Result>(_ body: () -> Result) -> Result {
    lock()
    defer { unlock() }
    return body()
  }
}
