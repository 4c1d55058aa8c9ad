import Glibc

/// Tells nanoseconds from some fixed moment, never going back; injected so that tests decide what time it is.
public typealias MonotonicClock = @Sendable () -> UInt64

/// The system's monotonic clock, to inject at the edge; pure code and tests pass their own.
public func systemMonotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
}
