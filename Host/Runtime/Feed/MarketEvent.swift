import TradingTypes

/// A market event of the session, stamped with the calendar.
public enum MarketEvent: Hashable, Sendable {
  /// A session's or bar's opening price.
  case open(InstrumentID, Timestamp, price: Double, isSessionFirst: Bool)
  /// A finished bar.
  case bar(Bar, isSessionLast: Bool)
}

/// All events of one kind at one time: either bars that end or opens, never both (what ends is decided on before what
/// begins).
public struct Instant: Hashable, Sendable {
  public var time: Timestamp
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
