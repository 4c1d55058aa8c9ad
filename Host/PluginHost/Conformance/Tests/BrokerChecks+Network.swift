import PluginHost
import TradingCore
import TradingTypes

internal import WharfABI

/// Brokers behind a network that fails: what they may say then.
extension BrokerChecks {
  /// How a request may fail: before it left, with an unknown outcome, for want of budget.
  private static let failures = [Status.notSent, Status.unknownOutcome, Status.busy]

  /// A started broker whose requests all end in some way, in a session that has begun.
  private static func cutOff(
    _ subject: CheckSubject, _ random: inout SeededGenerator, _ statuses: [Int32],
    _ body: (BrokerDrive, Int32) throws -> Outcome
  ) throws -> Outcome {
    let (plugin, _) = try subject.driven([.broker])
    guard plugin.script.offersHTTP else { return .skip("the broker asks for no destination of wharf.http/1") }
    let market = CheckMarket.daily(&random)
    var outcome = Outcome.skip("none of these calls makes a request")
    for status in statuses {
      var script = plugin.script
      script.httpStatus = status
      guard let drive = try plugin.begun(.broker, market, script) as? BrokerDrive else { return .pass }
      drive.host.advance(to: market.bars[0].end)
      if try body(drive, status) == .pass { outcome = .pass }
      drive.destroy()
      try drive.requireListed("when requests fail")
    }
    return outcome
  }

  /// What a call answered, if it made a request; else nobody can say what it should have been.
  private static func requesting(_ drive: BrokerDrive, _ call: () -> Int32) -> Int32? {
    guard drive.isUsable else { return nil }
    let before = drive.host.count(.httpSend)
    let status = call()
    return drive.host.count(.httpSend) > before ? status : nil
  }

  static func failedQueries(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try cutOff(subject, &random, failures) { drive, failure in
      let queries: [(name: String, call: () -> Int32)] = [
        ("account", { drive.account() == nil ? Status.io : Status.ok }),
        ("positions", { drive.positions() == nil ? Status.io : Status.ok }),
        ("open_orders", { drive.openOrders() == nil ? Status.io : Status.ok }),
      ]
      var count = 0
      for query in queries {
        guard let status = requesting(drive, query.call) else { continue }
        count += 1
        guard status != Status.ok else {
          throw finding(
            query.name, "a failure when its request ends with \(Status.name(failure))", "ok",
            "answer WHARF_E_IO: a query that failed is never read as flat")
        }
      }
      return count > 0 ? .pass : .skip("")
    }
  }

  static func lostPlacement(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    let definitive = [Status.ok, Status.rejected, Status.notSent, Status.invalid, Status.unsupported]
    return try cutOff(subject, &random, [Status.unknownOutcome]) { drive, _ in
      let order = Order("lost", 0, at: drive.host.now)
      guard let status = requesting(drive, { drive.place(order).status }) else { return .skip("") }
      guard !definitive.contains(status) else {
        throw finding(
          "place", "unknown_outcome when nobody knows whether the request arrived", Status.name(status),
          "answer WHARF_E_UNKNOWN_OUTCOME, and let the host look the order up")
      }
      return .pass
    }
  }

  static func lostLookup(_ subject: CheckSubject, _ random: inout SeededGenerator) throws -> Outcome {
    try cutOff(subject, &random, failures) { drive, failure in
      guard let status = requesting(drive, { drive.order("looked-up").status }) else { return .skip("") }
      guard status != Status.ok, status != Status.notFound else {
        throw finding(
          "order", "a failure when its request ends with \(Status.name(failure))", Status.name(status),
          "answer WHARF_E_IO: not_found says for certain that the venue never had the order")
      }
      return .pass
    }
  }
}
