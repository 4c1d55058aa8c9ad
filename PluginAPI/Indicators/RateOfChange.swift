/// The return over `period` steps as a fraction: `input / input[period steps ago] - 1`, first at input `period` (from
/// 0).
///
/// TA-Lib's ROCP; its ROC is 100 times this.
@frozen
public struct RateOfChange: SeriesIndicator {
  /// The last `period` inputs, each waiting to be compared.
  @usableFromInline var slots: BlockSlots
  @usableFromInline var full = false
  /// Whether a value `period` steps old was there to compare the last input with.
  public private(set) var isReady = false

  /// Makes a rate without inputs; `period` must be positive.
  public init(period: Int) {
    precondition(period > 0, "a rate of change needs a positive period")
    slots = BlockSlots(length: period, filledWith: .nan)
  }

  /// How many steps back the comparison reaches.
  @inlinable public var period: Int { slots.length }

  /// Takes the next input and returns the change, NaN until there is one to compare it with.
  @discardableResult public mutating func update(_ input: Double) -> Double {
    if slots.isComplete {
      slots.restart { _ in }
      full = true
    }
    isReady = full
    return input / slots.exchange(input) - 1
  }
}
