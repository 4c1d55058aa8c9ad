import MarketCalendar
import Testing
import TradingTypes

/// One instant on XNYS and what each query answers: dates of sessions, or nil.
struct Moment: Sendable, CustomTestStringConvertible {
  var at: String
  var containing: String?
  var lastCompleted: String?
  var nextAfter: String?
  var nextAtOrAfter: String?
  var nextClose: String?
  var testDescription: String { at }

  static let table = [
    // Wednesday before, on and after Thanksgiving 2018; the Friday is a half day (13:00 New York).
    Moment(
      at: "2018-11-21T14:29:59.999999999Z", containing: nil, lastCompleted: "2018-11-20", nextAfter: "2018-11-21",
      nextAtOrAfter: "2018-11-21", nextClose: "2018-11-21"),
    Moment(
      at: "2018-11-21T14:30:00Z", containing: "2018-11-21", lastCompleted: "2018-11-20", nextAfter: "2018-11-23",
      nextAtOrAfter: "2018-11-21", nextClose: "2018-11-21"),
    Moment(
      at: "2018-11-21T20:59:59.999999999Z", containing: "2018-11-21", lastCompleted: "2018-11-20",
      nextAfter: "2018-11-23", nextAtOrAfter: "2018-11-23", nextClose: "2018-11-21"),
    Moment(
      at: "2018-11-21T21:00:00Z", containing: nil, lastCompleted: "2018-11-21", nextAfter: "2018-11-23",
      nextAtOrAfter: "2018-11-23", nextClose: "2018-11-23"),
    Moment(
      at: "2018-11-22T16:00:00Z", containing: nil, lastCompleted: "2018-11-21", nextAfter: "2018-11-23",
      nextAtOrAfter: "2018-11-23", nextClose: "2018-11-23"),
    Moment(
      at: "2018-11-23T17:59:59Z", containing: "2018-11-23", lastCompleted: "2018-11-21", nextAfter: "2018-11-26",
      nextAtOrAfter: "2018-11-26", nextClose: "2018-11-23"),
    Moment(
      at: "2018-11-23T18:00:00Z", containing: nil, lastCompleted: "2018-11-23", nextAfter: "2018-11-26",
      nextAtOrAfter: "2018-11-26", nextClose: "2018-11-26"),
    // Hurricane Sandy: Friday to Wednesday.
    Moment(
      at: "2012-10-28T00:00:00Z", containing: nil, lastCompleted: "2012-10-26", nextAfter: "2012-10-31",
      nextAtOrAfter: "2012-10-31", nextClose: "2012-10-31"),
    // Both ends of the table: New Year's midnight in New York is 05:00 UTC.
    Moment(at: "2010-01-01T04:59:59Z"),
    Moment(
      at: "2010-01-01T05:00:00Z", containing: nil, lastCompleted: nil, nextAfter: "2010-01-04",
      nextAtOrAfter: "2010-01-04", nextClose: "2010-01-04"),
    Moment(
      at: "2027-12-31T14:30:00Z", containing: "2027-12-31", lastCompleted: "2027-12-30", nextAfter: nil,
      nextAtOrAfter: "2027-12-31", nextClose: "2027-12-31"),
    Moment(at: "2028-01-01T04:59:59Z", lastCompleted: "2027-12-31"),
    Moment(at: "2028-01-01T05:00:00Z"),
    Moment(at: "1678-01-01T00:00:00Z"),
    Moment(at: "2261-12-31T23:59:59Z"),
  ]
}

@Suite struct `Session queries` {
  let xnys = SessionCalendar.xnys

  @Test(arguments: Moment.table) func `answer at each listed moment`(_ moment: Moment) {
    let at = instant(moment.at)
    #expect(xnys.session(containing: at)?.date == moment.containing.map(date))
    #expect(xnys.lastCompleted(at: at)?.date == moment.lastCompleted.map(date))
    #expect(xnys.next(after: at)?.date == moment.nextAfter.map(date))
    #expect(xnys.next(atOrAfter: at)?.date == moment.nextAtOrAfter.map(date))
    #expect(xnys.nextClose(after: at)?.date == moment.nextClose.map(date))
  }

