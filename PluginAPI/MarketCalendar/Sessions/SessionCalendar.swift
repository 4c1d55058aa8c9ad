import TradingTypes

/// Every session of one market in order: an immutable value, cheap to copy.
///
/// All queries are O(1). Each answers `nil` where the calendar does not know: outside ``knownDates``, and when the
/// session asked for lies beyond the last known one.
public struct SessionCalendar: Sendable {
  enum Backing: Sendable {
    case exchange(SessionTable)
    case aroundTheClock
  }

  let backing: Backing
  /// The dates for which the calendar knows whether there is a session, on the wall of the market.
  public let knownDates: ClosedRange<CivilDate>
  /// The first known instant and the first one that is no longer known.
  let knownInstants: Range<Timestamp>

  init(backing: Backing, knownDates: ClosedRange<CivilDate>, knownInstants: Range<Timestamp>) {
    self.backing = backing
    self.knownDates = knownDates
    self.knownInstants = knownInstants
  }

  /// The market identifier code, or `24/7`.
  public var name: String {
    switch backing {
    case .exchange(let table): table.exchange.code
    case .aroundTheClock: "24/7"
    }
  }

  /// The zone of the market's wall clock.
  public var zone: TimeZoneRules {
    switch backing {
    case .exchange(let table): table.exchange.zone
    case .aroundTheClock: .utc
    }
  }

  /// Minutes of a full regular session: XNYS 390, XLON, XETR and XAMS 510, around the clock 1440.
  public var regularMinutes: Int {
    switch backing {
    case .exchange(let table):
      Int(table.exchange.closes.secondsSinceMidnight - table.exchange.opens.secondsSinceMidnight) / 60
    case .aroundTheClock: 1440
    }
  }

  /// Whether a session is the UTC day and the market never closes.
  public var isAroundTheClock: Bool {
    if case .aroundTheClock = backing { true } else { false }
  }

  /// Whether the calendar knows if there is a session at an instant.
  public func knows(_ instant: Timestamp) -> Bool { knownInstants.contains(instant) }
}

extension SessionCalendar {
  /// The indexes of all sessions, ascending; every one of them has a session.
  public var indices: Range<Int> {
    switch backing {
    case .exchange(let table): -table.fromDataCount..<table.sessions.count - table.fromDataCount
    case .aroundTheClock:
      Int(knownDates.lowerBound.daysSinceEpoch)..<Int(knownDates.upperBound.daysSinceEpoch) + 1
    }
  }

  /// The session with an index (see ``Session/index``).
  public func session(at index: Int) -> Session? {
    switch backing {
    case .exchange(let table):
      let (place, overflow) = index.addingReportingOverflow(table.fromDataCount)
      guard !overflow, place >= 0, place < table.sessions.count else { return nil }
      return table.sessions[place]
    case .aroundTheClock:
      guard indices.contains(index) else { return nil }
      let date = CivilDate(daysSinceEpoch: Int32(index))
      return Session(
        index: index, date: date, open: date.midnightUTC, close: date.adding(days: 1).midnightUTC, isEarlyClose: false,
        isFromData: false)
    }
  }

  /// The index of the first session that closes after an instant.
  func index(closingAfter instant: Timestamp) -> Int {
    switch backing {
    case .exchange(let table): table.place(closingAfter: instant) - table.fromDataCount
    case .aroundTheClock: Int(CivilDate(utc: instant).daysSinceEpoch)
    }
  }

  /// The index of the first session that opens at or after an instant.
  func index(openingAtOrAfter instant: Timestamp) -> Int {
    switch backing {
    case .exchange(let table): return table.place(openingAtOrAfter: instant) - table.fromDataCount
    case .aroundTheClock:
      let date = CivilDate(utc: instant)
      return Int(date.daysSinceEpoch) + (date.midnightUTC < instant ? 1 : 0)
    }
  }

  /// The index of the first session on or after a date.
  func index(onOrAfter date: CivilDate) -> Int {
    switch backing {
    case .exchange(let table): table.place(onOrAfter: Int(date.daysSinceEpoch)) - table.fromDataCount
    case .aroundTheClock: Int(date.daysSinceEpoch)
    }
  }
}
