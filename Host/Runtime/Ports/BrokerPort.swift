import TradingCore
import TradingTypes

/// How a call to a broker ended, with the reports it told meanwhile.
public struct BrokerAnswer: Sendable {
  public var outcome: PlacementOutcome
  public var reason: String
  public var reports: [OrderReport]

  /// Makes an answer.
  public init(_ outcome: PlacementOutcome, reason: String = "", reports: [OrderReport] = []) {
    self.outcome = outcome
    self.reason = reason
    self.reports = reports
  }
}

/// A broker account, as the session calls it. A call that fails in any way that is not definitive answers `unknown`.
public protocol BrokerPort: AnyObject {
  /// Places an order; never repeated for one client order id unless the answer was definitive.
  func place(_ request: OrderRequest) -> BrokerAnswer
  /// Changes a working order; a zero stop price keeps it.
  func replace(clientOrderID: String, quantity: Quantity, stopPrice: Price) -> BrokerAnswer
  /// Cancels a working order.
  func cancel(clientOrderID: String) -> BrokerAnswer
  /// Everything the venue told of one order; `notFound` is definitive.
  func order(clientOrderID: String) -> BrokerAnswer
  /// Every position; throws when the answer is not complete.
  func positions() throws -> [BrokerPosition]
}

/// A venue whose fills come from the session's own market data.
public protocol SimulatedVenue: AnyObject {
  /// A price at which market orders fill.
  func onQuote(_ quote: Quote) throws
  /// A finished bar works on resting orders. The session's last ends day orders.
  func onBar(_ bar: Bar, _ edges: SessionEdges) throws
  /// Whether reports wait.
  var hasReports: Bool { get }
  /// Hands out the reports since the last time.
  func takeReports() -> [OrderReport]
}
