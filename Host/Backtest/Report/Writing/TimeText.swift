import TradingTypes

extension ReportTiming {
  /// A time as a reader sees it: `2005-04-21`, or `2013-10-07 18:07Z` (with seconds where there are any).
  func text(_ time: Timestamp) -> String {
    let day = CivilDate(utc: time)
    guard self == .instants else { return day.description }
    let ofDay = time.seconds - day.midnightUTC.seconds
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let seconds = ofDay % 60 == 0 ? "" : ":" + two(ofDay % 60)
    return "\(day) \(two(ofDay / 3600)):\(two(ofDay / 60 % 60))\(seconds)Z"
  }

  /// A time in milliseconds since 1970, in whole days for sessions.
  func milliseconds(_ time: Timestamp) -> Int64 {
    guard self == .instants else { return Int64(CivilDate(utc: time).daysSinceEpoch) * 86_400_000 }
    let quotient = time.nanoseconds / 1_000_000
    return time.nanoseconds % 1_000_000 < 0 ? quotient - 1 : quotient
  }
}

/// The time from one instant to another; see ``durationText(seconds:)``.
func durationText(from start: Timestamp, to end: Timestamp) -> String {
  durationText(seconds: Int128(end.seconds) - Int128(start.seconds))
}

/// A length of time in the unit that says most: `85 d`, `4 h 12 min`.
func durationText(seconds: Int128) -> String {
  switch seconds {
  case (48 * 3600)...: "\(NumberText.count((seconds + 43_200) / 86_400)) d"
  case 3600...: "\(seconds / 3600) h \(seconds / 60 % 60) min"
  case 60...: "\(seconds / 60) min"
  default: "\(seconds) s"
  }
}
