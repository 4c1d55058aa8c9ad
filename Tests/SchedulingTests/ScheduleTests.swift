import MarketCalendar
import Scheduling
import Testing
import TradingTypes

/// A schedule and all its due instants in (after, through].
struct Plan: Sendable, CustomTestStringConvertible {
  var title: String
  var schedule: Schedule
  var after: String
  var through: String
  var due: [String]
  var testDescription: String { title }

  init(_ title: String, _ schedule: Schedule, _ after: String, _ through: String, _ due: [String]) {
    self.title = title
    self.schedule = schedule
    self.after = after
    self.through = through
    self.due = due
  }

  static let clockChanges: [Plan] = [
    Plan(
      "a gap in New York", .daily(at: time("02:30"), in: .newYork), "2018-03-10T00:00:00Z", "2018-03-13T00:00:00Z",
      ["2018-03-10T07:30:00Z", "2018-03-11T07:00:00Z", "2018-03-12T06:30:00Z"]),
    Plan(
      "an overlap in New York", .daily(at: time("01:30"), in: .newYork), "2018-11-03T00:00:00Z", "2018-11-06T00:00:00Z",
      ["2018-11-03T05:30:00Z", "2018-11-04T05:30:00Z", "2018-11-05T06:30:00Z"]),
    Plan(
      "a gap in Berlin", .daily(at: time("02:30"), in: .berlin), "2018-03-24T00:00:00Z", "2018-03-27T00:00:00Z",
      ["2018-03-24T01:30:00Z", "2018-03-25T01:00:00Z", "2018-03-26T00:30:00Z"]),
    Plan(
      "an overlap in Berlin", .daily(at: time("02:30"), in: .berlin), "2018-10-27T00:00:00Z", "2018-10-30T00:00:00Z",
      ["2018-10-27T00:30:00Z", "2018-10-28T00:30:00Z", "2018-10-29T01:30:00Z"]),
    Plan(
      "seconds into a gap in London", .daily(at: time("01:59:59"), in: .london), "2018-03-24T12:00:00Z",
      "2018-03-26T12:00:00Z", ["2018-03-25T01:00:00Z", "2018-03-26T00:59:59Z"]),
    Plan(
      "the first second after a gap", .daily(at: time("03:00"), in: .newYork), "2018-03-10T12:00:00Z",
      "2018-03-12T12:00:00Z", ["2018-03-11T07:00:00Z", "2018-03-12T07:00:00Z"]),
    Plan(
      "a day that a zone left out", .daily(at: time("09:00"), in: .apiaIn2011), "2011-12-29T12:00:00Z",
      "2012-01-01T00:00:00Z",
      ["2011-12-29T19:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T19:00:00Z", "2011-12-31T19:00:00Z"]),
    Plan(
      "a gap over midnight", .daily(at: time("23:45"), in: .changingAtMidnight), "2020-03-31T00:00:00Z",
      "2020-04-03T00:00:00Z", ["2020-03-31T23:45:00Z", "2020-04-01T23:30:00Z", "2020-04-02T22:45:00Z"]),
    Plan(
      "an overlap over midnight", .daily(at: time("23:45"), in: .changingAtMidnight), "2020-09-30T23:00:00Z",
      "2020-10-04T00:00:00Z", ["2020-10-01T22:45:00Z", "2020-10-02T23:45:00Z", "2020-10-03T23:45:00Z"]),
    Plan(
      "an overlap over midnight, asked within it", .daily(at: time("23:45"), in: .changingAtMidnight),
      "2020-10-01T23:10:00Z", "2020-10-03T00:00:00Z", ["2020-10-02T23:45:00Z"]),
    Plan(
      "New York's open while only America has changed", .sessionOpen(of: .xnys, offset: 0), "2018-03-09T00:00:00Z",
      "2018-03-14T00:00:00Z", ["2018-03-09T14:30:00Z", "2018-03-12T13:30:00Z", "2018-03-13T13:30:00Z"]),
    Plan(
      "London's open through the same weeks", .sessionOpen(of: .xlon, offset: 0), "2018-03-22T12:00:00Z",
      "2018-03-27T00:00:00Z", ["2018-03-23T08:00:00Z", "2018-03-26T07:00:00Z"]),
    Plan(
      "New York's open while only Europe has changed back", .sessionDay(of: .xnys, at: time("09:30"), in: .newYork),
      "2018-10-26T00:00:00Z", "2018-10-30T00:00:00Z", ["2018-10-26T13:30:00Z", "2018-10-29T13:30:00Z"]),
    Plan(
      "New York's open after both have changed back", .sessionDay(of: .xnys, at: time("09:30"), in: .newYork),
      "2018-11-02T00:00:00Z", "2018-11-06T00:00:00Z", ["2018-11-02T13:30:00Z", "2018-11-05T14:30:00Z"]),
    Plan(
      "a Berlin time on New York's sessions in the mismatch weeks",
      .sessionDay(of: .xnys, at: time("14:30"), in: .berlin), "2018-10-26T00:00:00Z", "2018-10-30T00:00:00Z",
      ["2018-10-26T12:30:00Z", "2018-10-29T13:30:00Z"]),
  ]

