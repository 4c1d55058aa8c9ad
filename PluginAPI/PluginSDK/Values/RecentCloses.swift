import TradingTypes

/// The last closes of one instrument, exact in billionths, for averages and changes that must not be spoiled by rounding.
///
/// The memory is part of the value: adding and reading cost constant time and allocate nothing.
@frozen
public struct RecentCloses {
  /// The longest history that can be kept.
  @inlinable public static var longest: Int { 500 }

  /// The closes that were added.
  @inlinable public var count: Int { Int(truncatingIfNeeded: added) }

  @usableFromInline var ring = InlineArray<512, Int64>(repeating: 0)
  @usableFromInline let mask: UInt
  @usableFromInline var added: UInt = 0

  /// Makes a history of the last `length` closes, 1 to ``longest``.
  public init(_ length: Int) {
    precondition((1...RecentCloses.longest).contains(length), "a history of \(length) closes")
    // Rounded up to a power of two, so that a place in the ring is a mask away and short histories stay together.
    mask = UInt.max >> UInt((length - 1).leadingZeroBitCount)
  }

  /// The close that was added `distance` closes ago, 1 for the last one; zero before there was one. `distance` must be
  /// within the length.
  @inlinable public func nanos(back distance: Int) -> Int64 { ring[place(added &- UInt(bitPattern: distance))] }

  /// Takes the next close.
  @inlinable public mutating func append(_ close: Price) {
    ring[place(added)] = close.nanos
    added &+= 1
  }

  @inlinable func place(_ index: UInt) -> Int { Int(truncatingIfNeeded: index & mask & 511) }
}

extension Bar {
  /// The close in whole billionths; a close that is not above 0 and below 9.2e9 is refused.
  @inlinable public var exactClose: Price {
    get throws(PluginError) {
      guard close > 0, close < 9.2e9 else { throw closeRefusal }
      return Price(nanos: Int64(close * 1e9 + 0.5))
    }
  }

  @usableFromInline var closeRefusal: PluginError {
    PluginError(.invalid, "close \(close): expected above 0 and below 9.2e9")
  }
}
