/// A level of the relative strength index, in a form that compares with it exactly.
///
/// `RSI > T` says `100 · gains / (gains + losses) > T`, which is `(100 - T) · gains - T · losses > 0`. The two averages
/// have the same weights, so the left side is itself Wilder's average, of gains weighted with `100 - T` and losses
/// with `T`: a balance, whose sign alone decides. Both weights are whole numbers, so nothing is divided but by two.
struct RSIThreshold {
  /// `100 - T` and `T`, both times the same number, so large that a balance keeps as many bits as it can.
  let gainWeight: Int64
  let lossWeight: Int64

  /// Makes a level from billionths of a percent; `nil` outside 0 to 100.
  init?(percentNanos: Int64) {
    let whole: Int64 = 100_000_000_000
    guard (0...whole).contains(percentNanos) else { return nil }
    var (divisor, remainder) = (whole, percentNanos)
    while remainder != 0 { (divisor, remainder) = (remainder, divisor % remainder) }
    let (gains, losses) = ((whole - percentNanos) / divisor, percentNanos / divisor)
    let shift = max(gains, losses).leadingZeroBitCount - 1
    gainWeight = gains << shift
    lossWeight = losses << shift
  }

  /// What a change of the close, in billionths, adds to a balance; at most 2^126 either way.
  func weighted(_ change: Int64) -> Int128 {
    Int128(change > 0 ? gainWeight : lossWeight) &* Int128(change)
  }
}

/// Wilder's average over two changes of what ``RSIThreshold`` weighs: above 0 where RSI(2) is above the level, below 0
/// where it is below or nothing ever moved, 0 on it.
///
/// A half that does not fit rounds to the odd neighbour: a tie, which only whole numbers can lead to, stays a tie, and
/// what is not a tie never becomes one. Only a balance under 2^-26 of a billionth could take the other sign.
struct RSIBalance {
  private(set) var value: Int128 = 0
  private var started = false

  /// Takes the next weighted change.
  mutating func add(_ term: Int128) {
    guard started else {
      started = true
      value = term
      return
    }
    let sum = value &+ term
    value = (sum &>> 1) | (sum & 1)
  }
}
