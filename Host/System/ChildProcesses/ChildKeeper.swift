import CChild
import Glibc
import Synchronization

/// The one thread that kills commands when their time is over.
final class ChildKeeper: Sendable {
  static let shared = ChildKeeper()

  /// When a command is killed; it does not keep the command alive.
  ///
  /// Sendable is safe: a weak reference is only read, which the language does atomically.
  private struct Deadline: @unchecked Sendable {
    let time: Int64
    weak var child: ChildProcess?
  }

  private let deadlines = Mutex<[Deadline]>([])
  private let wake: Int32

  private init() {
    // A command that closes its input must not end the host.
    signal(SIGPIPE, SIG_IGN)
    wake = host_child_event()
    let keeper = Unmanaged.passRetained(self).toOpaque()
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { keeper in
        Unmanaged<ChildKeeper>.fromOpaque(keeper!).takeUnretainedValue().run()
        return nil
      }, keeper)
    precondition(wake >= 0 && status == 0, "no thread to end commands with")
    pthread_detach(thread)
  }

  /// Kills a command at a time of the monotonic clock unless it has ended by then.
  func expire(_ child: ChildProcess, at time: Int64) {
    deadlines.withLock { $0.append(Deadline(time: time, child: child)) }
    var one: UInt64 = 1
    while write(wake, &one, 8) < 0, errno == EINTR {}
  }

  private func run() {
    while true {
      let now = monotonicNanoseconds()
      let (expired, next) = deadlines.withLock { deadlines in
        let expired = deadlines.filter { $0.time <= now }
        deadlines.removeAll { $0.time <= now || $0.child == nil }
        return (expired, deadlines.map(\.time).min())
      }
      for deadline in expired { deadline.child?.expire() }
      var waiting = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, next.map { milliseconds(until: $0) } ?? -1) > 0 else { continue }
      var count: UInt64 = 0
      while read(wake, &count, 8) < 0, errno == EINTR {}
    }
  }
}

/// Nanoseconds of a clock that only grows.
func monotonicNanoseconds() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// Milliseconds until a time of that clock, rounded up, as `poll` takes them.
func milliseconds(until time: Int64) -> Int32 {
  Int32(clamping: max(0, (time - monotonicNanoseconds() + 999_999) / 1_000_000))
}
