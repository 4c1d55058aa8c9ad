public import TradingTypes

/// Takes the equity of each bar in order and keeps what the statistics of a backtest need, in constant memory.
///
/// Nothing is allocated and no equity is kept. A bar whose equity is that of the bar before has the return 0, which
/// changes no sum, so only bars that move cost a division. It is quickest as a local variable of a loop over many bars.
@frozen
public struct EquityAccumulator: Sendable {
  /// The equity before the first bar; peaks start here.
  public let start: Money
  /// How many bars were taken.
  public var bars: Int { count }
  /// How many of them had a position at their close.
  public var barsHeld: Int { held }
  /// The time of the first bar; `nil` before it.
  public var firstTime: Timestamp? { count == 0 ? nil : first }
  /// The time of the last bar; `nil` before the first.
  public var lastTime: Timestamp? { count == 0 ? nil : last }
  /// Whether a bar lay on a Saturday (UTC), as only markets around the clock have them.
  public var tradesOnSaturdays: Bool { saturdays }
  /// The equity of the last bar; the start before the first.
  public var final: Money { Money(nanos: equity, currency: start.currency) }

  @usableFromInline var count = 0
  @usableFromInline var held = 0
  @usableFromInline var saturdays = false
  @usableFromInline var first = Timestamp.distantPast
  @usableFromInline var last = Timestamp.distantPast
  @usableFromInline var equity: Int64
  @usableFromInline var peak: Int64
  /// The greatest fall below the running peak; a difference of two Int64 always fits.
  @usableFromInline var deepestFall: UInt64 = 0
  /// The greatest fall as a fraction of its peak.
  @usableFromInline var steepestFall = 0.0
  /// The smallest equity that a return was measured against.
  @usableFromInline var lowestBase = Int64.max
  @usableFromInline var sums = ReturnSums()
  /// The Saturday to look at next; none before the first bar.
  @usableFromInline var saturday = Timestamp.distantPast

  /// Begins before the first bar.
  ///
  /// - Parameter start: the equity at the start, in the currency of all that follows.
  public init(start: Money) {
    self.start = start
    equity = start.nanos
    peak = start.nanos
  }

  /// Takes the next bar.
  ///
  /// - Parameters:
  ///   - value: the equity at its close; traps when it is in another currency than the start.
  ///   - time: the bar's name (its start, of daily data the session date); not before the last one.
  ///   - holdsPosition: whether a position was held at its close.
  @inlinable @inline(__always) public mutating func add(_ value: Money, at time: Timestamp, holdsPosition: Bool) {
    precondition(value.currency == start.currency, "equity in another currency than the start")
    count &+= 1
    last = time
    held &+= holdsPosition ? 1 : 0
    if time >= saturday {
      if count == 1 { first = time }
      (saturdays, saturday) = Self.week(of: time)
    }
    if value.nanos != equity { move(to: value.nanos) }
  }

  @inlinable @inline(__always) mutating func move(to value: Int64) {
    // Before the second bar there is no return, only a distance to the peak.
    if count > 1 {
      let (difference, overflow) = value.subtractingReportingOverflow(equity)
      let base = Double(equity)
      sums.add((overflow ? Double(value) - base : Double(difference)) / base)
      lowestBase = min(lowestBase, equity)
    }
    equity = value
    guard value < peak else {
      peak = value
      return
    }
    let fall = UInt64(bitPattern: peak &- value)
    guard fall > deepestFall || Double(fall) > steepestFall * Double(peak) else { return }
    deepestFall = max(deepestFall, fall)
    steepestFall = max(steepestFall, Double(fall) / Double(peak))
  }

  /// What the first bar in or after the Saturday looked for tells: whether it is on one, and when to look next.
  ///
  /// Pure, so that a loop over bars keeps the accumulator in registers.
  @usableFromInline static func week(of time: Timestamp) -> (isSaturday: Bool, next: Timestamp) {
    let day = CivilDate(utc: time)
    guard day.weekday != 5 else { return (true, .distantFuture) }
    let distance = Int64((12 - day.weekday) % 7) * 86_400
    return (false, CivilDate(utc: time.adding(seconds: distance)).midnightUTC)
  }
}
