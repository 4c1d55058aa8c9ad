import Glibc

/// How much time a call has left. It reads the monotonic clock only once something has to be waited for, so that calls that
/// are answered at once read no clock at all.
struct CallClock {
  /// Nanoseconds in all; `nil`: no limit.
  private let limit: Int64?
  private var began: Int64 = 0
  private var excluded: Int64 = 0

  init(limit: Int64?) { self.limit = limit }

  /// Nanoseconds since some instant in the past.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// The nanoseconds that are left, where there is a limit.
  mutating func left() throws(CarriageFault) -> Int64? {
    guard let limit else { return nil }
    let now = CallClock.now
    if began == 0 { began = now }
    let left = limit - (now - began - excluded)
    guard left > 0 else { throw .timeout }
    return left
  }

  /// Takes out the time since an instant.
  mutating func exclude(since instant: Int64) {
    let now = CallClock.now
    if began == 0 { began = instant }
    excluded += now - instant
  }
}
