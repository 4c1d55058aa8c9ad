import TradingTypes

/// The deepest drawdown of an account and the longest time it spent below a peak.
public struct Drawdowns: Equatable, Sendable {
  /// A stay below a peak.
  public struct Stay: Equatable, Sendable {
    /// When the peak was last held.
    public var peakTime: Timestamp
    /// When the equity was lowest.
    public var lowTime: Timestamp
    /// When the peak was reached again; `nil` where it never was.
    public var recoveryTime: Timestamp?
    /// The lowest equity over the peak, minus 1; negative.
    public var depth: Double
    /// Instants from the peak to the recovery, or to the end.
    public var instants: Int
  }

  /// The one that went deepest.
  public var deepest: Stay?
  /// The one that lasted longest, in instants.
  public var longest: Stay?
}

/// Follows an equity curve, one value at a time.
struct DrawdownTracker: Sendable {
  private var peak = -Double.infinity
  private var peakTime = Timestamp.distantPast
  private var present: Drawdowns.Stay?
  private var ended = Drawdowns()

  /// Takes a value; gives its drawdown, zero or negative. There is none below a peak that is not positive.
  mutating func add(at time: Timestamp, equity: Double) -> Double {
    guard equity < peak else {
      if var stay = present {
        stay.recoveryTime = time
        stay.instants += 1
        ended.consider(stay)
        present = nil
      }
      peak = equity
      peakTime = time
      return 0
    }
    guard peak > 0 else { return 0 }
    let depth = equity / peak - 1
    if present == nil {
      present = Drawdowns.Stay(peakTime: peakTime, lowTime: time, recoveryTime: nil, depth: depth, instants: 0)
    }
    present!.instants += 1
    if depth < present!.depth {
      present!.depth = depth
      present!.lowTime = time
    }
    return depth
  }

  /// The deepest and the longest so far, with the one that goes on.
  var drawdowns: Drawdowns {
    var all = ended
    if let present { all.consider(present) }
    return all
  }
}

extension Drawdowns {
  /// Keeps a stay where it is deeper or longer than what was there.
  mutating func consider(_ stay: Stay) {
    if stay.depth < deepest?.depth ?? 0 { deepest = stay }
    if stay.instants > longest?.instants ?? 0 { longest = stay }
  }
}
