/// How many lines one instance may still log: a burst at once, and then so many a second. Pure: the caller says what time
/// it is.
struct LineBudget {
  private let burst: Int64
  /// Nanoseconds for a line.
  private let interval: Int64
  /// When all that was logged is paid for.
  private var paid: Int64
  private(set) var dropped = 0

  init(_ limits: InstanceLimits, now: Int64) {
    burst = Int64(max(1, limits.logBurst))
    interval = 1_000_000_000 / Int64(max(1, limits.logPerSecond))
    paid = now
  }

  /// Whether a line may be written; one that may not is counted.
  mutating func take(now: Int64) -> Bool {
    let start = max(paid, now)
    guard start - now <= (burst - 1) * interval else {
      dropped += 1
      return false
    }
    paid = start + interval
    return true
  }
}
