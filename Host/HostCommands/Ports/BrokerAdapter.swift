import CommandLineKit
import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// A broker plugin as the engine calls it.
final class BrokerAdapter: BrokerPort, SimulatedVenue {
  private let instance: BrokerInstance

  init(_ instance: BrokerInstance) { self.instance = instance }

  func place(_ request: OrderRequest) -> Runtime.BrokerAnswer { answer(instance.place(request)) }

  func replace(clientOrderID: String, quantity: Quantity, stopPrice: Price) -> Runtime.BrokerAnswer {
    answer(instance.replace(clientOrderID, quantity: quantity, limitPrice: .zero, stopPrice: stopPrice))
  }

  func cancel(clientOrderID: String) -> Runtime.BrokerAnswer { answer(instance.cancel(clientOrderID)) }

  func order(clientOrderID: String) -> Runtime.BrokerAnswer { answer(instance.order(clientOrderID)) }

  func positions() throws -> [BrokerPosition] {
    guard let positions = instance.positions() else { throw BrokerUnavailable(broker: instance.plugin.id) }
    return positions
  }

  func onQuote(_ quote: Quote) throws {
    if instance.onQuote(quote) == .stopped { throw BrokerUnavailable(broker: instance.plugin.id) }
  }

  func onBar(_ bar: Bar, _ edges: SessionEdges) throws {
    let outcome = instance.onBar(bar, isSessionFirst: edges.isFirst, isSessionLast: edges.isLast)
    if outcome == .stopped { throw BrokerUnavailable(broker: instance.plugin.id) }
  }

  var hasReports: Bool { !instance.reports.isEmpty }

  func takeReports() -> [OrderReport] {
    defer { instance.clearReports() }
    return instance.reports
  }

  private func answer(_ answer: PluginHost.BrokerAnswer) -> Runtime.BrokerAnswer {
    Runtime.BrokerAnswer(answer.outcome, reason: answer.reason, reports: answer.reports)
  }
}

/// The broker cannot be asked or has stopped: the session stops too, because what it does not tell is not known.
struct BrokerUnavailable: Error, CustomStringConvertible {
  var broker: String
  var description: String { "the broker \(broker) does not answer" }

  var commandError: CommandError {
    CommandError(
      code: "broker_unavailable", message: description, where: "broker \(broker)", expected: "an answer",
      found: "a stopped plugin", remedy: "read its log above; the session goes on where it was when it is run again",
      exitCode: .unavailable)
  }
}

/// A notifier plugin as the engine calls it: a message that cannot be delivered is offered once more, then logged.
final class NotifierAdapter: NotifierPort {
  private let instance: NotifierInstance
  private let log: (String) -> Void

  init(_ instance: NotifierInstance, log: @escaping (String) -> Void) {
    self.instance = instance
    self.log = log
  }

  func notify(_ notification: TradingCore.Notification) {
    var delivery = instance.notify(notification)
    if delivery == .busy { delivery = instance.notify(notification) }
    if delivery != .delivered { log("\(instance.plugin.id) could not deliver: \(notification.title)") }
  }
}
