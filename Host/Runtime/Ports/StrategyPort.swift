import TradingCore
import TradingTypes

/// A strategy, as the session calls it: one call at a time, on the session's thread.
public protocol StrategyPort: AnyObject {
  /// Offers a finished bar, stamped with its place in its session.
  var barCall: BarCall { get }
  /// Whether it wants to be told when all bars of an instant were offered.
  var evaluates: Bool { get }
  /// All bars that end now were offered; answers whether signals wait.
  func evaluate(at time: Timestamp) throws -> Bool
  /// Hands over the signals raised since the last time.
  var signalCall: SignalCall { get }
  /// Whether an approved signal still stands; throws when the strategy cannot say.
  func recheck(_ request: RecheckRequest) throws -> [Check]
  /// A fill of its own order.
  func onFill(_ fill: FillNotice) throws
}

/// A scanner, as the session calls it. What it reports never enters the road.
public protocol ScannerPort: AnyObject {
  /// Its plugin id.
  var id: String { get }
  /// Offers a finished bar, stamped with its place in its session.
  var barCall: BarCall { get }
  /// All bars that end now were offered; answers whether observations wait.
  func evaluate(at time: Timestamp) throws -> Bool
  /// No more bars; answers whether observations wait.
  func finish() throws -> Bool
  /// Hands out the observations since the last time.
  func takeObservations() -> [Observation]
}
