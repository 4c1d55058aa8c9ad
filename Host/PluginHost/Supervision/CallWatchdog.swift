import Glibc
import TradingTypes

/// A call into a plugin of this process that hangs, and that nobody can interrupt.
public struct HungCall: Sendable {
  /// Whose it is, and for how long.
  public var failure: PluginFailure
  /// Whether it is not waited for any longer.
  public var isHopeless: Bool
  /// Whether the host needs the answer; a message that is not delivered is only lost.
  public var isVital: Bool
}

/// A thread that samples the running calls of this process and tells of those that hang.
public enum CallWatchdog {
  /// What it needs for its life, which is that of the process.
  private final class Watch {
    let allowance: CallAllowance
    let tell: @Sendable (HungCall) -> Void

    init(_ allowance: CallAllowance, _ tell: @escaping @Sendable (HungCall) -> Void) {
      self.allowance = allowance
      self.tell = tell
    }
  }

  /// Starts the thread; it ends with the process. `tell` is called on it: once when a call has taken longer than it may,
  /// and once more when it has taken three times as long. Answers whether there was a thread to be had.
  ///
  /// - Parameters:
  ///   - seconds: how long a call that decides may take; those that start, ask a venue or read data may take longer.
  @discardableResult
  public static func start(seconds: Double, tell: @escaping @Sendable (HungCall) -> Void) -> Bool {
    let allowance = CallAllowance(nanoseconds: UInt64(max(seconds, 0.001) * 1e9))
    return begin(Unmanaged.passRetained(Watch(allowance, tell)).toOpaque())
  }

  private static func begin(_ watch: UnsafeMutableRawPointer) -> Bool {
    var thread = pthread_t()
    let made = pthread_create(&thread, nil, { context in CallWatchdog.run(context) }, watch)
    guard made == 0 else {
      Unmanaged<Watch>.fromOpaque(watch).release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let watch = Unmanaged<Watch>.fromOpaque(context).takeRetainedValue()
    // A tenth of the shortest deadline, so that nobody waits for long and the processor sleeps.
    let interval = min(max(watch.allowance.nanoseconds / 10, 5_000_000), 250_000_000)
    var judge = HangJudge(allowance: watch.allowance, interval: interval)
    while true {
      var pause = timespec(tv_sec: 0, tv_nsec: Int(interval))
      nanosleep(&pause, nil)
      let calls = RunningCalls.shared.sample()
      for verdict in judge.look(at: calls, now: monotonic(), isExcused: RunningCalls.shared.isExcused) {
        watch.tell(HungCall(verdict, at: now()))
      }
    }
  }

  private static func monotonic() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  private static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }
}

extension HungCall {
  init(_ verdict: HangJudge.Verdict, at time: Timestamp) {
    let (call, nanoseconds): (RunningCall, UInt64)
    switch verdict {
    case .overdue(let hung, let passed): (call, nanoseconds, isHopeless) = (hung, passed, false)
    case .hopeless(let hung, let passed): (call, nanoseconds, isHopeless) = (hung, passed, true)
    }
    isVital = call.call.isVital
    let tenths = nanoseconds / 100_000_000
    failure = PluginFailure(
      plugin: call.plugin, call: call.name, kind: .timeout,
      detail: "has been running for \(tenths / 10).\(tenths % 10) s", time: time)
  }
}
