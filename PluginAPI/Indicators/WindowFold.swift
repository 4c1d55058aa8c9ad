/// An associative operation that a sliding window folds its members with.
public protocol WindowOperation: Sendable {
  /// The value that changes nothing: `combine(identity, x) == x`.
  static var identity: Double { get }
  /// Combines two partial results.
  static func combine(_ a: Double, _ b: Double) -> Double
}

/// Adds two numbers; meant for numbers of one sign, such as volumes, where no rounding is magnified.
public enum Addition: WindowOperation {
  @inlinable public static var identity: Double { 0 }
  @inlinable public static func combine(_ a: Double, _ b: Double) -> Double { a + b }
}

/// Takes the larger of two numbers; NaN wins.
public enum Larger: WindowOperation {
  @inlinable public static var identity: Double { -.infinity }
  @inlinable public static func combine(_ a: Double, _ b: Double) -> Double {
    let larger = a > b ? a : b
    return a.isNaN ? a : larger
  }
}

/// Takes the smaller of two numbers; NaN wins.
public enum Smaller: WindowOperation {
  @inlinable public static var identity: Double { .infinity }
  @inlinable public static func combine(_ a: Double, _ b: Double) -> Double {
    let smaller = a < b ? a : b
    return a.isNaN ? a : smaller
  }
}

/// The sum of the last `period` numbers.
public typealias RollingSum = WindowFold<Addition>
/// The largest of the last `period` numbers.
public typealias RollingMaximum = WindowFold<Larger>
/// The smallest of the last `period` numbers.
public typealias RollingMinimum = WindowFold<Smaller>

/// A fold over the last `period` numbers, in amortised constant time and without an inverse operation.
///
/// The series is cut into blocks of `period`. A window is a suffix of one block and a prefix of the next: when a
/// block is complete its suffix folds are computed backwards, in place, and the prefix grows by one operation a step.
/// That is three operations an input, in one pass of `period` operations at each block's start and two a step. Nothing
/// is ever subtracted, hence nothing drifts, and a NaN leaves no trace once it is out of the window.
///
/// Source: van Herk 1992 (doi 10.1016/0167-8655(92)90069-C); Gil and Werman 1993 (doi 10.1109/34.211471).
@frozen
public struct WindowFold<Operation: WindowOperation>: SeriesIndicator {
  /// This block's inputs up to the position; from there on the folds of what followed in the block before.
  @usableFromInline var slots: BlockSlots
  @usableFromInline var prefix = Operation.identity
  @usableFromInline var full = false

  /// Makes an empty window; `period` must be positive.
  public init(period: Int) {
    precondition(period > 0, "a window needs a positive period")
    slots = BlockSlots(length: period, filledWith: Operation.identity)
  }

  /// The number of inputs in the window.
  @inlinable public var period: Int { slots.length }
  /// Whether the window is full.
  @inlinable public var isReady: Bool { full }

  /// Takes the next input and returns the fold over the window, NaN until it is full.
  @inlinable @discardableResult public mutating func update(_ input: Double) -> Double {
    if slots.isComplete { startBlock() }
    prefix = Operation.combine(prefix, input)
    let suffix = slots.exchange(input)
    if !full {
      guard slots.isComplete else { return .nan }
      full = true
    }
    return Operation.combine(suffix, prefix)
  }

  @inlinable mutating func startBlock() {
    let length = period
    slots.restart { slots in
      var suffix = Operation.identity
      for slot in (0..<length).reversed() {
        let input = slots[slot]
        slots[slot] = suffix
        suffix = Operation.combine(input, suffix)
      }
    }
    prefix = Operation.identity
  }
}
