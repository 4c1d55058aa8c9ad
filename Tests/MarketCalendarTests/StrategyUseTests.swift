import MarketCalendar
import Testing
import TradingTypes

/// The questions the two strategies ask, with the answers their descriptions give.
@Suite struct `Sessions as the strategies use them` {
  let xnys = SessionCalendar.xnys

  /// min(next close, max(created + 20 h, next open + 30 min)), created at a close.
  func expiry(of day: String) throws -> Timestamp {
    let created = try #require(xnys.session(on: date(day))).close
    let nextClose = try #require(xnys.nextClose(after: created)).close
    let nextOpen = try #require(xnys.next(after: created)).open
    return min(nextClose, max(created.adding(seconds: 20 * 3600), nextOpen.adding(seconds: 1800)))
  }

  @Test(arguments: [
    ("2018-04-17", "2018-04-18", "12:00"), ("2018-04-20", "2018-04-23", "10:00"),
    // Over the clock change of 2018-03-11, and into a half day.
    ("2018-03-09", "2018-03-12", "10:00"), ("2018-11-21", "2018-11-23", "10:00"),
  ])
  func `let a signal live to the stated local time`(_ day: String, _ until: String, _ at: String) throws {
    #expect(xnys.zone.local(at: try expiry(of: day)) == LocalTime(date(until), time(at)))
  }

  @Test func `reach the seventh close in the entry's seventh session`() throws {
    let entry = try #require(xnys.session(on: date("2018-11-16")))
    let seventh = try #require(xnys.session(6, after: entry))
    #expect(seventh.date == date("2018-11-27"))
    #expect(xnys.closes(after: entry.open, through: seventh.close) == 7)
    #expect(
      xnys.closes(after: entry.open, through: Timestamp(nanoseconds: seventh.close.nanoseconds - 1)) == 6)
  }

  @Test func `count a cooldown in sessions, not in days`() throws {
    let stop = try #require(xnys.session(on: date("2018-11-21")))
    let distances = try ["2018-11-21", "2018-11-23", "2018-11-26", "2018-11-27"].map {
      try #require(xnys.session(on: date($0))).index - stop.index
    }
    #expect(distances == [0, 1, 2, 3])
  }

  @Test func `tell whether a daily bar is the last completed session`() {
    #expect(xnys.lastCompleted(at: instant("2018-11-23T17:59:00Z"))?.date == date("2018-11-21"))
    #expect(xnys.lastCompleted(at: instant("2018-11-23T18:00:00Z"))?.date == date("2018-11-23"))
  }

  @Test func `put a minute bar in the session that holds its start`() {
    #expect(xnys.session(containing: instant("2022-03-23T13:29:00Z")) == nil)
    #expect(xnys.session(containing: instant("2022-03-23T13:30:00Z"))?.date == date("2022-03-23"))
    #expect(xnys.session(containing: instant("2022-03-23T19:59:00Z"))?.date == date("2022-03-23"))
    #expect(xnys.session(containing: instant("2022-03-23T20:00:00Z")) == nil)
  }
}