  static let sessions: [Plan] = [
    Plan(
      "five minutes before the close, half day included", .sessionClose(of: .xnys, offset: -300),
      "2018-11-21T00:00:00Z",
      "2018-11-27T00:00:00Z", ["2018-11-21T20:55:00Z", "2018-11-23T17:55:00Z", "2018-11-26T20:55:00Z"]),
    Plan(
      "a local time past the close of a half day", .sessionDay(of: .xnys, at: time("15:45"), in: .newYork),
      "2018-11-21T00:00:00Z", "2018-11-24T00:00:00Z", ["2018-11-21T20:45:00Z", "2018-11-23T20:45:00Z"]),
    Plan(
      "half an hour after the open, over a hurricane", .sessionOpen(of: .xnys, offset: 1800), "2012-10-26T00:00:00Z",
      "2012-11-01T00:00:00Z", ["2012-10-26T14:00:00Z", "2012-10-31T14:00:00Z"]),
    Plan(
      "an offset that reaches back over a weekend", .sessionOpen(of: .xnys, offset: -172_800), "2018-04-20T00:00:00Z",
      "2018-04-23T00:00:00Z", ["2018-04-21T13:30:00Z", "2018-04-22T13:30:00Z"]),
    Plan(
      "Christmas in London and its half days", .sessionClose(of: .xlon, offset: 0), "2018-12-21T00:00:00Z",
      "2019-01-02T00:00:00Z",
      [
        "2018-12-21T16:30:00Z", "2018-12-24T12:30:00Z", "2018-12-27T16:30:00Z", "2018-12-28T16:30:00Z",
        "2018-12-31T12:30:00Z",
      ]),
    Plan(
      "a calendar's start", .sessionOpen(of: .xnys, offset: 0), "2009-06-01T00:00:00Z", "2010-01-06T00:00:00Z",
      ["2010-01-04T14:30:00Z", "2010-01-05T14:30:00Z"]),
    Plan(
      "a calendar's start by close", .sessionClose(of: .xnys, offset: 60), "2009-06-01T00:00:00Z",
      "2010-01-05T00:00:00Z", ["2010-01-04T21:01:00Z"]),
    Plan(
      "a calendar's start by date", .sessionDay(of: .xnys, at: time("08:00"), in: .newYork), "2009-06-01T00:00:00Z",
      "2010-01-05T00:00:00Z", ["2010-01-04T13:00:00Z"]),
    Plan(
      "a calendar's end", .sessionOpen(of: .xnys, offset: 0), "2027-12-30T00:00:00Z", "2029-01-01T00:00:00Z",
      ["2027-12-30T14:30:00Z", "2027-12-31T14:30:00Z"]),
    Plan(
      "sessions from data", .sessionOpen(of: .xnys.extended(withDates: [date("1999-01-04")]), offset: 0),
      "1990-01-01T00:00:00Z", "2010-01-05T00:00:00Z", ["1999-01-04T14:30:00Z", "2010-01-04T14:30:00Z"]),
    Plan(
      "a market that never closes", .sessionClose(of: .aroundTheClock, offset: 0), "2018-12-24T00:00:00Z",
      "2018-12-26T00:00:00Z", ["2018-12-25T00:00:00Z", "2018-12-26T00:00:00Z"]),
    Plan(
      "an interval", .every(seconds: 5), "2018-03-11T06:59:55Z", "2018-03-11T07:00:05Z",
      ["2018-03-11T07:00:00Z", "2018-03-11T07:00:05Z"]),
    Plan(
      "an interval before 1970", .every(seconds: 7), "1969-12-31T23:59:46Z", "1970-01-01T00:00:07Z",
      ["1969-12-31T23:59:53Z", "1970-01-01T00:00:00Z", "1970-01-01T00:00:07Z"]),
  ]
}

