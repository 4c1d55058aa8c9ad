import TradingTypes

/// The zones of the tabled exchanges, from the law: no tzdata is needed to know when a session opens.
///
/// Exact from the year named with each zone, without an end (the last rule goes on); before that year the standard
/// offset holds all year. Compared with IANA tzdata by the Scheduling tests.
/// Sources: Uniform Time Act 1966 with its amendments of 1973 to 1975, 1986 and 2005 (USA); Directive 2000/84/EC and
/// the directives before it, and the Summer Time Orders (EU and United Kingdom).
extension TimeZoneRules {
  /// Coordinated universal time.
  public static let utc = TimeZoneRules(unchecked: "UTC", initialOffset: 0)

  /// New York; exact from 1967.
  public static let newYork = legislated(
    "America/New_York", standard: -18_000,
    [
      Era(1967, .lastWeekday(weekday: 6, month: 4), .lastWeekday(weekday: 6, month: 10)),
      Era(1974, .weekdayOnOrAfter(weekday: 6, month: 1, day: 6), .lastWeekday(weekday: 6, month: 10)),
      Era(1975, .weekdayOnOrAfter(weekday: 6, month: 2, day: 23), .lastWeekday(weekday: 6, month: 10)),
      Era(1976, .lastWeekday(weekday: 6, month: 4), .lastWeekday(weekday: 6, month: 10)),
      Era(1987, .weekdayOnOrAfter(weekday: 6, month: 4, day: 1), .lastWeekday(weekday: 6, month: 10)),
      Era(
        2007, .weekdayOnOrAfter(weekday: 6, month: 3, day: 8), .weekdayOnOrAfter(weekday: 6, month: 11, day: 1)),
    ], startsAt: 7200, endsAt: 7200)

  /// London; exact from 1981.
  public static let london = legislated(
    "Europe/London", standard: 0,
    [
      Era(
        1981, .lastWeekday(weekday: 6, month: 3), .weekdayOnOrAfter(weekday: 6, month: 10, day: 23)),
      Era(
        1990, .lastWeekday(weekday: 6, month: 3), .weekdayOnOrAfter(weekday: 6, month: 10, day: 22)),
      Era(1996, .lastWeekday(weekday: 6, month: 3), .lastWeekday(weekday: 6, month: 10)),
    ], startsAt: 3600, endsAt: 7200)

  /// Berlin; exact from 1981.
  public static let berlin = centralEuropean("Europe/Berlin")

  /// Amsterdam; exact from 1981.
  public static let amsterdam = centralEuropean("Europe/Amsterdam")

  /// The zone of that name among those above; `nil` for any other.
  public static func committed(_ name: String) -> TimeZoneRules? {
    switch name {
    case "UTC", "Etc/UTC": .utc
    case "America/New_York": .newYork
    case "Europe/London": .london
    case "Europe/Berlin": .berlin
    case "Europe/Amsterdam": .amsterdam
    default: nil
    }
  }

  private struct Era {
    var firstYear: Int
    var start: YearlyRule.Day
    var end: YearlyRule.Day

    init(_ firstYear: Int, _ start: YearlyRule.Day, _ end: YearlyRule.Day) {
      self.firstYear = firstYear
      self.start = start
      self.end = end
    }
  }

  private static func centralEuropean(_ name: String) -> TimeZoneRules {
    legislated(
      name, standard: 3600,
      [
        Era(1981, .lastWeekday(weekday: 6, month: 3), .lastWeekday(weekday: 6, month: 9)),
        Era(1996, .lastWeekday(weekday: 6, month: 3), .lastWeekday(weekday: 6, month: 10)),
      ], startsAt: 7200, endsAt: 10_800)
  }

  /// Lists the changes up to 2037, so that they are found by bisection, and lets the last rule go on from there.
  /// `startsAt` and `endsAt` are seconds from midnight on the clock then in force.
  private static func legislated(
    _ name: String, standard: Int32, _ eras: [Era], startsAt: Int32, endsAt: Int32
  ) -> TimeZoneRules {
    var changes: [(at: Int64, offset: Int32)] = []
    var rule: YearlyRule?
    for (place, era) in eras.enumerated() {
      let yearly = YearlyRule(
        standardOffset: standard, daylightOffset: standard + 3600, start: .init(era.start, seconds: startsAt),
        end: .init(era.end, seconds: endsAt))
      let nextYear = place + 1 < eras.count ? eras[place + 1].firstYear : 2038
      for year in era.firstYear..<nextYear { changes += yearly.changes(in: year) }
      rule = yearly
    }
    return TimeZoneRules(unchecked: name, initialOffset: standard, changes: changes, rule: rule)
  }
}
