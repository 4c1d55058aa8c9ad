import TradingTypes

/// The sessions of one exchange as facts: hours on its own wall clock, weekdays without a session, days with other hours.
struct ExchangeTable: Sendable {
  /// The market identifier code (ISO 10383).
  var code: String
  /// The zone of the exchange.
  var zone: TimeZoneRules
  /// When a regular session opens, local.
  var opens: TimeOfDay
  /// When a regular session closes, local.
  var closes: TimeOfDay
  /// The years that are listed, whole.
  var years: ClosedRange<Int>
  /// Mondays to Fridays without a session: one line a year, `2010 01-01 01-18`.
  var closures: String
  /// Sessions with other hours.
  var special: [SpecialHours]

  static let all: [ExchangeTable] = [.xnys, .xlon, .xetr, .xams]
}

/// Sessions that open late or close early.
struct SpecialHours: Sendable {
  /// When they open, local.
  var opens: TimeOfDay
  /// When they close, local.
  var closes: TimeOfDay
  /// Their dates, as in `ExchangeTable.closures`.
  var dates: String
}

extension ExchangeTable {
  /// Every listed session, ascending.
  func sessions() -> [Session] {
    let closed = Set(ExchangeTable.dates(in: closures))
    var unusual: [CivilDate: SpecialHours] = [:]
    for hours in special {
      for date in ExchangeTable.dates(in: hours.dates) { unusual[date] = hours }
    }
    var sessions: [Session] = []
    sessions.reserveCapacity((years.upperBound - years.lowerBound + 1) * 261)
    var day = firstDate
    while day <= lastDate {
      if day.weekday < 5, !closed.contains(day) {
        let hours = unusual[day]
        sessions.append(
          session(sessions.count, day, opens: hours?.opens ?? opens, closes: hours?.closes ?? closes, isFromData: false)
        )
      }
      day = day.adding(days: 1)
    }
    return sessions
  }

  /// A session by its hours on the wall of the exchange.
  func session(
    _ index: Int, _ date: CivilDate, opens: TimeOfDay, closes: TimeOfDay, isFromData: Bool
  ) -> Session {
    Session(
      index: index, date: date, open: zone.resolve(date, opens).earliest, close: zone.resolve(date, closes).earliest,
      isEarlyClose: closes < self.closes, isFromData: isFromData)
  }

  var firstDate: CivilDate { ExchangeTable.day(years.lowerBound, 1, 1) }
  var lastDate: CivilDate { ExchangeTable.day(years.upperBound, 12, 31) }

  /// Reads lines of a year and its days.
  static func dates(in lines: String) -> [CivilDate] {
    lines.split(separator: "\n").flatMap { line in
      let words = line.split(separator: " ")
      return words.dropFirst().map { word in
        guard let date = CivilDate("\(words[0])-\(word)") else {
          preconditionFailure("the committed tables hold \(words[0])-\(word), which is no date; run generate.py again")
        }
        return date
      }
    }
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    guard let date = CivilDate(year: year, month: month, day: day) else {
      preconditionFailure("the committed tables hold the year \(year), outside 1678...2261; run generate.py again")
    }
    return date
  }
}
