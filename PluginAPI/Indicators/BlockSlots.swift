/// The memory of a blocked window: one slot per place in a block, read once and overwritten a step.
///
/// Up to 64 slots lie in the value itself, so that a step is one exchange in place, without a pointer to follow or an
/// array to check for being shared; a longer window lies in an array. Copies are independent either way.
@frozen @usableFromInline
struct BlockSlots: Sendable {
  @usableFromInline static var inlineCapacity: Int { 64 }

  /// The number of slots.
  @usableFromInline let length: Int
  /// The place in the block that the next exchange uses; `length` when the block is complete.
  @usableFromInline var position: Int
  @usableFromInline var near: InlineArray<64, Double>
  @usableFromInline var far: [Double]

  @usableFromInline init(length: Int, filledWith value: Double) {
    self.length = length
    position = 0
    near = .init(repeating: value)
    far = length > Self.inlineCapacity ? [Double](repeating: value, count: length) : []
  }

  /// Whether every slot of the block has been exchanged.
  @inlinable @inline(__always) var isComplete: Bool { position == length }

  /// Puts a number into the next slot and returns what the slot held; the block must not be complete.
  @inlinable @inline(__always) mutating func exchange(_ input: Double) -> Double {
    let slot = position
    position &+= 1
    guard length <= Self.inlineCapacity else {
      let held = far[slot]
      far[slot] = input
      return held
    }
    let held = near[slot]
    near[slot] = input
    return held
  }

  /// Goes back to the first slot, once `fill` has put into the first `length` slots what the next block will read.
  @inlinable @inline(__always) mutating func restart(_ fill: (inout MutableSpan<Double>) -> Void) {
    if length <= Self.inlineCapacity {
      var slots = near.mutableSpan
      fill(&slots)
    } else {
      var slots = far.mutableSpan
      fill(&slots)
    }
    position = 0
  }
}
