import TradingTypes

/// Whether a bar is at an edge of its session.
public struct SessionEdges: Hashable, Sendable {
  /// It begins at the session's open.
  public var isFirst: Bool
  /// It ends at the session's close.
  public var isLast: Bool

  /// Makes edges; neither by default.
  public init(isFirst: Bool = false, isLast: Bool = false) {
    self.isFirst = isFirst
    self.isLast = isLast
  }
}

/// A market event of the session, stamped with the calendar.
public enum MarketEvent: Hashable, Sendable {
  /// A session's or bar's opening price.
  case open(InstrumentID, Timestamp, price: Double, isSessionFirst: Bool)
  /// A finished bar.
  case bar(Bar, SessionEdges)
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
