import MarketCalendar
import TradingTypes

/// What became of an alert; what is not known yet, or never will be, is not a number.
struct Label: Hashable, Sendable {
  var r15 = Double.nan
  var r60 = Double.nan
  var r1d = Double.nan
  var maxGain60 = Double.nan
  var maxLoss60 = Double.nan

  /// Whether the price an hour later was higher; `nil` while unknown.
  var continued: Bool? { r60.isNaN ? nil : r60 > 0 }
}

/// When the parts of a label are due.
struct LabelTimes: Hashable, Sendable {
  let quarter: Timestamp
  let hour: Timestamp
  /// `nil`: the calendar knows no next session.
  let day: Timestamp?
  /// The session a price a day later must come from; `nil`: any.
  let daySession: Int?

  /// Around the clock a day is 24 hours. At an exchange 15 and 60 minutes end with the session at the latest, and a day
  /// later is the same minute of the next session, or its close if that is earlier.
  init(alert: Timestamp, session: Int, _ calendar: SessionCalendar) {
    guard !calendar.isAroundTheClock else {
      (quarter, hour) = (alert.adding(seconds: 15 * 60), alert.adding(seconds: 60 * 60))
      (day, daySession) = (alert.adding(seconds: 24 * 3600), nil)
      return
    }
    let today = calendar.session(at: session)
    let close = today?.close ?? .distantFuture
    quarter = min(alert.adding(seconds: 15 * 60), close)
    hour = min(alert.adding(seconds: 60 * 60), close)
    guard let today, let next = calendar.session(at: session + 1) else {
      (day, daySession) = (nil, nil)
      return
    }
    let sinceOpen = alert.nanoseconds - today.open.nanoseconds
    day = min(Timestamp(nanoseconds: next.open.nanoseconds + sinceOpen), next.close)
    daySession = next.index
  }
}
