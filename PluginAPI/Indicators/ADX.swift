/// Wilder's directional movement: the average directional index with +DI and -DI, each 0 to 100.
///
/// Directional movements and true ranges are Wilder sums: the first `period` - 1 terms are added, then
/// `sum - sum / period + term`. The DIs first exist at bar `period` (from 0); the ADX is the plain mean of the first
/// `period` DX, at bar 2 · `period` - 1, and ``WilderAverage`` from there. A bar whose ranges sum to 0 has DIs of 0;
/// one without any directional movement leaves the ADX as it is, and out of its first mean. Source: Wilder 1978;
/// conventions of TA-Lib's ADX, PLUS_DI and MINUS_DI.
@frozen
public struct ADX: RangeIndicator {
  /// The index and its two sides as of one bar, NaN while undefined.
  @frozen
  public struct Value: Hashable, Sendable {
    /// The average directional index.
    public var adx: Double
    /// The share of upward movement in the true range, in percent.
    public var plusDI: Double
    /// The share of downward movement in the true range, in percent.
    public var minusDI: Double
  }

  /// The number of terms in each average.
  public let period: Int
  @usableFromInline var range = TrueRange()
  @usableFromInline var previousHigh = 0.0
  @usableFromInline var previousLow = 0.0
  /// Bars seen, counted to one past the first ADX.
  @usableFromInline var bars = 0
  @usableFromInline var plus = 0.0
  @usableFromInline var minus = 0.0
  @usableFromInline var ranges = 0.0
  @usableFromInline var index = 0.0

  /// Makes an index without bars; `period` must be at least 2.
  public init(period: Int = 14) {
    precondition(period > 1, "directional movement needs a period of at least 2")
    self.period = period
  }

  /// Whether the ADX is defined (the sides are earlier).
  @inlinable public var isReady: Bool { bars >= 2 * period }

  /// Takes the next bar and returns the index and its sides as of its close.
  @discardableResult public mutating func update(high: Double, low: Double, close: Double) -> Value {
    let up = high - previousHigh
    let down = previousLow - low
    let term = range.update(high: high, low: low, close: close)
    previousHigh = high
    previousLow = low
    if bars <= 2 * period { bars += 1 }
    guard bars > 1 else { return Value(adx: .nan, plusDI: .nan, minusDI: .nan) }

    let length = Double(period)
    // Until the first sides exist the sums only grow; from then on each forgets a `period`-th of itself a bar.
    let forgotten = bars <= period ? 0 : 1 / length
    plus += (up > 0 && up > down ? up : 0) - plus * forgotten
    minus += (down > 0 && down > up ? down : 0) - minus * forgotten
    ranges += term - ranges * forgotten
    guard bars > period else { return Value(adx: .nan, plusDI: .nan, minusDI: .nan) }

    let plusDI = ranges == 0 ? 0 : 100 * (plus / ranges)
    let minusDI = ranges == 0 ? 0 : 100 * (minus / ranges)
    let both = plusDI + minusDI
    if both != 0 {
      let dx = 100 * (abs(plusDI - minusDI) / both)
      index = bars > 2 * period ? (index * (length - 1) + dx) / length : index + dx
    }
    if bars == 2 * period { index /= length }
    return Value(adx: isReady ? index : .nan, plusDI: plusDI, minusDI: minusDI)
  }
}
