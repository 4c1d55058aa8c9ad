/// The slow stochastic oscillator: where the close lies in the range of the last bars, smoothed twice, 0 to 100.
///
/// %K is `100 · (C - lowest low) / (highest high - lowest low)` over `period` bars, slowed by a simple average of
/// `slowing`; %D is a simple average of `signal` of that. Nothing is shown before %D exists, at bar `period` +
/// `slowing` + `signal` - 3 (from 0). A range of 0 gives `whenFlat`, 0 as in TA-Lib unless another is asked for.
/// Highest and lowest cost amortised constant time (``WindowFold``). Source: Lane 1984; conventions of TA-Lib's STOCH
/// with simple averages.
@frozen
public struct Stochastic: RangeIndicator {
  /// The two lines as of one bar, both NaN while %D is undefined.
  @frozen
  public struct Value: Hashable, Sendable {
    /// The slowed %K.
    public var k: Double
    /// The average of the slowed %K.
    public var d: Double
  }

  @usableFromInline var highest: RollingMaximum
  @usableFromInline var lowest: RollingMinimum
  @usableFromInline var slowed: SMA
  @usableFromInline var signal: SMA
  /// The raw %K where highest and lowest are equal.
  public let whenFlat: Double

  /// Makes an oscillator without bars; the periods must be positive.
  public init(period: Int = 14, slowing: Int = 3, signal: Int = 3, whenFlat: Double = 0) {
    highest = RollingMaximum(period: period)
    lowest = RollingMinimum(period: period)
    slowed = SMA(period: slowing)
    self.signal = SMA(period: signal)
    self.whenFlat = whenFlat
  }

  /// Whether both lines are defined.
  @inlinable public var isReady: Bool { signal.isReady }

  /// Takes the next bar and returns the lines as of its close.
  @discardableResult public mutating func update(high: Double, low: Double, close: Double) -> Value {
    let top = highest.update(high)
    let bottom = lowest.update(low)
    guard highest.isReady else { return Value(k: .nan, d: .nan) }
    let range = top - bottom
    let k = slowed.update(range == 0 ? whenFlat : 100 * ((close - bottom) / range))
    guard slowed.isReady else { return Value(k: .nan, d: .nan) }
    let d = signal.update(k)
    return Value(k: signal.isReady ? k : .nan, d: d)
  }
}
