/// How long calls may take.
package struct CallAllowance: Hashable, Sendable {
  /// Nanoseconds for a call that decides; others may take a multiple of it.
  package var nanoseconds: UInt64

  /// Makes an allowance.
  package init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  /// Nanoseconds for a call.
  func deadline(_ call: PluginCall) -> UInt64 { nanoseconds * call.allowances }

  /// Nanoseconds after which nobody waits for a call any more.
  func limit(_ call: PluginCall) -> UInt64 { deadline(call) * 3 }
}

extension PluginCall {
  /// How many times as long as a call that decides it may take: one that starts or asks a venue may wait for something, one
  /// that reads data may have much of it.
  var allowances: UInt64 {
    switch self {
    case .none, .onBar, .evaluate, .recheck, .onFill, .onQuote: 1
    case .create, .destroy, .start, .finish, .entry, .notify: 6
    case .capabilities, .account, .positions, .openOrders, .order, .place, .replace, .cancel: 6
    case .open, .read, .rewind: 60
    }
  }

  /// Whether the host cannot go on without it. A message that is not delivered is lost, and nothing more.
  var isVital: Bool { self != .notify }
}

/// Judges from samples which calls hang. It reads no clock.
///
/// Between two samples no more counts than was meant to be between them: a machine that slept, or a process that was
/// stopped, is not the plugin's fault.
struct HangJudge {
  /// What is to be done about a call.
  enum Verdict: Hashable {
    /// It has taken longer than it may: somebody is told.
    case overdue(RunningCall, nanoseconds: UInt64)
    /// It is not waited for any longer.
    case hopeless(RunningCall, nanoseconds: UInt64)
  }

  private struct Seen {
    var nanoseconds: UInt64 = 0
    var wasTold = false
    var isGivenUp = false
  }

  let allowance: CallAllowance
  /// Nanoseconds between two samples, as they are meant to be.
  let interval: UInt64
  private var seen: [RunningCall: Seen] = [:]
  private var last: UInt64?

  init(allowance: CallAllowance, interval: UInt64) {
    self.allowance = allowance
    self.interval = interval
  }

  /// Takes the calls that are running at a time of a monotonic clock.
  ///
  /// - Parameter isExcused: whether the host itself keeps plugins waiting.
  mutating func look(at running: [RunningCall], now: UInt64, isExcused: Bool = false) -> [Verdict] {
    let passed = last.map { min(now &- $0, 2 * interval) } ?? 0
    last = now
    var verdicts: [Verdict] = []
    var next: [RunningCall: Seen] = [:]
    for call in running {
      guard var state = seen[call] else {
        next[call] = Seen()
        continue
      }
      if !isExcused { state.nanoseconds += passed }
      if !state.wasTold, state.nanoseconds >= allowance.deadline(call.call) {
        state.wasTold = true
        verdicts.append(.overdue(call, nanoseconds: state.nanoseconds))
      }
      if !state.isGivenUp, state.nanoseconds >= allowance.limit(call.call) {
        state.isGivenUp = true
        if call.call.isVital { verdicts.append(.hopeless(call, nanoseconds: state.nanoseconds)) }
      }
      next[call] = state
    }
    seen = next
    return verdicts
  }
}
