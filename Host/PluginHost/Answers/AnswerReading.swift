import TradingCore

package import WharfABI

/// Reads what plugins answer by the rules of a session, for whoever drives their tables without one.
///
/// Each function throws ``Refusal`` for an answer that a session would drop.
package enum AnswerReading {
  /// Why a session would drop an answer.
  package struct Refusal: Error, Hashable, Sendable {
    /// The value concerned: `signal.close`.
    package var what: String
    /// What the contract allows.
    package var expected: String
    /// What came instead, printable.
    package var found: String
    /// Whether the plugin tried to do what its role cannot.
    package var isSecurityEvent: Bool

    /// Makes a refusal from its parts.
    package init(_ what: String, expected: String, found: String, isSecurityEvent: Bool = false) {
      self.what = what
      self.expected = expected
      self.found = found
      self.isSecurityEvent = isSecurityEvent
    }
  }

  /// A strategy's signal.
  package static func signal(
    _ raw: UnsafePointer<wharf_signal>, instrumentCount: UInt32
  ) throws(Refusal) -> SignalProposal {
    try judged { () throws(Violation) in try SignalProposal(raw, instrumentCount: instrumentCount) }
  }

  /// A strategy's virtual trade.
  package static func virtualTrade(
    _ raw: UnsafePointer<wharf_virtual_trade>, instrumentCount: UInt32
  ) throws(Refusal) -> VirtualTrade {
    try judged { () throws(Violation) in try VirtualTrade(raw, instrumentCount: instrumentCount) }
  }

  /// A condition of a recheck.
  package static func check(_ raw: UnsafePointer<wharf_check>) throws(Refusal) -> Check {
    try judged { () throws(Violation) in
      var inspection = Inspection("recheck", instrumentCount: 0)
      return try inspection.check(raw)
    }
  }

  /// A scanner's observation.
  package static func observation(
    _ raw: UnsafePointer<wharf_observation>, instrumentCount: UInt32
  ) throws(Refusal) -> Observation {
    try judged { () throws(Violation) in try Observation(raw, instrumentCount: instrumentCount) }
  }

  /// A broker's report.
  package static func report(
    _ raw: UnsafePointer<wharf_order_report>, instrumentCount: UInt32
  ) throws(Refusal) -> OrderReport {
    try judged { () throws(Violation) in try OrderReport(raw, instrumentCount: instrumentCount, keepsIDs: true) }
  }

  /// A broker's position.
  package static func position(
    _ raw: UnsafePointer<wharf_broker_position>, instrumentCount: UInt32
  ) throws(Refusal) -> BrokerPosition {
    try judged { () throws(Violation) in try BrokerPosition(raw, instrumentCount: instrumentCount) }
  }

  /// A broker's account.
  package static func account(_ raw: wharf_broker_account) throws(Refusal) -> BrokerAccount {
    try judged { () throws(Violation) in try BrokerAccount(raw) }
  }

  /// A series of a source.
  package static func series(_ raw: UnsafePointer<wharf_series>) throws(Refusal) -> Series {
    try judged { () throws(Violation) in try Series(raw) }
  }

  /// A fault of a source.
  package static func fault(_ raw: UnsafePointer<wharf_data_fault>) throws(Refusal) -> DataFault {
    try judged { () throws(Violation) in try DataFault(raw) }
  }

  private static func judged<Answer>(_ read: () throws(Violation) -> Answer) throws(Refusal) -> Answer {
    do throws(Violation) {
      return try read()
    } catch {
      throw Refusal(
        error.what, expected: error.expected, found: error.found, isSecurityEvent: error.kind == .security)
    }
  }
}
