/// The money flow index, 0 to 100: the share of rising flows in the last `period` flows of typical price times volume.
///
/// A flow rises or falls with the typical price (H + L + C) / 3 against the bar before, so the first value is at bar
/// `period` (from 0). Typical prices within 1e-12 of each other (relative) are equal and count as no flow: at equal
/// prices the rounding of the sum would otherwise pick a side. Without any flow in the window the value is 0. Source:
/// Quong and Soudack 1989; conventions of TA-Lib's MFI, except that TA-Lib also says 0 where all flows sum to less
/// than 1.
@frozen
public struct MFI: FlowIndicator {
  @usableFromInline var rising: RollingSum
  @usableFromInline var falling: RollingSum
  @usableFromInline var previous = 0.0
  @usableFromInline var started = false

  /// Makes an index without bars; `period` must be positive.
  public init(period: Int = 14) {
    rising = RollingSum(period: period)
    falling = RollingSum(period: period)
  }

  /// The number of flows in the window.
  @inlinable public var period: Int { rising.period }
  /// Whether `period` flows were seen.
  @inlinable public var isReady: Bool { rising.isReady }

  /// Takes the next bar and returns the index, NaN until `period` flows were seen.
  @inlinable @discardableResult public mutating func update(
    high: Double, low: Double, close: Double, volume: Double
  ) -> Double {
    let typical = (high + low + close) / 3
    let change = typical - previous
    let tolerance = 1e-12 * (abs(typical) + abs(previous)) / 2
    previous = typical
    guard started else {
      started = true
      return .nan
    }
    let flow = typical * volume
    let up = rising.update(change.isNaN ? change : change > tolerance ? flow : 0)
    let down = falling.update(change.isNaN ? change : change < -tolerance ? flow : 0)
    let total = up + down
    return total == 0 ? 0 : 100 * (up / total)
  }
}
