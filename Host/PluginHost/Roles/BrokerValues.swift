import TradingCore

/// What a broker can do.
public struct BrokerCapabilities: OptionSet, Hashable, Sendable {
  public let rawValue: UInt64
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  public static let limit = BrokerCapabilities(rawValue: 1)
  public static let stop = BrokerCapabilities(rawValue: 2)
  public static let stopLimit = BrokerCapabilities(rawValue: 4)
  public static let trailingStop = BrokerCapabilities(rawValue: 8)
  public static let oco = BrokerCapabilities(rawValue: 16)
  public static let bracket = BrokerCapabilities(rawValue: 32)
  public static let replace = BrokerCapabilities(rawValue: 64)
  public static let findByClientID = BrokerCapabilities(rawValue: 128)
  public static let fractions = BrokerCapabilities(rawValue: 256)
  /// Every bit that has a meaning.
  public static let known = BrokerCapabilities(rawValue: 511)
}

/// How a call about one order ended, its reports aside.
public struct BrokerConclusion: Hashable, Sendable {
  /// What the host may conclude. Only a definitive status is a rejection; all else is unknown.
  public var outcome: PlacementOutcome
  /// The status in a word when the outcome is not `accepted`, else empty.
  public var reason: String

  /// Makes a conclusion from its parts.
  @inlinable public init(outcome: PlacementOutcome, reason: String) {
    self.outcome = outcome
    self.reason = reason
  }
}

/// How a call about one order ended, and what was reported meanwhile.
public struct BrokerAnswer: Hashable, Sendable {
  /// What the host may conclude. Only a definitive status is a rejection; all else is unknown.
  public var outcome: PlacementOutcome
  /// What the broker reported during the call, in order.
  public var reports: [OrderReport]
  /// The status in a word when the outcome is not `accepted`, else empty.
  public var reason: String

  /// Makes an answer from its parts.
  public init(outcome: PlacementOutcome, reports: [OrderReport], reason: String) {
    self.outcome = outcome
    self.reports = reports
    self.reason = reason
  }
}
