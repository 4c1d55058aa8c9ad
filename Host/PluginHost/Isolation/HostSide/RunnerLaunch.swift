import Glibc
import Sandbox

/// What a runner is started with.
public struct RunnerLaunch: Sendable {
  /// The program; it must understand `plugin-runner`.
  public var executable = "/proc/self/exe"
  /// The plugin's file, open for reading; it stays the caller's.
  public var file: Int32
  /// Libraries that are loaded before the file: those beside it, which it cannot find by itself.
  public var libraries: [String] = []
  /// Every library that the file needs beyond those of the program: the runner may read these and no other file.
  public var readableFiles: [String] = []
  /// How long calls may take.
  public var deadlines = CallDeadlines.usual
  /// Takes what the plugin writes to its standard output and error, a line at a time, cut and capped; from any thread.
  public var output: @Sendable (String) -> Void = { _ in }
  /// Takes what the plugin tried and was refused by its wall: the first attempts one at a time, then how many more there
  /// are whenever that has doubled; from any thread.
  public var attempt: @Sendable (String) -> Void = { _ in }
  /// Takes the one failure that a runner can have, from any thread.
  public var failure: @Sendable (RunnerFailure) -> Void = { _ in }

  /// Makes a launch of this very executable.
  public init(file: Int32) { self.file = file }
}

/// The descriptors that a runner inherits, besides its three streams and what its wall uses.
enum RunnerDescriptor {
  /// A socket: the calls of the plugin's own threads, and whether the host lives.
  static let socket = Sandbox.firstGivenDescriptor
  /// The plugin's file, until it is loaded.
  static let file = Sandbox.firstGivenDescriptor + 1
  /// The shared memory, until it is mapped.
  static let memory = Sandbox.firstGivenDescriptor + 2
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
}
