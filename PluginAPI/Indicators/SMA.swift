/// The simple moving average: the plain mean of the last `period` inputs, first at input `period` - 1 (from 0).
///
/// Amortised constant time, by the block scheme of ``WindowFold`` with one refinement: sums are taken of distances from
/// a pivot, the block's first input, which lies in every window that uses it. Distances are at most the window's range,
/// so the error is of the order of the range's rounding and not of the level's, a window of equal values gives exactly
/// that value, and nothing drifts. Two averages begun at different bars may differ in the last bits, because their
/// blocks lie differently.
@frozen
public struct SMA: SeriesIndicator {
  @usableFromInline var slots: BlockSlots
  @usableFromInline let divisor: Double
  @usableFromInline var pivot = 0.0
  @usableFromInline var prefix = 0.0
  /// Whether the first block is over, or its last input just came.
  @usableFromInline var full = false

  /// Makes an average without inputs; `period` must be positive.
  public init(period: Int) {
    precondition(period > 0, "an average needs a positive period")
    slots = BlockSlots(length: period, filledWith: 0)
    slots.position = period
    divisor = Double(period)
  }

  /// The number of inputs averaged.
  @inlinable public var period: Int { slots.length }
  /// Whether `period` inputs were seen.
  @inlinable public var isReady: Bool { full }

  /// Takes the next input and returns the mean of the window, NaN until it is full.
  @inlinable @discardableResult public mutating func update(_ input: Double) -> Double {
    if slots.isComplete { startBlock(input) }
    prefix += input - pivot
    let suffix = slots.exchange(input)
    if !full {
      guard slots.isComplete else { return .nan }
      full = true
    }
    return pivot + (prefix + suffix) / divisor
  }

  @usableFromInline mutating func startBlock(_ input: Double) {
    let count = period
    if full { slots.restart { sumSuffixes(&$0, count: count, from: input) } } else { slots.position = 0 }
    prefix = 0
    pivot = input
  }
}

/// Replaces each of the first `count` numbers by the sum of the distances from `pivot` of those after it.
@inline(__always) func sumSuffixes(_ slots: inout MutableSpan<Double>, count: Int, from pivot: Double) {
  var suffix = 0.0
  for slot in (0..<count).reversed() {
    let distance = slots[slot] - pivot
    slots[slot] = suffix
    suffix += distance
  }
}
