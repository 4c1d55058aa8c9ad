/// The place of an instrument in the session's instrument list; dense, from 0.
@frozen
public struct InstrumentID: Hashable, Comparable, Sendable {
  /// The index into the instrument list.
  public let index: UInt32
  /// Makes an id from an index into the instrument list.
  @inlinable public init(_ index: UInt32) { self.index = index }
  @inlinable public static func < (a: InstrumentID, b: InstrumentID) -> Bool { a.index < b.index }
}

/// What is known of a bar beside its prices; the bits of `wharf_bar.flags`.
@frozen
public struct BarFlags: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The first of its session.
  @inlinable public static var sessionFirst: BarFlags { BarFlags(rawValue: 1) }
  /// The last of its session.
  @inlinable public static var sessionLast: BarFlags { BarFlags(rawValue: 2) }
}

/// A finished bar. Prices and volume are analytics: IEEE doubles in quote currency and units.
///
/// It has the 64 bytes of `wharf_bar` in the same order, so that it reaches a plugin without being copied.
@frozen
public struct Bar: Hashable, Sendable {
  /// Start of the bar; of a daily bar, the session date at 00:00 UTC (a name, not an instant).
  public var start: Timestamp
  /// The instant from which the bar is known: its end; of a daily bar, the session's close.
  public var end: Timestamp
  /// First traded price.
  public var open: Double
  /// Highest traded price.
  public var high: Double
  /// Lowest traded price.
  public var low: Double
  /// Last traded price.
  public var close: Double
  /// Units traded.
  public var volume: Double
  /// Whose bar this is.
  public var instrument: InstrumentID
  /// Its place in its session, where that was stamped.
  public var flags: BarFlags

  /// Makes a bar from its parts; nothing is checked here (see ``isPlausible``).
  @inlinable public init(
    start: Timestamp, end: Timestamp, open: Double, high: Double, low: Double, close: Double, volume: Double,
    instrument: InstrumentID, flags: BarFlags = []
  ) {
    self.start = start
    self.end = end
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    self.volume = volume
    self.instrument = instrument
    self.flags = flags
  }

  /// Finite, positive prices with `low <= open, close <= high`, and a finite volume that is not negative.
  @inlinable public var isPlausible: Bool {
    low > 0 && low <= open && low <= close && open <= high && close <= high && high.isFinite && volume >= 0
      && volume.isFinite
  }
}
