import MarketCalendar
import Testing
import TradingTypes

struct Reading: Sendable, CustomTestStringConvertible {
  enum Expected: Sendable {
    case unique(String)
    case gap(String)
    case overlap(String, String)
  }
  var zone: TimeZoneRules
  var day: String
  var clock: String
  var expected: Expected
  var testDescription: String { "\(day) \(clock) \(zone)" }

  init(_ zone: TimeZoneRules, _ day: String, _ clock: String, _ expected: Expected) {
    self.zone = zone
    self.day = day
    self.clock = clock
    self.expected = expected
  }

  static let table: [Reading] = [
    // The United States, 2018: forward on 11 March, back on 4 November.
    Reading(.newYork, "2018-03-11", "01:59:59", .unique("2018-03-11T06:59:59Z")),
    Reading(.newYork, "2018-03-11", "02:00", .gap("2018-03-11T07:00:00Z")),
    Reading(.newYork, "2018-03-11", "02:59:59", .gap("2018-03-11T07:00:00Z")),
    Reading(.newYork, "2018-03-11", "03:00", .unique("2018-03-11T07:00:00Z")),
    Reading(.newYork, "2018-11-04", "00:59:59", .unique("2018-11-04T04:59:59Z")),
    Reading(.newYork, "2018-11-04", "01:00", .overlap("2018-11-04T05:00:00Z", "2018-11-04T06:00:00Z")),
    Reading(.newYork, "2018-11-04", "01:59:59", .overlap("2018-11-04T05:59:59Z", "2018-11-04T06:59:59Z")),
    Reading(.newYork, "2018-11-04", "02:00", .unique("2018-11-04T07:00:00Z")),
    // Europe, 2018: forward on 25 March, back on 28 October, at 01:00 UTC everywhere.
    Reading(.london, "2018-03-25", "01:30", .gap("2018-03-25T01:00:00Z")),
    Reading(.berlin, "2018-03-25", "02:30", .gap("2018-03-25T01:00:00Z")),
    Reading(.amsterdam, "2018-03-25", "02:30", .gap("2018-03-25T01:00:00Z")),
    Reading(.london, "2018-10-28", "01:30", .overlap("2018-10-28T00:30:00Z", "2018-10-28T01:30:00Z")),
    Reading(.berlin, "2018-10-28", "02:30", .overlap("2018-10-28T00:30:00Z", "2018-10-28T01:30:00Z")),
    Reading(.berlin, "2018-10-28", "03:00", .unique("2018-10-28T02:00:00Z")),
    // The weeks in which only one side has changed its clocks.
    Reading(.newYork, "2018-03-20", "09:30", .unique("2018-03-20T13:30:00Z")),
    Reading(.london, "2018-03-20", "08:00", .unique("2018-03-20T08:00:00Z")),
    Reading(.newYork, "2018-10-30", "09:30", .unique("2018-10-30T13:30:00Z")),
    Reading(.london, "2018-10-30", "08:00", .unique("2018-10-30T08:00:00Z")),
    // Earlier laws.
    Reading(.newYork, "1986-04-27", "02:30", .gap("1986-04-27T07:00:00Z")),
    Reading(.newYork, "1987-04-05", "02:30", .gap("1987-04-05T07:00:00Z")),
    Reading(.newYork, "2006-04-02", "02:30", .gap("2006-04-02T07:00:00Z")),
    Reading(.newYork, "2006-10-29", "01:30", .overlap("2006-10-29T05:30:00Z", "2006-10-29T06:30:00Z")),
    Reading(.newYork, "2007-03-11", "02:30", .gap("2007-03-11T07:00:00Z")),
    Reading(.newYork, "1974-01-06", "02:30", .gap("1974-01-06T07:00:00Z")),
    Reading(.berlin, "1995-09-24", "02:30", .overlap("1995-09-24T00:30:00Z", "1995-09-24T01:30:00Z")),
    Reading(.london, "1995-10-22", "01:30", .overlap("1995-10-22T00:30:00Z", "1995-10-22T01:30:00Z")),
    // After the listed years, and before them.
    Reading(.newYork, "2100-03-14", "02:30", .gap("2100-03-14T07:00:00Z")),
    Reading(.newYork, "2038-07-01", "12:00", .unique("2038-07-01T16:00:00Z")),
    Reading(.berlin, "2150-10-25", "02:30", .overlap("2150-10-25T00:30:00Z", "2150-10-25T01:30:00Z")),
    Reading(.newYork, "1930-07-01", "12:00", .unique("1930-07-01T17:00:00Z")),
    Reading(.utc, "2018-03-25", "01:30", .unique("2018-03-25T01:30:00Z")),
  ]
}

