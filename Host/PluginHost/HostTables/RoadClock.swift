import Synchronization
import TradingTypes

/// The time of the road: set by the runtime for each event, read by plugins from any thread.
public final class RoadClock: Sendable {
  private let nanoseconds: Atomic<Int64>

  /// Makes a clock that shows an instant.
  public init(_ start: Timestamp) { nanoseconds = Atomic(start.nanoseconds) }

  /// The present instant.
  public var now: Timestamp {
    get { Timestamp(nanoseconds: nanoseconds.load(ordering: .relaxed)) }
    set { nanoseconds.store(newValue.nanoseconds, ordering: .relaxed) }
  }
}
