import TradingTypes

/// Two changes of the clock that come back every year, as in the POSIX `TZ` variable.
public struct YearlyRule: Hashable, Sendable {
  /// A day that every year has.
  public enum Day: Hashable, Sendable {
    /// The first such weekday (0 Monday ... 6 Sunday) on or after a day of a month.
    case weekdayOnOrAfter(weekday: Int, month: Int, day: Int)
    /// The last such weekday (0 Monday ... 6 Sunday) of a month.
    case lastWeekday(weekday: Int, month: Int)
    /// The day of the year counted from 1, where 29 February is never counted (POSIX `Jn`).
    case dayWithoutLeapDay(Int)
    /// The day of the year counted from 0, leap days included (POSIX `n`).
    case dayFromZero(Int)
  }

  /// A day, and the seconds from its midnight on the clock then in force; may lie outside the day.
  public struct Moment: Hashable, Sendable {
    /// The day.
    public var day: Day
    /// Seconds from that day's midnight, −604,799...604,799.
    public var seconds: Int32

    /// Makes a moment from its parts.
    public init(_ day: Day, seconds: Int32) {
      self.day = day
      self.seconds = seconds
    }
  }

  /// Seconds east of UTC outside the summer part.
  public var standardOffset: Int32
  /// Seconds east of UTC in the summer part.
  public var daylightOffset: Int32
  /// When the summer part starts, on the standard clock.
  public var start: Moment
  /// When the summer part ends, on the summer clock.
  public var end: Moment

  /// Makes a rule from its parts.
  public init(standardOffset: Int32, daylightOffset: Int32, start: Moment, end: Moment) {
    self.standardOffset = standardOffset
    self.daylightOffset = daylightOffset
    self.start = start
    self.end = end
  }

  /// Both changes of a year as seconds since the epoch, in the order they happen. Where the end of one summer part is
  /// the start of the next, the start comes last, so the summer part wins.
  func changes(in year: Int) -> [(at: Int64, offset: Int32)] {
    let begin = YearlyRule.wallSeconds(start, in: year) - Int64(standardOffset)
    let finish = YearlyRule.wallSeconds(end, in: year) - Int64(daylightOffset)
    return begin < finish
      ? [(begin, daylightOffset), (finish, standardOffset)] : [(finish, standardOffset), (begin, daylightOffset)]
  }

  private static func wallSeconds(_ moment: Moment, in year: Int) -> Int64 {
    Int64(date(of: moment.day, in: year).daysSinceEpoch) * 86_400 + Int64(moment.seconds)
  }

  private static func date(of day: Day, in year: Int) -> CivilDate {
    switch day {
    case .weekdayOnOrAfter(let weekday, let month, let day):
      let first = civil(year, month, day)
      return first.adding(days: (weekday - first.weekday + 7) % 7)
    case .lastWeekday(let weekday, let month):
      let last = month == 12 ? civil(year, 12, 31) : civil(year, month + 1, 1).adding(days: -1)
      return last.adding(days: -((last.weekday - weekday + 7) % 7))
    case .dayWithoutLeapDay(let number):
      let leap = civil(year, 3, 1).adding(days: -1).parts.day == 29
      return civil(year, 1, 1).adding(days: number - 1 + (leap && number >= 60 ? 1 : 0))
    case .dayFromZero(let number):
      return civil(year, 1, 1).adding(days: number)
    }
  }

  /// A day of a year that the calendar holds; years outside it are held at its ends.
  private static func civil(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    CivilDate(year: min(max(year, 1678), 2261), month: month, day: day) ?? CivilDate(daysSinceEpoch: 0)
  }
}
