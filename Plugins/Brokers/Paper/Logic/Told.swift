/// What a call tells: places in the venue's log, first those of one call, then single ones.
public struct Told: Sendable {
  /// Reports that one call made, now or before.
  var call: Range<Int> = 0..<0
  /// Others, in order.
  var others: [UInt32] = []

  /// Makes an empty list.
  public init() {}

  /// Whether there is nothing to tell.
  @inline(__always)
  public var isEmpty: Bool { call.isEmpty && others.isEmpty }

  /// Every place, in the order of telling.
  public var places: [UInt32] { call.map { UInt32($0) } + others }

  /// Empties the list and keeps its memory.
  public mutating func clear() {
    call = 0..<0
    others.removeAll(keepingCapacity: true)
  }
}