  @Test func `find a session by its date and none on other dates`() throws {
    let session = try #require(xnys.session(on: date("2015-12-24")))
    #expect(session.open == instant("2015-12-24T14:30:00Z"))
    #expect(session.close == instant("2015-12-24T18:00:00Z"))
    #expect(session.isEarlyClose)
    #expect(session.minutes == 210)
    #expect(xnys.session(on: date("2015-12-25")) == nil)
    #expect(xnys.session(onOrAfter: date("2015-12-25"))?.date == date("2015-12-28"))
    #expect(xnys.session(on: date("2009-12-31")) == nil)
    #expect(xnys.session(onOrAfter: date("2009-12-31")) == nil)
    #expect(xnys.session(onOrAfter: date("2028-01-01")) == nil)
  }

  @Test func `count sessions by the difference of indexes`() throws {
    let first = try #require(xnys.session(on: date("2010-01-04")))
    let session = try #require(xnys.session(on: date("2018-11-21")))
    #expect(first.index == 0)
    #expect(xnys.session(1, after: session)?.date == date("2018-11-23"))
    #expect(xnys.session(0, after: session) == session)
    #expect(xnys.session(-20, after: session)?.date == date("2018-10-24"))
    #expect(xnys.session(-1, after: first) == nil)
    #expect(xnys.session(4525, after: first)?.date == date("2027-12-31"))
    #expect(xnys.session(4526, after: first) == nil)
    #expect(xnys.session(.max, after: session) == nil)
    #expect(xnys.session(.min, after: session) == nil)
    #expect(xnys.session(at: .max) == nil)
    #expect(xnys.session(at: .min) == nil)
  }

  @Test(arguments: [
    ("2018-11-21T14:30:00Z", "2018-11-21T20:59:59Z", 0), ("2018-11-21T14:30:00Z", "2018-11-21T21:00:00Z", 1),
    ("2018-11-21T21:00:00Z", "2018-11-21T21:00:00Z", 0), ("2018-11-21T14:30:00Z", "2018-11-23T18:00:00Z", 2),
    ("2018-11-21T14:30:00Z", "2018-11-20T21:00:00Z", nil), ("2009-06-01T00:00:00Z", "2018-11-20T21:00:00Z", nil),
    ("2018-11-21T14:30:00Z", "2028-06-01T00:00:00Z", nil),
  ])
  func `count the closes in an interval`(_ start: String, _ end: String, _ count: Int?) {
    #expect(xnys.closes(after: instant(start), through: instant(end)) == count)
  }

  @Test(arguments: [Timestamp.distantPast, .distantFuture]) func `answer nothing at the ends of time`(_ at: Timestamp) {
    #expect(xnys.session(containing: at) == nil)
    #expect(xnys.lastCompleted(at: at) == nil)
    #expect(xnys.next(after: at) == nil)
    #expect(xnys.nextClose(after: at) == nil)
    #expect(xnys.isOpen(at: at) == nil)
  }

  @Test func `never call an unknown instant closed`() {
    #expect(xnys.isOpen(at: instant("2018-11-22T16:00:00Z")) == false)
    #expect(xnys.isOpen(at: instant("2018-11-23T16:00:00Z")) == true)
    #expect(xnys.isOpen(at: instant("2009-11-23T16:00:00Z")) == nil)
    #expect(xnys.isOpen(at: instant("2028-01-03T16:00:00Z")) == nil)
  }

  @Test(arguments: [SessionCalendar.xnys, .xlon, .xetr, .xams]) func `agree with a search through the whole list`(
    _ calendar: SessionCalendar
  ) {
    let sessions = calendar.indices.compactMap(calendar.session(at:))
    var generator = SeededGenerator(state: 0x5E55_1045)
    let first = instant("2010-01-02T00:00:00Z").nanoseconds
    let last = instant("2027-12-30T00:00:00Z").nanoseconds
    for round in 0..<300 {
      var at = Timestamp(nanoseconds: .random(in: first...last, using: &generator))
      if round % 3 == 1 { at = calendar.next(after: at)?.open ?? at }
      if round % 3 == 2 { at = calendar.nextClose(after: at)?.close ?? at }
      #expect(calendar.session(containing: at) == sessions.first { $0.contains(at) })
      #expect(calendar.lastCompleted(at: at) == sessions.last { $0.close <= at })
      #expect(calendar.next(after: at) == sessions.first { $0.open > at })
      #expect(calendar.next(atOrAfter: at) == sessions.first { $0.open >= at })
      #expect(calendar.nextClose(after: at) == sessions.first { $0.close > at })
      let day = CivilDate(utc: at)
      #expect(calendar.session(onOrAfter: day) == sessions.first { $0.date >= day })
    }
  }
}
