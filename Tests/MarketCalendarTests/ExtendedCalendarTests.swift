import MarketCalendar
import Testing
import TradingTypes

@Suite struct `Calendars extended by data` {
  let extended = SessionCalendar.xnys.extended(withDates: [
    date("2009-12-31"), date("1999-01-05"), date("1999-01-04"), date("1999-01-05"), date("2005-07-05"),
    // Inside and after the table: left alone.
    date("2012-10-29"), date("2018-11-22"), date("2030-01-02"),
  ])

  @Test func `have a session at regular hours on each date with a bar`() throws {
    let winter = try #require(extended.session(on: date("1999-01-04")))
    #expect(winter.open == instant("1999-01-04T14:30:00Z"))
    #expect(winter.close == instant("1999-01-04T21:00:00Z"))
    #expect(winter.isFromData)
    #expect(!winter.isEarlyClose)
    let summer = try #require(extended.session(on: date("2005-07-05")))
    #expect(summer.open == instant("2005-07-05T13:30:00Z"))
    #expect(extended.session(on: date("1999-01-06")) == nil)
  }

  @Test func `follow the clock rules of their year`() throws {
    // Under the rule of 2007 these days are summer time, under the one before they are not.
    let calendar = SessionCalendar.xnys.extended(withDates: [date("2006-03-20"), date("2007-03-20")])
    #expect(calendar.session(on: date("2006-03-20"))?.open == instant("2006-03-20T14:30:00Z"))
    #expect(calendar.session(on: date("2007-03-20"))?.open == instant("2007-03-20T13:30:00Z"))
  }

  @Test func `keep the table as it is, with the same indexes`() {
    #expect(extended.indices == -4..<4526)
    #expect(extended.session(on: date("2012-10-29")) == nil)
    #expect(extended.session(on: date("2018-11-22")) == nil)
    for index in SessionCalendar.xnys.indices {
      #expect(extended.session(at: index) == SessionCalendar.xnys.session(at: index))
    }
  }

  @Test func `count sessions across the start of the table`() throws {
    let last = try #require(extended.session(on: date("2009-12-31")))
    #expect(last.index == -1)
    #expect(extended.session(1, after: last)?.date == date("2010-01-04"))
    #expect(extended.next(after: last.close)?.date == date("2010-01-04"))
    #expect(extended.lastCompleted(at: instant("2010-01-04T20:00:00Z")) == last)
    #expect(extended.session(-3, after: last)?.date == date("1999-01-04"))
    #expect(extended.session(-4, after: last) == nil)
  }

  @Test func `know all the time before the table`() {
    let early = instant("1990-06-01T15:00:00Z")
    #expect(extended.isOpen(at: early) == false)
    #expect(extended.lastCompleted(at: early) == nil)
    #expect(extended.next(after: early)?.date == date("1999-01-04"))
    #expect(extended.next(after: .distantPast)?.date == date("1999-01-04"))
    #expect(extended.knownDates.upperBound == date("2027-12-31"))
  }

  @Test func `gather dates over several extensions`() {
    let twice = extended.extended(withDates: [date("2001-02-01"), date("1999-01-04")])
    #expect(twice.indices == -5..<4526)
    #expect(twice.session(at: -3)?.date == date("2001-02-01"))
    #expect(twice.session(at: -5)?.date == date("1999-01-04"))
  }

  @Test func `know nothing more without an earlier date`() {
    let same = SessionCalendar.xnys.extended(withDates: [date("2015-01-02")])
    #expect(same.indices == 0..<4526)
    #expect(same.isOpen(at: instant("2009-12-31T15:00:00Z")) == nil)
  }
}

@Suite struct `The calendar around the clock` {
  let calendar = SessionCalendar.aroundTheClock

  @Test func `has the UTC day as its session`() throws {
    let session = try #require(calendar.session(containing: instant("2018-11-13T17:01:00Z")))
    #expect(session.date == date("2018-11-13"))
    #expect(session.open == instant("2018-11-13T00:00:00Z"))
    #expect(session.close == instant("2018-11-14T00:00:00Z"))
    #expect(session.minutes == 1440)
    #expect(calendar.regularMinutes == 1440)
    #expect(calendar.isAroundTheClock)
    #expect(calendar.name == "24/7")
    #expect(calendar.isOpen(at: instant("2018-12-25T03:00:00Z")) == true)
    #expect(calendar.session(-20, after: session)?.date == date("2018-10-24"))
    #expect(calendar.session(on: date("1969-12-31"))?.index == -1)
  }

  @Test(arguments: [
    ("2018-11-13T00:00:00Z", "2018-11-13", "2018-11-12", "2018-11-14", "2018-11-13"),
    ("2018-11-13T00:00:00.000000001Z", "2018-11-13", "2018-11-12", "2018-11-14", "2018-11-14"),
    ("2018-11-12T23:59:59.999999999Z", "2018-11-12", "2018-11-11", "2018-11-13", "2018-11-13"),
    ("1965-03-01T12:00:00Z", "1965-03-01", "1965-02-28", "1965-03-02", "1965-03-02"),
  ])
  func `answers at midnight and beside it`(
    _ at: String, _ containing: String, _ completed: String, _ after: String, _ atOrAfter: String
  ) {
    #expect(calendar.session(containing: instant(at))?.date == date(containing))
    #expect(calendar.lastCompleted(at: instant(at))?.date == date(completed))
    #expect(calendar.next(after: instant(at))?.date == date(after))
    #expect(calendar.next(atOrAfter: instant(at))?.date == date(atOrAfter))
    #expect(calendar.nextClose(after: instant(at))?.date == date(containing))
  }

  @Test func `ends where dates end`() {
    #expect(calendar.session(containing: .distantPast) == nil)
    #expect(calendar.lastCompleted(at: .distantFuture) == nil)
    #expect(calendar.next(after: instant("2261-12-31T12:00:00Z")) == nil)
    #expect(calendar.nextClose(after: instant("2261-12-31T12:00:00Z"))?.date == date("2261-12-31"))
    #expect(calendar.lastCompleted(at: instant("1678-01-01T12:00:00Z")) == nil)
    #expect(calendar.closes(after: instant("2018-01-01T00:00:00Z"), through: instant("2019-01-01T00:00:00Z")) == 365)
    #expect(calendar.extended(withDates: [date("1999-01-04")]).indices == calendar.indices)
  }
}
