import TradingTypes

/// The regular trading hours of one day of a market.
public struct Session: Hashable, Sendable {
  /// Its place in the calendar: the difference of two indexes counts sessions. 0 is the first tabled session of an
  /// exchange, sessions known from data only come before it; around the clock it is the number of days since
  /// 1970-01-01.
  public let index: Int
  /// The date on the wall of the market.
  public let date: CivilDate
  /// When trading starts.
  public let open: Timestamp
  /// When trading ends; this instant is no longer in the session.
  public let close: Timestamp
  /// Whether it ends before the regular closing time.
  public let isEarlyClose: Bool
  /// Whether only loaded bars tell that it took place (with regular hours), not a table.
  public let isFromData: Bool

  /// Whether an instant is in the session: from the open on, before the close.
  @inlinable public func contains(_ instant: Timestamp) -> Bool { open <= instant && instant < close }

  /// Minutes from the open to the close.
  @inlinable public var minutes: Int { Int((close.nanoseconds - open.nanoseconds) / 60_000_000_000) }
}
