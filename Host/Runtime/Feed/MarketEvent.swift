import TradingTypes

/// Bars that open together or end together, never both: what ends is decided on before what begins.
public struct Instant: Hashable, Sendable {
  /// When.
  public var time: Timestamp
  /// Whether they open: then only their opening prices are known yet.
  public var isOpen: Bool
}

/// Why a bar of the source was not used.
public enum FeedSkip: String, Hashable, Sendable, CaseIterable {
  /// Its day is no session of its exchange.
  case noSession = "no_session"
  /// It lies outside the regular session.
  case outsideSession = "outside_session"
  /// It lies behind the last day asked for.
  case afterEnd = "after_end"
}
