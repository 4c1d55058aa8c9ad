import TradingTypes

/// When a plugin that failed is started again, and when it is not any more.
///
/// It reads no clock. The wait before the next start passes with the time of the road, so that a replay repeats it; how
/// often it failed is counted by the wall clock, which is what a person who watches the host goes by, and which goes on
/// over restarts of the host.
public struct PluginSupervision: Hashable, Sendable {
  /// The numbers it goes by.
  public enum Rules {
    /// Failures within ``window`` after which the plugin is quarantined.
    public static let failuresToQuarantine = 3
    /// Seconds in which they count.
    public static let window: Int64 = 600
    /// Seconds after which a failure makes the next wait no longer any more.
    public static let memory: Int64 = 3600
    /// Seconds before the first start after a failure; each further one within ``memory`` waits ``growth`` times as long.
    public static let firstWait: Int64 = 1
    /// How much longer each further wait is.
    public static let growth: Int64 = 4
    /// Seconds that are waited at most.
    public static let longestWait: Int64 = 64
  }

  /// What a plugin is doing.
  public enum State: Hashable, Sendable {
    /// An instance works.
    case running
    /// It failed; the next instance is made at this time of the road.
    case waiting(until: Timestamp)
    /// It failed too often; it stays off until a person releases it.
    case quarantined
  }

  /// What it is doing.
  public private(set) var state: State = .running
  /// Which of its instances works, or worked last; from 1.
  public private(set) var epoch: UInt32 = 1
  /// When it failed by the wall clock, oldest first, as far as that still counts.
  public private(set) var failures: [Timestamp]

  /// A plugin that works.
  ///
  /// - Parameter earlier: when it failed before, by the wall clock, in this life of the host and earlier ones.
  public init(earlier: [Timestamp] = []) { failures = earlier.sorted() }

  /// The instance failed, or the next one could not be made. Changes nothing once it is quarantined.
  ///
  /// - Parameters:
  ///   - time: the time of the road.
  ///   - wall: the time of the wall clock. One that went back makes failures count for longer, never for less long.
  ///   - others: failures of the same plugin elsewhere in this host, which count too.
  @discardableResult
  public mutating func fail(at time: Timestamp, wall: Timestamp, others: [Timestamp] = []) -> State {
    guard state != .quarantined else { return state }
    if case .waiting = state { epoch &+= 1 }
    failures += others.filter { !failures.contains($0) } + [wall]
    failures = failures.filter { wall.isWithin(Rules.memory, of: $0) }.sorted()
    let counted = failures.count { wall.isWithin(Rules.window, of: $0) }
    if counted >= Rules.failuresToQuarantine {
      state = .quarantined
    } else {
      state = .waiting(until: time.adding(seconds: PluginSupervision.wait(after: failures.count)))
    }
    return state
  }

  /// Whether the next instance is to be made now.
  public func isDue(at time: Timestamp) -> Bool {
    if case .waiting(let until) = state { time >= until } else { false }
  }

  /// The next instance works; answers its number. Changes nothing unless one was waited for.
  @discardableResult
  public mutating func replaced() -> UInt32 {
    guard case .waiting = state else { return epoch }
    epoch &+= 1
    state = .running
    return epoch
  }

  /// A person released it: it is started again at once, and what was before does not count any more.
  public mutating func release(at time: Timestamp) {
    guard state == .quarantined else { return }
    failures = []
    state = .waiting(until: time)
  }

  /// Takes up what an earlier life of the session recorded: which instance worked or failed, and since when nothing does.
  public mutating func resume(epoch: UInt32, failedAt time: Timestamp?) {
    self.epoch = epoch
    state = time.map { .waiting(until: $0.adding(seconds: Rules.firstWait)) } ?? .running
  }

  /// Seconds to wait after so many failures.
  static func wait(after failures: Int) -> Int64 {
    var wait = Rules.firstWait
    for _ in 1..<max(failures, 1) where wait < Rules.longestWait { wait *= Rules.growth }
    return min(wait, Rules.longestWait)
  }
}

extension Timestamp {
  /// Whether another time lies no more than so many seconds before this one, or after it.
  fileprivate func isWithin(_ seconds: Int64, of earlier: Timestamp) -> Bool { earlier.adding(seconds: seconds) > self }
}
