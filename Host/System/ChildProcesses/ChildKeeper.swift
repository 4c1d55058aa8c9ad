import CChild
import Glibc
import Synchronization

/// The one thread that starts commands and kills them when their time is over.
///
/// The kernel ends a command when the thread that started it ends, so that thread is this one, which lasts as long as the
/// host.
final class ChildKeeper: Sendable {
  static let shared = ChildKeeper()

  private struct Work {
    /// Commands that wait to be started.
    var starts: [@Sendable () -> Void] = []
    var deadlines: [Deadline] = []
  }

  /// When a command is killed; it does not keep the command alive.
  ///
  /// Sendable is safe: a weak reference is only read, which the language does atomically.
  private struct Deadline: @unchecked Sendable {
    let time: Int64
    weak var child: ChildProcess?
  }

  private let work = Mutex(Work())
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
    precondition(wake >= 0 && status == 0, "no thread to start commands with")
    pthread_detach(thread)
  }

  /// Runs something on the keeper's thread and waits for it.
  func perform(_ body: @escaping @Sendable () -> Void) {
    let done = host_child_event()
    defer { close(done) }
    work.withLock { work in
      work.starts.append {
        body()
        ChildKeeper.raise(done)
      }
    }
    ChildKeeper.raise(wake)
    ChildKeeper.take(done)
  }

  /// Kills a command at a time of the monotonic clock unless it has ended by then.
  func expire(_ child: ChildProcess, at time: Int64) {
    work.withLock { $0.deadlines.append(Deadline(time: time, child: child)) }
    ChildKeeper.raise(wake)
  }

  private func run() {
    while true {
      let now = monotonicNanoseconds()
      let (starts, expired, next) = work.withLock { work in
        let starts = work.starts
        work.starts = []
        let expired = work.deadlines.filter { $0.time <= now }
        work.deadlines.removeAll { $0.time <= now || $0.child == nil }
        return (starts, expired, work.deadlines.map(\.time).min())
      }
      for start in starts { start() }
      for deadline in expired { deadline.child?.expire() }
      guard starts.isEmpty else { continue }
      var waiting = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, next.map { milliseconds(until: $0) } ?? -1) > 0 { ChildKeeper.take(wake) }
    }
  }

  private static func raise(_ descriptor: Int32) {
    var one: UInt64 = 1
    while write(descriptor, &one, 8) < 0, errno == EINTR {}
  }

  private static func take(_ descriptor: Int32) {
    var count: UInt64 = 0
    while read(descriptor, &count, 8) < 0, errno == EINTR {}
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
