import CommandLineKit
import PluginHost
import Runtime
import TradingCore
import TradingTypes

/// A broker plugin as the engine calls it.
final class BrokerAdapter: BrokerPort, SimulatedVenue {
  private let instance: BrokerInstance
  private let clock: RoadClock

  /// Whether it is told of prices also while no order works.
  let needsEveryPrice: Bool

  /// - Parameter needsEveryPrice: `false` for an account that is made anew each time and whose answers follow from the
  ///   prices told while an order works, and the last ones before it is placed: the paper venue's, unless it is durable.
  init(_ instance: BrokerInstance, clock: RoadClock, needsEveryPrice: Bool = true) {
    self.instance = instance
    self.clock = clock
    self.needsEveryPrice = needsEveryPrice
  }

  func place(_ request: OrderRequest, into reports: inout ReportBuffer) -> Runtime.BrokerAnswer {
    answer(instance.place(request, into: &reports))
  }

  func replace(
    clientOrderID: ShortText, quantity: Quantity, stopPrice: Price, into reports: inout ReportBuffer
  ) -> Runtime.BrokerAnswer {
    answer(
      instance.replace(
        clientOrderID, quantity: quantity, limitPrice: .zero, stopPrice: stopPrice, into: &reports))
  }

  func cancel(clientOrderID: ShortText, into reports: inout ReportBuffer) -> Runtime.BrokerAnswer {
    answer(instance.cancel(clientOrderID, into: &reports))
  }

  func order(clientOrderID: ShortText, into reports: inout ReportBuffer) -> Runtime.BrokerAnswer {
    let known = instance.order(clientOrderID)
    reports.append(known.reports)
    return Runtime.BrokerAnswer(known.outcome, reason: known.reason)
  }

  func positions() throws -> [BrokerPosition] {
    guard let positions = instance.positions() else { throw failure }
    return positions
  }

  var openCall: BarCall {
    BarCall(self) { adapter, bar in
      Unmanaged<BrokerAdapter>.fromOpaque(adapter)._withUnsafeGuaranteedRef { $0.opens(BarCall.bar(bar)).rawValue }
    }
  }

  var barCall: BarCall {
    BarCall(self) { adapter, bar in
      Unmanaged<BrokerAdapter>.fromOpaque(adapter)._withUnsafeGuaranteedRef { $0.ended(BarCall.bar(bar)).rawValue }
    }
  }

  private func opens(_ bar: UnsafePointer<Bar>) -> BarCall.Answer {
    guard let open = Price(bar.pointee.open) else { return .nothing }
    return answer(instance.onOpen(of: bar, open, at: clock.now))
  }

  private func ended(_ bar: UnsafePointer<Bar>) -> BarCall.Answer { answer(instance.onBar(at: bar)) }

  private func answer(_ outcome: CallOutcome) -> BarCall.Answer {
    outcome == .stopped ? .stopped : instance.hasReports ? .waiting : .nothing
  }

  func takeReports(into reports: inout ReportBuffer) {
    instance.takeReports(into: &reports)
  }

  var failure: any Error { BrokerUnavailable(broker: instance.plugin.id) }

  private func answer(_ conclusion: BrokerConclusion) -> Runtime.BrokerAnswer {
    Runtime.BrokerAnswer(conclusion.outcome, reason: conclusion.reason)
  }
}

/// The broker cannot be asked or has stopped: the session stops too, because what it does not tell is not known.
struct BrokerUnavailable: Error, CustomStringConvertible {
  var broker: String
  var description: String { "the broker \(broker) does not answer" }

  /// The error in the form of the command line, with the failure that led to it.
  func commandError(_ cause: PluginFailure? = nil) -> CommandError {
    CommandError(
      code: "broker_unavailable", message: cause.map { "\(self): \($0)" } ?? description, where: "broker \(broker)",
      expected: "an answer", found: cause?.reason ?? "a stopped plugin",
      remedy: "read its log above; the session goes on where it was when it is run again",
      exitCode: .unavailable)
  }
}
