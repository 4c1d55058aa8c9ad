import MarketCalendar
import TradingTypes

/// By which hours bars are expected when some are missing.
public enum GapRule: String, Hashable, Sendable, CaseIterable {
  /// There are bars at a weekend: one is expected at every time.
  case aroundTheClock = "around the clock"
  /// Every bar lies on a session date of XNYS: one is expected at every time of its regular hours.
  case sessions = "by the sessions of XNYS"
  /// Other hours: bars are expected within a day that has some, and daily ones at least every seven days.
  case days = "within days that have bars, and days at most seven apart"
}

/// Bars that are missing in a series.
public struct GapReport: Hashable, Sendable {
  /// What was taken as expected.
  public var rule: GapRule
  /// Bars that are missing.
  public var missing: Int64 = 0
  /// Places where they are missing.
  public var places: Int64 = 0
  /// The first places, at most ``StoredSeries/noticeLimit``.
  public var notices: [SeriesNotice] = []
  /// The place where most are missing.
  public var largest: SeriesNotice?

  init(rule: GapRule) { self.rule = rule }

  /// The notices that a store keeps: the first ones and the largest.
  var stored: [SeriesNotice] {
    guard let largest, !notices.contains(largest) else { return notices }
    return notices.dropLast() + [largest]
  }

  /// What a store kept.
  public init(_ series: StoredSeries) {
    rule = series.totals.rule
    missing = series.totals.missing
    places = series.totals.gaps
    notices = series.notices.filter { $0.kind == .gap }
    largest = notices.max { $0.count < $1.count }
  }

  mutating func add(_ before: Int64, _ after: Int64, _ count: Int64) {
    guard count > 0 else { return }
    missing &+= count
    places &+= 1
    let notice = SeriesNotice(
      .gap, before: Timestamp(nanoseconds: before), after: Timestamp(nanoseconds: after), count: count)
    if notices.count < StoredSeries.noticeLimit { notices.append(notice) }
    if largest.map({ $0.count < count }) ?? true { largest = notice }
  }
}

/// Looks for bars that are missing in a series, while its bars go by.
///
/// Whether a series trades around the clock is only known at its end, so gaps are counted by every rule on the way.
public struct GapInspector {
  private static let second: Int64 = 1_000_000_000
  private static let day: Int64 = 86_400 * second

  private let size: Int64
  /// The run of bars without a gap that is going on.
  private var runStart: Int64
  @usableFromInline var last: Int64
  @usableFromInline let step: Int64
  private var hasWeekend = false
  private var isOnSessions = true
  private var reports = GapRule.allCases.map { GapReport(rule: $0) }
  private var session: Session?

  /// Begins with the first bar of a series whose bars are so many seconds long.
  public init(barSeconds: Int32, first: Int64) {
    size = Int64(barSeconds) * GapInspector.second
    step = size
    runStart = first
    last = first
  }

  /// Takes the start of the next bar, which is later than the one before.
  @inlinable @inline(__always) public mutating func add(_ start: Int64) {
    guard start &- last == step else { return addApart(start) }
    last = start
  }

  /// Ends with the last bar; answers what is missing by the rule that fits the series.
  public mutating func finish() -> GapReport {
    endRun()
    let rule: GapRule = hasWeekend ? .aroundTheClock : isOnSessions ? .sessions : .days
    return reports.first { $0.rule == rule } ?? GapReport(rule: rule)
  }

  @usableFromInline @inline(never) mutating func addApart(_ start: Int64) {
    endRun()
    let before = last
    reports[0].add(before, start, (start &- before) / size - 1)
    if !hasWeekend {
      if isOnSessions { reports[1].add(before, start, missingSessions(before, start)) }
      reports[2].add(before, start, missingDays(before, start))
    }
    runStart = start
    last = start
  }

  /// Looks at the dates of the run that ends.
  private mutating func endRun() {
    if last &- runStart >= 6 * GapInspector.day { hasWeekend = true }
    for start in runStart == last ? [last] : [runStart, last] where !hasWeekend {
      hasWeekend = isWeekend(start)
      guard isOnSessions else { continue }
      let date = self.date(start)
      let calendar = SessionCalendar.xnys
      // Before and after the known dates nothing speaks against them.
      isOnSessions = !calendar.knownDates.contains(date) || calendar.session(on: date) != nil
    }
  }

  private var isDaily: Bool { size == GapInspector.day }

  /// The date of a bar; of one in a session's late hours, which may run past midnight in UTC, that of the session.
  private func date(_ start: Int64) -> CivilDate {
    let hours: Int64 = isDaily ? 0 : 5
    let (moved, overflow) = start.subtractingReportingOverflow(hours * 3600 * GapInspector.second)
    return CivilDate(utc: Timestamp(nanoseconds: overflow ? start : moved))
  }

  /// Whether no session of a market with weekends runs: from Saturday 02:00 to Sunday 22:00 UTC. Daily bars: both days.
  private func isWeekend(_ start: Int64) -> Bool {
    let date = CivilDate(utc: Timestamp(nanoseconds: start))
    let seconds = Timestamp(nanoseconds: start).seconds - date.midnightUTC.seconds
    switch date.weekday {
    case 5: return isDaily || seconds >= 2 * 3600
    case 6: return isDaily || seconds < 22 * 3600
    default: return false
    }
  }

  private func missingDays(_ before: Int64, _ after: Int64) -> Int64 {
    if !isDaily { return date(before) == date(after) ? (after &- before) / size - 1 : 0 }
    let days = (after &- before) / GapInspector.day
    guard days > 7 else { return 0 }
    let first = date(before)
    return Int64((1..<min(days, 100_000)).count { first.adding(days: Int($0)).weekday < 5 })
  }

  // MARK: Sessions

  private mutating func missingSessions(_ before: Int64, _ after: Int64) -> Int64 {
    let calendar = SessionCalendar.xnys
    let known = calendar.knownDates
    guard known.contains(date(before)), known.contains(date(after)) else { return missingDays(before, after) }
    if isDaily {
      guard let a = calendar.session(on: date(before)), let b = calendar.session(on: date(after)) else { return 0 }
      return Int64(b.index - a.index - 1)
    }
    let (from, to) = (Timestamp(nanoseconds: before), Timestamp(nanoseconds: after))
    if let session, session.contains(from), session.contains(to) { return (after &- before) / size - 1 }
    let own = calendar.session(containing: from)
    session = calendar.session(containing: to)
    if let own, own == session { return (after &- before) / size - 1 }
    var missing: Int64 = 0
    // The rest of the session of the one, the beginning of that of the other, and all between them.
    if let own { missing += max(0, (own.close.nanoseconds &- before - 1) / size) }
    if let session { missing += (after &- session.open.nanoseconds) / size }
    var next = calendar.next(after: from)
    while let whole = next, whole.close <= to {
      missing += (whole.close.nanoseconds &- whole.open.nanoseconds) / size
      next = calendar.session(1, after: whole)
    }
    return missing
  }
}
