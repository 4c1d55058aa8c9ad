import TradingTypes

/// The last closes of one instrument, exact in billionths, for averages and changes that must not be spoiled by rounding.
///
/// Adding and reading cost constant time and allocate nothing. It cannot be copied by accident; a ``PerInstrument`` keeps
/// it where it is.
@frozen
public struct RecentCloses: ~Copyable {
  /// The longest history that can be kept.
  @inlinable public static var longest: Int { 500 }

  /// How many closes were added.
  @inlinable public var count: Int { added }
  @usableFromInline var added = 0
  @usableFromInline let ring: UnsafeMutablePointer<Int64>
  @usableFromInline let mask: Int

  /// Makes a history of the last `length` closes, 1 to ``longest``.
  public init(_ length: Int) {
    precondition((1...RecentCloses.longest).contains(length), "a history of \(length) closes")
    // Rounded up to a power of two, so that a place in the ring is a mask away.
    mask = Int(truncatingIfNeeded: UInt.max >> UInt((length - 1).leadingZeroBitCount))
    ring = .allocate(capacity: mask + 1)
    ring.initialize(repeating: 0, count: mask + 1)
  }

  deinit { ring.deallocate() }

  /// The close that was added `distance` closes ago, 1 for the last one; zero before there was one. `distance` must be
  /// within the length.
  @inlinable public func nanos(back distance: Int) -> Int64 { ring[(added &- distance) & mask] }

  /// Takes the next close.
  @inlinable public mutating func append(_ close: Price) {
    ring[added & mask] = close.nanos
    added &+= 1
  }

  /// The mean of the last `length` closes, within the length of the history, as a double for the record.
  public func mean(last length: Int) -> Double {
    // From the ring's first place to the last close, and what lies behind that at its end.
    let end = added & mask
    let front = min(length, end)
    let (first, second) = (sum(end - front, front), sum(mask + 1 - (length - front), length - front))
    // Fewer than 512 closes below 2^54 cannot overflow; for higher ones a double is added at a time.
    guard (first.bits | second.bits) >> 54 == 0 else {
      return (1...length).reduce(0) { $0 + Double(nanos(back: $1)) } / Double(length) / 1e9
    }
    return Double(first.total + second.total) / Double(length) / 1e9
  }

  /// The sum of some closes side by side, modulo 2^64, and every bit that is set in one of them.
  private func sum(_ place: Int, _ count: Int) -> (total: Int64, bits: Int64) {
    var (total, bits): (Int64, Int64) = (0, 0)
    for close in UnsafeBufferPointer(start: ring + place, count: count) {
      total &+= close
      bits |= close
    }
    return (total, bits)
  }
}

extension Bar {
  /// The close to the nearest billionth, as the host rounds it; a close that is not above 0 or does not fit is refused.
  @inlinable public var exactClose: Price {
    @inline(__always) get throws(PluginError) {
      guard let price = Price(close), price > .zero else { throw Bar.refusal(ofClose: close) }
      return price
    }
  }

  @usableFromInline @inline(never) static func refusal(ofClose close: Double) -> PluginError {
    PluginError(.invalid, "close \(close): expected above 0 and below 9.2e9")
  }
}
