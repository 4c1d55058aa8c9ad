import MarketCalendar
import TradingTypes

/// How an instrument's bars lie in time: when each opens, when it is known, and where in its session it is.
struct BarStamp {
  /// Of an instrument whose bars are used as given: what is between start and end, in nanoseconds; else 0.
  var plainLength: Int64 { calendar == nil && !isAroundTheClock ? seconds * 1_000_000_000 : 0 }
  private let calendar: SessionCalendar?
  private let isDaily: Bool
  /// Sessions are UTC days.
  private let isAroundTheClock: Bool
  private let seconds: Int64

  init(_ instrument: Instrument, calendars: [String: SessionCalendar]) {
    calendar = instrument.market == .equity ? calendars[instrument.exchange] : nil
    isDaily = instrument.isDaily
    isAroundTheClock = instrument.market == .crypto
    seconds = Int64(instrument.barSeconds)
  }

  /// Sets a bar's end and flags and answers when it opens; of a bar that is not used, why.
  func stamp(_ bar: inout Bar) -> Result<Timestamp, FeedSkip> {
    bar.end = bar.start.adding(seconds: seconds)
    bar.flags = []
    if isAroundTheClock {
      if CivilDate(utc: bar.start).midnightUTC == bar.start { bar.flags.insert(.sessionFirst) }
      if CivilDate(utc: bar.end).midnightUTC == bar.end { bar.flags.insert(.sessionLast) }
    }
    guard let calendar else { return .success(bar.start) }
    if isDaily {
      guard let session = calendar.session(on: CivilDate(utc: bar.start)) else { return .failure(.noSession) }
      bar.end = session.close
      bar.flags = [.sessionFirst, .sessionLast]
      return .success(session.open)
    }
    guard let session = calendar.session(containing: bar.start), bar.end <= session.close else {
      return .failure(.outsideSession)
    }
    if bar.start == session.open { bar.flags.insert(.sessionFirst) }
    if bar.end == session.close { bar.flags.insert(.sessionLast) }
    return .success(bar.start)
  }
}

extension FeedSkip: Error {}
