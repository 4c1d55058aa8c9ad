import Configuration

/// Decides when a request may leave: at most so many in any stretch of so much time, of which a part is kept back for
/// requests that close or protect a position. Pure: the caller says what time it is.
struct RequestBudget {
  /// What to do with a request.
  enum Decision: Equatable {
    /// It may leave and is counted.
    case go
    /// It may not leave before then.
    case wait(until: Int64)
  }

  private let limit: Int
  private let usual: Int
  private let period: Int64
  /// When the latest requests left, in a ring; `next` is the place of the oldest one.
  private var times: [Int64] = []
  private var next = 0
  /// What the service said.
  private var told: (remaining: Int64, until: Int64)?

  /// A budget of a rate; `reserve` is the share that is kept back, 0 to below 1. At least one request is not kept back.
  init(_ rate: RequestRate, reserve: Double) {
    limit = rate.count
    period = Int64(rate.seconds) * 1_000_000_000
    usual = max(1, rate.count - Int((Double(rate.count) * reserve).rounded(.up)))
  }

  /// Whether a request may leave now, in nanoseconds that only grow.
  mutating func take(now: Int64, isProtective: Bool) -> Decision {
    if let told, now < told.until, told.remaining <= 0 { return .wait(until: told.until) }
    let allowed = isProtective ? limit : usual
    // The request that was the `allowed`-th last one must have left a whole period ago.
    if times.count >= allowed {
      let oldest = times[(next + times.count - allowed) % times.count]
      let free = oldest.addingReportingOverflow(period).partialValue
      if now < free { return .wait(until: free) }
    }
    if times.count < limit {
      times.append(now)
    } else {
      times[next] = now
      next = (next + 1) % limit
    }
    if let told { self.told = now < told.until ? (told.remaining - 1, told.until) : nil }
    return .go
  }

  /// Takes what a service said: so many requests (`nil`: not told) until an instant. It can only slow down.
  mutating func tell(remaining: Int64?, until: Int64) {
    guard let remaining = remaining ?? told?.remaining else { return }
    told = (remaining, until)
  }
}
