import Glibc

/// The machine's time, for what has to do with the world outside and never with a decision.
public struct OutsideClock: Sendable {
  /// Nanoseconds that only ever grow.
  public var monotonic: @Sendable () -> Int64
  /// Nanoseconds since 1970-01-01 UTC.
  public var wall: @Sendable () -> Int64
  /// Blocks the calling thread for so many nanoseconds.
  public var wait: @Sendable (Int64) -> Void

  /// Makes a clock from its parts.
  public init(
    monotonic: @escaping @Sendable () -> Int64, wall: @escaping @Sendable () -> Int64,
    wait: @escaping @Sendable (Int64) -> Void
  ) {
    self.monotonic = monotonic
    self.wall = wall
    self.wait = wait
  }

  /// The clock of this machine.
  public static let system = OutsideClock(
    monotonic: { nanoseconds(CLOCK_MONOTONIC) }, wall: { nanoseconds(CLOCK_REALTIME) },
    wait: { duration in
      var rest = timespec(tv_sec: Int(duration / 1_000_000_000), tv_nsec: Int(duration % 1_000_000_000))
      var left = timespec()
      while nanosleep(&rest, &left) != 0, errno == EINTR { rest = left }
    })

  private static func nanoseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
