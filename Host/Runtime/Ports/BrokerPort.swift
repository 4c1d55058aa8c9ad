import TradingCore
import TradingTypes

/// How a call to a broker ended.
public struct BrokerAnswer: Sendable {
  public var outcome: PlacementOutcome
  public var reason: String

  /// Makes an answer.
  public init(_ outcome: PlacementOutcome, reason: String = "") {
    self.outcome = outcome
    self.reason = reason
  }
}

/// A broker account, as the session calls it. A call that fails in any way that is not definitive answers `unknown`; the
/// reports told meanwhile are appended.
public protocol BrokerPort: AnyObject {
  /// Places an order; never repeated for one client order id unless the answer was definitive.
  func place(_ request: OrderRequest, into reports: inout ReportBuffer) -> BrokerAnswer
  /// Changes a working order; a zero stop price keeps it.
  func replace(
    clientOrderID: ShortText, quantity: Quantity, stopPrice: Price, into reports: inout ReportBuffer
  ) -> BrokerAnswer
  /// Cancels a working order.
  func cancel(clientOrderID: ShortText, into reports: inout ReportBuffer) -> BrokerAnswer
  /// Everything the venue told of one order; `notFound` is definitive.
  func order(clientOrderID: ShortText, into reports: inout ReportBuffer) -> BrokerAnswer
  /// Every position; throws when the answer is not complete.
  func positions() throws -> [BrokerPosition]
}

/// A venue whose fills come from the session's own market data.
public protocol SimulatedVenue: AnyObject {
  /// A bar opens: its `open`, at the time the clock shows, is a price at which market orders fill. Nothing else of the bar
  /// is known yet. A price that cannot be an order's is not told.
  var openCall: BarCall { get }
  /// A finished bar works on resting orders. The session's last ends day orders.
  var barCall: BarCall { get }
  /// Hands out the reports since the last time.
  func takeReports(into reports: inout ReportBuffer)
  /// Whether it is told of every price. Otherwise, while no order of an instrument works, its prices are kept back; the
  /// last bar that ended and the open after it are told before an order is placed.
  var needsEveryPrice: Bool { get }
  /// Why the venue has stopped.
  var failure: any Error { get }
}
