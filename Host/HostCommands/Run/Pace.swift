import Glibc
import Runtime
import Synchronization
import TradingTypes

/// Whether the process was told to stop (SIGINT, SIGTERM). Set by a signal handler, read by the engine.
enum StopRequest {
  private static let flag = Atomic<Bool>(false)
  /// Becomes readable when a stop is asked for, so that a prompt wakes up.
  static let descriptor: Int32 = {
    ends.0
  }()
  private static let ends: (Int32, Int32) = {
    var pair: [Int32] = [-1, -1]
    _ = pipe(&pair)
    return (pair[0], pair[1])
  }()

  /// Whether a stop was asked for.
  static var isAsked: Bool { flag.load(ordering: .relaxed) }

  /// Installs the handler; a second signal ends the process at once.
  static func install() {
    _ = ends
    for number in [SIGINT, SIGTERM] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in StopRequest.ask() }
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
      sigaction(number, &action, nil)
    }
  }

  private static func ask() {
    flag.store(true, ordering: .relaxed)
    var byte: UInt8 = 1
    _ = write(ends.1, &byte, 1)
  }
}

/// Lets real time pass between the instants of a replay, and stops when the process is told to.
final class ReplayPacer: Pacer {
  private let speed: RunOptions.Speed
  private var began: (market: Timestamp, real: UInt64)?
  private let now: () -> UInt64

  init(_ speed: RunOptions.Speed, now: @escaping () -> UInt64) {
    self.speed = speed
    self.now = now
  }

  func wait(until time: Timestamp) -> Bool {
    guard case .times(let factor) = speed else { return !StopRequest.isAsked }
    guard let began else {
      self.began = (time, now())
      return !StopRequest.isAsked
    }
    let market = Double(time.nanoseconds - began.market.nanoseconds)
    let due = began.real &+ UInt64(min(max(0, market / factor), 9e18))
    while !StopRequest.isAsked {
      let present = now()
      guard present < due else { return true }
      var waiting = pollfd(fd: StopRequest.descriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&waiting, 1, Int32(min((due - present) / 1_000_000 + 1, 60_000)))
    }
    return false
  }
}
