import Synchronization
import TradingCore
import TradingTypes

/// When the engine is to ask after plugins: one comparison an instant while all of them are well.
public final class SupervisionWatch: Sendable {
  private let nanoseconds = Atomic(Timestamp.distantFuture.nanoseconds)

  /// Makes a watch over plugins that are well.
  public init() {}

  /// The engine asks at every instant from this one on.
  public var dueAt: Timestamp {
    get { Timestamp(nanoseconds: nanoseconds.load(ordering: .relaxed)) }
    set { nanoseconds.store(newValue.nanoseconds, ordering: .relaxed) }
  }
}

/// Who looks after plugins that fail while a session runs: puts new instances in their place, or gives them up.
public protocol SupervisionPort: AnyObject {
  /// When it wants to be asked.
  var watch: SupervisionWatch { get }
  /// Does what is due at an instant whose bars were offered, and answers what happened since the last time: plugins that
  /// failed, and instances that took the place of failed ones.
  func lookAfter(at time: Timestamp) throws -> [ExternalEvent]
  /// Does again what an earlier life of the session did here.
  func `repeat`(_ event: ExternalEvent, at time: Timestamp) throws
  /// Throws when a plugin failed where an earlier life of the session does not know of it: its record cannot be repeated.
  func requireNoNews() throws
}
