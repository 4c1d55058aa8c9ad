import MarketCalendar
import TradingTypes

/// Numbers the sessions of one market as bars arrive, so that distances between them can be taken.
///
/// Where a calendar covers the date its sessions count, whether a symbol has bars or not. Elsewhere (before the tables
/// begin, or without a calendar) a session is a date on which a loaded symbol has a bar, counted as it comes.
struct SessionClock {
  /// The calendar; `nil` where every bar is taken as given.
  let calendar: SessionCalendar?
  /// The latest date that had a bar, when that bar ended, and the number of its session.
  private(set) var latestDate: CivilDate?
  private(set) var latestEnd = Timestamp.distantPast
  private(set) var latest = 0
  /// Sessions counted from data before the calendar began.
  private var counted = 0

  init(calendar: SessionCalendar?) { self.calendar = calendar }

  /// The number of a daily bar's session; `nil` when the calendar has none on its date. Dates may not go back.
  mutating func number(of bar: Bar) -> Int? {
    let date = CivilDate(utc: bar.start)
    if date == latestDate { return latest }
    let number: Int
    if let calendar, calendar.knownDates.contains(date) {
      guard let session = calendar.session(on: date) else { return nil }
      number = counted + session.index - calendar.indices.lowerBound
    } else {
      number = latestDate == nil ? 0 : latest + 1
      counted = number + 1
    }
    latestDate = date
    latestEnd = bar.end
    latest = number
    return number
  }

  /// Whether a date is not that of the last session completed by an instant.
  func isStale(_ date: CivilDate, at instant: Timestamp) -> Bool {
    guard let calendar, calendar.knownDates.contains(date) else { return date != latestDate }
    return calendar.lastCompleted(at: instant)?.date != date
  }

  /// What is known of the session after a date.
  func next(after date: CivilDate) -> StateFacts.NextSession {
    guard let calendar, calendar.knownDates.contains(date) else {
      // Where the tables are over, nothing is known of the future; before them, the data tells.
      return calendar.map { date > $0.knownDates.upperBound } ?? false ? .unknown : .fromData
    }
    guard let session = calendar.session(on: date), let next = nextSession(after: date) else { return .unknown }
    return session.isFromData || next.isFromData ? .fromData : .known(next.date.description)
  }

  /// When a signal of a date's close expires: no later than the next close, and the later of so many hours after its
  /// making and so many minutes after the next open; `nil` where the next session is not known.
  func expiry(of signalDate: CivilDate, createdAt: Timestamp, _ parameters: Parameters) -> Timestamp? {
    nextSession(after: signalDate).map { next in
      let byAge = createdAt.adding(seconds: Int64(parameters.expiryHours) * 3600)
      let byOpen = next.open.adding(seconds: Int64(parameters.expiryMinutesAfterOpen) * 60)
      return min(next.close, max(byAge, byOpen))
    }
  }

  /// Whether the market is open at an instant; `nil`: not known here.
  func isOpen(at instant: Timestamp) -> Bool? { calendar?.isOpen(at: instant) }

  /// Whether the calendar has a session on a date.
  func hasSession(on date: CivilDate) -> Bool { calendar?.session(on: date) != nil }

  /// Sessions from one date to the first on or after another; `nil` where the calendar does not know both.
  func distance(from date: CivilDate, toSessionOnOrAfter other: CivilDate) -> Int? {
    guard let calendar, let from = calendar.session(on: date), let to = calendar.session(onOrAfter: other) else {
      return nil
    }
    return to.index - from.index
  }

  private func nextSession(after date: CivilDate) -> Session? {
    calendar?.session(on: date).flatMap { calendar?.session(1, after: $0) }
  }
}
