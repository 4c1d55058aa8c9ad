import MarketCalendar
import Testing
import TradingTypes

@testable import MRCombinedLogic

@Suite struct `Session clock` {
  static func bar(_ day: String) -> Bar {
    let start = date(day).midnightUTC
    return Bar(
      start: start, end: SessionCalendar.xnys.session(on: date(day))?.close ?? start.adding(seconds: 75_600), open: 1,
      high: 1, low: 1, close: 1, volume: 1, instrument: InstrumentID(0))
  }

  struct Life: Sendable, CustomTestStringConvertible {
    let day: String
    var hours = 20
    let expires: String
    let why: String
    var testDescription: String { why }
  }

  @Test(arguments: [
    Life(day: "2018-04-17", expires: "2018-04-18T16:00:00Z", why: "Tuesday's to Wednesday 12:00 in New York"),
    Life(day: "2018-04-20", expires: "2018-04-23T14:00:00Z", why: "Friday's to Monday 10:00 in New York"),
    Life(day: "2018-07-02", expires: "2018-07-03T16:00:00Z", why: "into a half day, 20 hours are before its close"),
    Life(day: "2018-07-02", hours: 24, expires: "2018-07-03T17:00:00Z", why: "into a half day, to its early close"),
    Life(day: "2018-07-03", expires: "2018-07-05T14:00:00Z", why: "over a holiday to half an hour after the open"),
    Life(day: "2018-11-21", expires: "2018-11-23T15:00:00Z", why: "over Thanksgiving into a half day"),
    Life(day: "2018-03-09", expires: "2018-03-12T14:00:00Z", why: "over the start of daylight time"),
    Life(day: "2018-11-02", expires: "2018-11-05T15:00:00Z", why: "over the end of daylight time"),
  ]) func `a signal lives`(_ row: Life) throws {
    var parameters = Parameters()
    parameters.expiryHours = row.hours
    let created = try #require(SessionCalendar.xnys.session(on: date(row.day))).close
    let clock = SessionClock(calendar: .xnys)
    #expect(clock.expiry(of: date(row.day), createdAt: created, parameters) == instant(row.expires))
  }

  @Test func `where the next session is not known a signal has no expiry of its own`() {
    let clock = SessionClock(calendar: .xnys)
    #expect(clock.expiry(of: date("2009-12-30"), createdAt: instant("2009-12-30T21:00:00Z"), Parameters()) == nil)
    #expect(clock.expiry(of: date("2027-12-31"), createdAt: instant("2027-12-31T21:00:00Z"), Parameters()) == nil)
    #expect(SessionClock(calendar: nil).expiry(of: date("2018-04-20"), createdAt: .distantPast, Parameters()) == nil)
  }

  @Test func `around the clock a session is the UTC day`() {
    let clock = SessionClock(calendar: .aroundTheClock)
    let created = instant("2018-04-21T00:00:00Z")
    #expect(clock.expiry(of: date("2018-04-20"), createdAt: created, Parameters()) == instant("2018-04-21T20:00:00Z"))
    #expect(!clock.isStale(date("2018-04-20"), at: created))
    #expect(clock.isStale(date("2018-04-19"), at: created))
  }

  @Test func `a weekend and a holiday are one step, a session without bars is two`() {
    var clock = SessionClock(calendar: .xnys)
    let numbers = ["2018-03-28", "2018-03-29", "2018-04-02", "2018-04-04"].map { clock.number(of: Self.bar($0)) }
    #expect(numbers.map { $0! - numbers[0]! } == [0, 1, 2, 4])
  }

  @Test func `a day without a session has no number`() {
    var clock = SessionClock(calendar: .xnys)
    #expect(clock.number(of: Self.bar("2018-03-30")) == nil)
    #expect(clock.number(of: Self.bar("2018-03-31")) == nil)
  }

  @Test func `before the tables every date with a bar is a session, and the count goes on into them`() {
    var clock = SessionClock(calendar: .xnys)
    let days = ["2009-12-24", "2009-12-28", "2009-12-31", "2009-12-31", "2010-01-04", "2010-01-05"]
    let numbers = days.map { clock.number(of: Self.bar($0))! }
    #expect(numbers.map { $0 - numbers[0] } == [0, 1, 2, 2, 3, 4])
  }

  @Test func `the next session is known, from data, or unknown where the tables end`() {
    let clock = SessionClock(calendar: .xnys)
    #expect(clock.next(after: date("2018-04-20")) == .known("2018-04-23"))
    #expect(clock.next(after: date("2009-12-31")) == .fromData)
    #expect(clock.next(after: date("2027-12-31")) == .unknown)
    #expect(clock.next(after: date("2028-01-03")) == .unknown)
    #expect(SessionClock(calendar: nil).next(after: date("2018-04-20")) == .fromData)
  }

  @Test func `sessions that the host knows from data count as from data`() {
    let calendar = SessionCalendar.xnys.extended(withDates: [date("2009-12-30"), date("2009-12-31")])
    var clock = SessionClock(calendar: calendar)
    #expect(clock.next(after: date("2009-12-30")) == .fromData)
    #expect(
      clock.expiry(of: date("2009-12-30"), createdAt: instant("2009-12-30T21:00:00Z"), Parameters())
        == instant("2009-12-31T17:00:00Z"))
    let numbers = ["2009-12-30", "2009-12-31", "2010-01-04"].map { clock.number(of: Self.bar($0))! }
    #expect(numbers.map { $0 - numbers[0] } == [0, 1, 2])
  }

  @Test func `a bar is stale once a later session has closed`() {
    var clock = SessionClock(calendar: .xnys)
    _ = clock.number(of: Self.bar("2018-04-20"))
    #expect(!clock.isStale(date("2018-04-20"), at: instant("2018-04-20T20:00:00Z")))
    #expect(!clock.isStale(date("2018-04-20"), at: instant("2018-04-23T19:59:59Z")))
    #expect(clock.isStale(date("2018-04-20"), at: instant("2018-04-23T20:00:00Z")))
    #expect(clock.isStale(date("2018-04-20"), at: instant("2018-04-20T19:59:59Z")))
  }
}
