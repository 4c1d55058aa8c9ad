public import Synchronization
public import TradingTypes

/// The time of the road: set by the runtime for each instant, read by plugins from any thread. Not a clock that runs.
public final class RoadClock: Sendable {
  @usableFromInline let nanoseconds: Atomic<Int64>

  /// Makes a clock that shows an instant.
  public init(_ start: Timestamp) { nanoseconds = Atomic(start.nanoseconds) }

  /// The present instant.
  @inlinable public var now: Timestamp {
    get { Timestamp(nanoseconds: nanoseconds.load(ordering: .relaxed)) }
    set { nanoseconds.store(newValue.nanoseconds, ordering: .relaxed) }
  }
}
