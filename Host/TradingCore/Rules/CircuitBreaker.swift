import TradingTypes

/// Stops entries after too great a loss within one session. What cannot be computed counts as tripped.
public struct CircuitBreaker: Hashable, Sendable {
  /// The greatest loss allowed; `nil`: the breaker never trips.
  public let limit: Money?
  /// Armed or tripped.
  public private(set) var isTripped = false
  /// Equity at the previous session's close.
  public private(set) var base: Money?

  /// Makes an armed breaker.
  public init(limit: Money?, base: Money) {
    self.limit = limit
    self.base = base
  }

  /// Looks at the equity; answers a decision when the breaker trips now.
  public mutating func observe(equity: Money?) -> Decision? {
    guard let limit, !isTripped else { return nil }
    guard let equity, let base, let loss = base.subtracting(equity), loss.currency == limit.currency else {
      isTripped = true
      return .trippedUncomputable(what: .equity)
    }
    guard loss.nanos > limit.nanos else { return nil }
    isTripped = true
    return .tripped(loss: loss, limit: limit)
  }

  /// The session ended: its equity is the base of the next one.
  public mutating func sessionClosed(equity: Money?) { base = equity }

  /// A session opens: armed again. Answers whether it was tripped.
  public mutating func sessionOpened(equity: Money?) -> Bool {
    if base == nil { base = equity }
    guard isTripped, base != nil else { return false }
    isTripped = false
    return true
  }
}