extension TimeZoneRules {
  /// Puts the clock forward from 23:30 to 00:30 in April and back from 00:30 to 23:30 in October.
  static var changingAtMidnight: TimeZoneRules {
    TimeZoneRules(
      name: "Midnight", initialOffset: 0,
      changes: [
        (at: instant("2020-04-01T23:30:00Z").seconds, offset: 3600),
        (at: instant("2020-10-01T23:30:00Z").seconds, offset: 0),
      ]) ?? .utc
  }

  /// Samoa's change of the date line: 30 December 2011 did not take place there.
  static var apiaIn2011: TimeZoneRules {
    TimeZoneRules(
      name: "Pacific/Apia", initialOffset: -36_000,
      changes: [(at: instant("2011-12-30T10:00:00Z").seconds, offset: 50_400)]) ?? .utc
  }
}

@Suite struct `Due instants` {
  @Test(arguments: Plan.clockChanges) func `through clock changes`(_ plan: Plan) { check(plan) }
  @Test(arguments: Plan.sessions) func `by sessions and intervals`(_ plan: Plan) { check(plan) }

  func check(_ plan: Plan) {
    var found: [Timestamp] = []
    var at = instant(plan.after)
    while let due = plan.schedule.firstDue(after: at), due <= instant(plan.through) {
      #expect(due > at)
      found.append(due)
      at = due
    }
    #expect(found == plan.due.map(instant))
  }

  @Test func `exist once for each date of eighteen years in every zone`() {
    for zone in [TimeZoneRules.newYork, .london, .berlin, .amsterdam] {
      for clock in ["00:00", "01:00", "01:30", "02:00", "02:30", "03:00", "23:59:59"] {
        let schedule = Schedule.daily(at: time(clock), in: zone)
        var count = 0
        var at = instant("2010-01-01T12:00:00Z")
        while let due = schedule.firstDue(after: at), due <= instant("2028-01-01T12:00:00Z") {
          count += 1
          at = due
        }
        #expect(count == 6574, "\(clock) \(zone)")
      }
    }
  }

  @Test func `never come after the end of time`() {
    #expect(Schedule.every(seconds: 60).firstDue(after: .distantFuture) == nil)
    #expect(Schedule.sessionOpen(of: .xnys, offset: 60).firstDue(after: .distantFuture) == nil)
    #expect(
      Schedule.sessionOpen(of: .xnys, offset: 60).firstDue(after: .distantPast) == instant("2010-01-04T14:31:00Z"))
  }

  @Test(arguments: [
    Schedule.sessionOpen(of: .xnys, offset: -60), .sessionClose(of: .xnys, offset: 1),
    .sessionOpen(of: .xlon.extended(withDates: [date("1999-01-04")]), offset: 0),
    .sessionClose(of: .aroundTheClock, offset: 0),
  ])
  func `of sessions are counted over years as they are walked through`(_ schedule: Schedule) throws {
    let bounds = ["2018-11-21T14:30:00Z", "2018-12-24T18:00:00Z", "2028-06-01T00:00:00Z"].map(instant)
    for start in [instant("1990-01-01T00:00:00Z"), bounds[0]] {
      for end in bounds where end > start {
        var due: [Timestamp] = []
        while let next = schedule.firstDue(after: due.last ?? start), next <= end { due.append(next) }
        let job = Job(id: "job", schedule: schedule, misfireGrace: nil)
        let progress = JobProgress(job: "job", accountedThrough: start)
        var scheduler = try Scheduler(jobs: [job], startingAt: start, resuming: [progress])
        var decisions: [JobDecision] = []
        scheduler.advance(to: end, into: &decisions)
        let answered = decisions.filter { $0.outcome != .ended }
        #expect(answered.first?.firstDue == due.first && answered.last?.due == due.last)
        #expect(answered.reduce(0) { $0 + $1.count } == due.count && due.count > 20)
      }
    }
  }

  @Test(arguments: [
    (Schedule.every(seconds: 5), "every 5 s"),
    (.daily(at: time("22:15"), in: .berlin), "22:15 Europe/Berlin daily"),
    (.sessionOpen(of: .xnys, offset: 0), "XNYS open"), (.sessionClose(of: .xlon, offset: -300), "XLON close - 300 s"),
    (.sessionOpen(of: .aroundTheClock, offset: 60), "24/7 open + 60 s"),
    (.sessionDay(of: .xnys, at: time("09:30"), in: .newYork), "09:30 America/New_York on XNYS sessions"),
  ])
  func `are described in a line`(_ schedule: Schedule, _ line: String) { #expect(schedule.description == line) }
}
