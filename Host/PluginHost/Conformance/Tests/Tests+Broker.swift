import PluginHost

extension ConformanceSuite {
  /// What only brokers promise. Those that the host's market data does not drive are asked for less, because a check
  /// has no network.
  static let brokerTests = [
    broker(
      "broker-place-twice", "The same client order id is one order, however often it is placed.",
      BrokerChecks.placeTwice),
    broker("broker-unknown-order", "An order that never was is not found.", BrokerChecks.unknownOrder),
    broker("broker-history", "An order's reports are told again, all and in order.", BrokerChecks.history),
    broker("broker-fills", "Fills add up, and never exceed their order.", BrokerChecks.fills),
    broker("broker-report-ids", "A report id names one happening for ever.", BrokerChecks.reportIDs),
    broker("broker-cancel", "A cancelled order is reported, gone and never filled.", BrokerChecks.cancel),
    broker("broker-cancel-after-fill", "A fill that came before the cancellation wins.", BrokerChecks.cancelAfterFill),
    broker("broker-replace", "A changed order fills as it was changed.", BrokerChecks.replace),
    broker(
      "broker-unknown-enumerators", "An unlisted side, type or time in force is invalid.",
      BrokerChecks.unknownEnumerators),
    broker("broker-bad-quantities", "A quantity that is not above zero is refused.", BrokerChecks.badQuantities),
    broker(
      "broker-unknown-instrument", "An order in an instrument that start did not name is refused.",
      BrokerChecks.unknownInstrument),
    broker(
      "broker-unsupported-types", "An order type that is not announced is refused.", BrokerChecks.unsupportedTypes),
    broker("broker-extremes", "Orders whose value does not fit 64 bits do no harm.", BrokerChecks.extremes),
    broker("broker-client-ids", "Client order ids count in full, up to 48 characters.", BrokerChecks.clientIDs),
    broker("broker-rejection-reason", "A rejection comes with a report that says why.", BrokerChecks.rejectionReason),
    broker("broker-capabilities", "Capabilities are listed ones only.", BrokerChecks.capabilities),
    broker(
      "broker-account-room", "An account is not written where there is no room for it.", BrokerChecks.accountRoom,
      level: 3),
    broker("broker-positions", "Positions are the sum of the fills.", BrokerChecks.positions),
    broker("broker-repeated-prices", "Prices that are offered again change nothing.", BrokerChecks.repeated),
    broker("broker-restart", "A venue that was cut off catches up.", BrokerChecks.restart),
    broker(
      "broker-failed-save", "What place answers holds after a restart, also if saving failed.", BrokerChecks.failedSave),
    broker(
      "broker-failed-queries", "A query whose request fails is no answer, least of all that nothing is held.",
      BrokerChecks.failedQueries),
    broker(
      "broker-lost-placement", "An order whose request was lost on the way is of unknown outcome.",
      BrokerChecks.lostPlacement),
    broker(
      "broker-lost-lookup", "A lookup whose request fails does not say that the order never was.",
      BrokerChecks.lostLookup),
    broker(
      "broker-exit-legs", "A bar that touches both legs of a group fills the stop, and no more.", BrokerChecks.exitLegs),
  ]

  private static func broker(
    _ name: String, _ abstract: String,
    _ run: @escaping @Sendable (CheckSubject, inout SeededGenerator) throws -> Outcome, level: Int = 1
  ) -> ConformanceTest {
    ConformanceTest(name, .broker, abstract, level: level, roles: [.broker], run: run)
  }
}
