import Hashing
import TradingTypes

extension SessionDescription {
  /// SHA-256 over everything the decisions depend on, as hexadecimal digits.
  public var fingerprint: String { SessionDescription.fingerprint(of: fingerprintParts) }

  /// The parts of the fingerprint by name; long ones as their hash. Kept in the ledger, so that a session that does not
  /// fit can be told what differs.
  var fingerprintParts: [(name: String, value: String)] {
    func lines(_ rows: [[String]]) -> String {
      SHA256.hash(rows.map { $0.joined(separator: "\t") }.joined(separator: "\n")).hex
    }
    return [
      ("account", account), ("configuration", SHA256.hash(configuration).hex), ("currency", currency.description),
      ("data", dataHash), ("from", from?.description ?? "unbounded"), ("instruments", lines(instruments.map(\.parts))),
      ("mode", mode), ("options", options),
      ("plugins", lines(plugins.map { [$0.id, $0.version, $0.sha256] }.sorted { $0.lexicographicallyPrecedes($1) })),
      ("strategies", lines(strategies.map { [$0.id, $0.version, $0.parameters] })),
      ("to", to?.description ?? "unbounded"),
    ]
  }

  static func fingerprint(of parts: [(name: String, value: String)]) -> String {
    SHA256.hash(parts.map { "\($0.name)=\($0.value)\n" }.joined()).hex
  }
}

extension Instrument {
  fileprivate var parts: [String] {
    [
      symbol, currency.description, market.ledgerName, exchange, tick?.description ?? "", step.description,
      String(barSeconds),
    ]
  }
}

extension Market {
  var ledgerName: String {
    switch self {
    case .equity: "equity"
    case .crypto: "crypto"
    case .unfiltered: "unfiltered"
    }
  }
}
