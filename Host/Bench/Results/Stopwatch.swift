import Glibc

/// Seconds that a piece of work took: by the clock, and of processors' time.
public struct Stopwatch: Sendable {
  private let began: UInt64
  private let threadBegan: UInt64
  private let processBegan: UInt64

  /// Starts.
  public init() {
    began = Stopwatch.nanoseconds(CLOCK_MONOTONIC)
    threadBegan = Stopwatch.nanoseconds(CLOCK_THREAD_CPUTIME_ID)
    processBegan = Stopwatch.nanoseconds(CLOCK_PROCESS_CPUTIME_ID)
  }

  /// Seconds by the clock since the start.
  public var wallSeconds: Double { Double(Stopwatch.nanoseconds(CLOCK_MONOTONIC) &- began) / 1e9 }

  /// Seconds for which a processor worked on this thread since the start.
  public var threadSeconds: Double { Double(Stopwatch.nanoseconds(CLOCK_THREAD_CPUTIME_ID) &- threadBegan) / 1e9 }

  /// Seconds for which processors worked on this process, all of its threads together, since the start.
  public var processSeconds: Double { Double(Stopwatch.nanoseconds(CLOCK_PROCESS_CPUTIME_ID) &- processBegan) / 1e9 }

  /// The monotonic clock in nanoseconds.
  public static let clock: @Sendable () -> UInt64 = { nanoseconds(CLOCK_MONOTONIC) }

  private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}
