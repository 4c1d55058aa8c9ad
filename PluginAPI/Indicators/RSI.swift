/// Wilder's relative strength index, 0 to 100: the share of gains in the averaged gains and losses of the close.
///
/// Gains and losses are averaged by ``WilderAverage``, so the first value is at input `period` (from 0). All gains give
/// 100. Where both averages are 0 (nothing ever moved, or so long ago that they underflowed) the value is `whenFlat`: 0
/// as in TA-Lib unless another is asked for. Source: Wilder 1978.
@frozen
public struct RSI: SeriesIndicator {
  /// The value where nothing moved at all.
  public let whenFlat: Double
  @usableFromInline var gains: WilderAverage
  @usableFromInline var losses: WilderAverage
  @usableFromInline var previous = 0.0
  @usableFromInline var started = false

  /// Makes an index without inputs; `period` must be positive.
  public init(period: Int, whenFlat: Double = 0) {
    gains = WilderAverage(period: period)
    losses = WilderAverage(period: period)
    self.whenFlat = whenFlat
  }

  /// The number of changes in the first averages.
  @inlinable public var period: Int { gains.period }
  /// Whether `period` changes were seen.
  @inlinable public var isReady: Bool { gains.isReady }

  /// Takes the next close and returns the index, NaN until `period` changes were seen.
  @inlinable @discardableResult public mutating func update(_ input: Double) -> Double {
    guard started else {
      started = true
      previous = input
      return .nan
    }
    let change = input - previous
    previous = input
    // Exact, NaN for NaN, and without a branch that would be mispredicted every other bar.
    let gain = (abs(change) + change) / 2
    let up = gains.update(gain)
    let down = losses.update(gain - change)
    guard gains.isReady else { return .nan }
    let total = up + down
    return total == 0 ? whenFlat : 100 * (up / total)
  }
}
