import MarketCalendar
import TradingTypes

/// When a job is due: an endless or ending sequence of instants, fixed by the schedule alone.
///
/// Clock changes: a local time that a zone skips is due at the first instant after the gap, one that it shows twice is
/// due the first time, so each date has exactly one due instant.
public enum Schedule: Sendable {
  /// At every multiple of so many seconds since 1970-01-01T00:00:00Z (1 to 31,622,400), so that a restart keeps step.
  case every(seconds: Int64)
  /// Every day at a time on the wall clock of a zone.
  case daily(at: TimeOfDay, in: TimeZoneRules)
  /// So many seconds after each session opens, before it when negative (a week at most).
  case sessionOpen(of: SessionCalendar, offset: Int64)
  /// So many seconds after each session closes, before it when negative (a week at most); early closes included.
  case sessionClose(of: SessionCalendar, offset: Int64)
  /// At a time on the wall clock of a zone on the date of each session, whatever that session's hours are.
  case sessionDay(of: SessionCalendar, at: TimeOfDay, in: TimeZoneRules)
}

extension Schedule {
  /// The first due instant after another; `nil` when the schedule has ended (a calendar that knows no more sessions).
  public func firstDue(after instant: Timestamp) -> Timestamp? {
    switch self {
    case .every(let seconds):
      let step = seconds * 1_000_000_000
      let (due, overflow) = (Schedule.floor(instant.nanoseconds, step) + 1).multipliedReportingOverflow(by: step)
      return overflow ? nil : Timestamp(nanoseconds: due)
    case .daily(let time, let zone):
      return Schedule.firstDaily(after: instant, time, zone)
    case .sessionOpen(let calendar, let offset):
      return Schedule.firstOpening(after: instant, calendar, offset)?.open.adding(seconds: offset)
    case .sessionClose(let calendar, let offset):
      return Schedule.firstClosing(after: instant, calendar, offset)?.close.adding(seconds: offset)
    case .sessionDay(let calendar, let time, let zone):
      return Schedule.firstOnSessionDays(after: instant, calendar, time, zone)
    }
  }

  /// The first session whose open and so many seconds come after an instant.
  private static func firstOpening(after instant: Timestamp, _ calendar: SessionCalendar, _ offset: Int64) -> Session? {
    let base = instant.adding(seconds: -offset)
    return calendar.next(after: base) ?? calendar.firstSession(ifBefore: base)
  }

  /// The first session whose close and so many seconds come after an instant.
  private static func firstClosing(after instant: Timestamp, _ calendar: SessionCalendar, _ offset: Int64) -> Session? {
    let base = instant.adding(seconds: -offset)
    return calendar.nextClose(after: base) ?? calendar.firstSession(ifBefore: base)
  }

  private static func firstDaily(after instant: Timestamp, _ time: TimeOfDay, _ zone: TimeZoneRules) -> Timestamp? {
    // What was due for earlier dates is past: also a gap or an overlap at midnight moves it no later than this instant.
    var date = zone.date(at: instant)
    for _ in 0..<4 {
      let due = zone.resolve(date, time).earliest
      if due > instant { return due }
      date = date.adding(days: 1)
    }
    return nil
  }

  private static func firstOnSessionDays(
    after instant: Timestamp, _ calendar: SessionCalendar, _ time: TimeOfDay, _ zone: TimeZoneRules
  ) -> Timestamp? {
    let date = zone.date(at: instant)
    var session = calendar.session(onOrAfter: date)
    if session == nil, date < calendar.knownDates.lowerBound {
      session = calendar.session(at: calendar.indices.lowerBound)
    }
    while let candidate = session {
      let due = zone.resolve(candidate.date, time).earliest
      if due > instant { return due }
      session = calendar.session(1, after: candidate)
    }
    return nil
  }

  private static func floor(_ value: Int64, _ step: Int64) -> Int64 {
    let quotient = value / step
    return value % step < 0 ? quotient - 1 : quotient
  }
}

extension SessionCalendar {
  /// The first known session, for instants before it about which the calendar says nothing.
  fileprivate func firstSession(ifBefore instant: Timestamp) -> Session? {
    guard !knows(instant), let first = session(at: indices.lowerBound), instant < first.open else { return nil }
    return first
  }
}

extension Schedule {
  /// Consecutive due instants.
  struct Span: Equatable {
    var first: Timestamp
    var last: Timestamp
    var count: Int
  }

  /// The due instants after one instant and not after another; `nil` when there are none.
  func span(after start: Timestamp, through end: Timestamp) -> Span? {
    guard start < end, let first = firstDue(after: start), first <= end else { return nil }
    switch self {
    case .every(let seconds):
      let step = seconds * 1_000_000_000
      let steps = Schedule.floor(end.nanoseconds, step) - first.nanoseconds / step
      return Span(
        first: first, last: Timestamp(nanoseconds: first.nanoseconds + steps * step), count: Int(steps) + 1)
    case .sessionOpen(let calendar, let offset):
      return Schedule.span(
        of: calendar, from: Schedule.firstOpening(after: start, calendar, offset),
        before: Schedule.firstOpening(after: end, calendar, offset)
      ) { $0.open.adding(seconds: offset) }
    case .sessionClose(let calendar, let offset):
      return Schedule.span(
        of: calendar, from: Schedule.firstClosing(after: start, calendar, offset),
        before: Schedule.firstClosing(after: end, calendar, offset)
      ) { $0.close.adding(seconds: offset) }
    case .daily, .sessionDay: break
    }
    var span = Span(first: first, last: first, count: 1)
    while let due = firstDue(after: span.last), due <= end {
      span.last = due
      span.count += 1
    }
    return span
  }

  /// The due instants of sessions. They are numbered, so decades of them need no walk.
  private static func span(
    of calendar: SessionCalendar, from first: Session?, before next: Session?, due: (Session) -> Timestamp
  ) -> Span? {
    let end = next?.index ?? calendar.indices.upperBound
    guard let first, let last = calendar.session(at: end - 1) else { return nil }
    return Span(first: due(first), last: due(last), count: end - first.index)
  }
}

extension Schedule: CustomStringConvertible {
  /// One line for people, such as `09:30 America/New_York on XNYS sessions`.
  public var description: String {
    func offset(_ seconds: Int64) -> String { seconds == 0 ? "" : seconds < 0 ? " - \(-seconds) s" : " + \(seconds) s" }
    return switch self {
    case .every(let seconds): "every \(seconds) s"
    case .daily(let time, let zone): "\(time) \(zone) daily"
    case .sessionOpen(let calendar, let seconds): "\(calendar.name) open\(offset(seconds))"
    case .sessionClose(let calendar, let seconds): "\(calendar.name) close\(offset(seconds))"
    case .sessionDay(let calendar, let time, let zone): "\(time) \(zone) on \(calendar.name) sessions"
    }
  }
}