@Suite struct `Wall clocks of committed zones` {
  @Test(arguments: Reading.table) func `resolve each listed reading`(_ reading: Reading) {
    let expected: LocalResolution =
      switch reading.expected {
      case .unique(let at): .unique(instant(at))
      case .gap(let at): .gap(resumesAt: instant(at))
      case .overlap(let first, let second): .overlap(first: instant(first), second: instant(second))
      }
    #expect(reading.zone.resolve(date(reading.day), time(reading.clock)) == expected)
  }

  @Test func `plan with the first instant that fits`() {
    let zone = TimeZoneRules.newYork
    #expect(zone.resolve(date("2018-03-11"), time("02:30")).earliest == instant("2018-03-11T07:00:00Z"))
    #expect(zone.resolve(date("2018-11-04"), time("01:30")).earliest == instant("2018-11-04T05:30:00Z"))
  }

  @Test(arguments: [TimeZoneRules.newYork, .london, .berlin, .amsterdam, .utc])
  func `read back every instant that they show`(_ zone: TimeZoneRules) {
    var generator = SeededGenerator(state: 77)
    let first = instant("1920-01-01T00:00:00Z").seconds
    let last = instant("2200-01-01T00:00:00Z").seconds
    for _ in 0..<2000 {
      let at = Timestamp(nanoseconds: 0).adding(seconds: .random(in: first...last, using: &generator))
      let local = zone.local(at: at)
      switch zone.resolve(local.date, local.time) {
      case .unique(let found): #expect(found == at)
      case .overlap(let one, let other):
        #expect(one < other)
        #expect(one == at || other == at)
      case .gap: Issue.record("\(zone) shows \(local) at \(at), yet finds no such instant")
      }
    }
  }

  @Test func `are found by exact name`() {
    #expect(TimeZoneRules.committed("America/New_York") == .newYork)
    #expect(TimeZoneRules.committed("Europe/Amsterdam")?.name == "Europe/Amsterdam")
    #expect(TimeZoneRules.committed("UTC") == .utc)
    #expect(TimeZoneRules.committed("Europe/Paris") == nil)
    #expect(TimeZoneRules.committed("") == nil)
  }

  @Test func `refuse changes out of order`() {
    #expect(TimeZoneRules(name: "x", initialOffset: 0, changes: [(at: 10, offset: 60), (at: 10, offset: 0)]) == nil)
    #expect(TimeZoneRules(name: "x", initialOffset: 0, changes: [(at: 10, offset: 60), (at: 5, offset: 0)]) == nil)
  }

  @Test func `hold summer time all year where a rule says so`() throws {
    // Starts at 0 on 1 January and ends 25 hours into 31 December: it never ends.
    let rule = YearlyRule(
      standardOffset: -14_400, daylightOffset: -10_800, start: .init(.dayFromZero(0), seconds: 0),
      end: .init(.dayWithoutLeapDay(365), seconds: 25 * 3600))
    let zone = try #require(TimeZoneRules(name: "always summer", initialOffset: -14_400, rule: rule))
    for day in ["2019-12-31", "2020-01-01", "2020-02-29", "2020-12-31", "2021-01-01"] {
      for clock in ["00:00", "00:30", "12:00", "23:30"] {
        let expected = Timestamp(
          nanoseconds: date(day).midnightUTC.nanoseconds + Int64(time(clock).secondsSinceMidnight + 10_800)
            * 1_000_000_000
        )
        #expect(zone.resolve(date(day), time(clock)) == .unique(expected), "\(day) \(clock)")
      }
    }
  }
}

@Suite struct `Times of day` {
  @Test(arguments: [("00:00", 0), ("09:30", 34_200), ("23:59:59", 86_399), ("16:00:00", 57_600)])
  func `are read and written`(_ text: String, _ seconds: Int32) {
    #expect(time(text).secondsSinceMidnight == seconds)
    #expect(TimeOfDay(time(text).description) == time(text))
  }

  @Test(arguments: ["", "9:30", "24:00", "12:60", "12:00:60", "12-00", "12:0a", "12:00:", "-1:00", "12:00:00.5"])
  func `are refused when no clock shows them`(_ text: String) { #expect(TimeOfDay(text) == nil) }

  @Test func `leave out seconds that are zero`() {
    #expect(time("16:00:00").description == "16:00")
    #expect(time("16:00:05").description == "16:00:05")
  }
}
