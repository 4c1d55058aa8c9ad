import Testing
import TradingTypes

/// A text and the instant it reads as, in nanoseconds; `nil` where it must be refused.
struct TimeText: Sendable, CustomTestStringConvertible {
  var text: String
  var nanoseconds: Int64?
  /// How the instant is written; the text itself unless said.
  var written: String?

  init(_ text: String, _ nanoseconds: Int64?, written: String? = nil) {
    self.text = text
    self.nanoseconds = nanoseconds
    self.written = written
  }

  var testDescription: String { "\"\(text)\"" }
}

let timeTexts: [TimeText] = [
  TimeText("1970-01-01T00:00:00Z", 0),
  TimeText("2018-04-20T20:00:00Z", 1_524_254_400_000_000_000),
  TimeText("2020-02-29T23:59:59.5Z", 1_583_020_799_500_000_000),
  TimeText("1969-12-31T23:59:59.999999999Z", -1),
  TimeText("2000-01-01t00:00:00z", 946_684_800_000_000_000, written: "2000-01-01T00:00:00Z"),
  TimeText("2000-01-01 00:00:00Z", 946_684_800_000_000_000, written: "2000-01-01T00:00:00Z"),
  TimeText("2000-01-01T00:00:00.000Z", 946_684_800_000_000_000, written: "2000-01-01T00:00:00Z"),
  TimeText("2000-01-01T00:00:00.100000000Z", 946_684_800_100_000_000, written: "2000-01-01T00:00:00.1Z"),
  TimeText("1999-12-31T19:00:00-05:00", 946_684_800_000_000_000, written: "2000-01-01T00:00:00Z"),
  TimeText("2000-01-01T05:30:00+05:30", 946_684_800_000_000_000, written: "2000-01-01T00:00:00Z"),
  TimeText("2000-01-01T00:00:00-00:00", 946_684_800_000_000_000, written: "2000-01-01T00:00:00Z"),
  TimeText("2000-03-01T00:00:00+23:59", 951_782_460_000_000_000, written: "2000-02-29T00:01:00Z"),
  TimeText("1678-01-01T00:00:00Z", -9_214_560_000_000_000_000),
  TimeText("1678-01-01T00:00:00+23:59", -9_214_646_340_000_000_000, written: "1677-12-31T00:01:00Z"),
  TimeText("2261-12-31T23:59:59.999999999-23:59", 9_214_732_739_999_999_999, written: "2262-01-01T23:58:59.999999999Z"),
  TimeText("2016-12-31T23:59:60Z", nil),
  TimeText("2019-02-29T00:00:00Z", nil),
  TimeText("1900-02-29T00:00:00Z", nil),
  TimeText("2020-00-10T00:00:00Z", nil),
  TimeText("2020-13-10T00:00:00Z", nil),
  TimeText("2020-04-31T00:00:00Z", nil),
  TimeText("2020-04-00T00:00:00Z", nil),
  TimeText("2020-04-20T24:00:00Z", nil),
  TimeText("2020-04-20T12:60:00Z", nil),
  TimeText("2020-04-20T12:00:00", nil),
  TimeText("2020-04-20T12:00Z", nil),
  TimeText("2020-04-20", nil),
  TimeText("2020-04-20T12:00:00.Z", nil),
  TimeText("2020-04-20T12:00:00.1234567890Z", nil),
  TimeText("2020-04-20T12:00:00,5Z", nil),
  TimeText("2020-04-20T12:00:00+24:00", nil),
  TimeText("2020-04-20T12:00:00+05:60", nil),
  TimeText("2020-04-20T12:00:00+0500", nil),
  TimeText("2020-04-20T12:00:00Z ", nil),
  TimeText(" 2020-04-20T12:00:00Z", nil),
  TimeText("2020-4-20T12:00:00Z", nil),
  TimeText("20200420T120000Z", nil),
  TimeText("1677-12-31T00:00:00Z", nil),
  TimeText("2262-01-01T00:00:00Z", nil),
  TimeText("", nil),
]

@Suite struct `Instants` {
  @Test(arguments: timeTexts)
  func `read and are written as listed, or are refused`(_ row: TimeText) {
    let instant = Timestamp(rfc3339: row.text)
    #expect(instant?.nanoseconds == row.nanoseconds)
    if let instant { #expect(instant.description == row.written ?? row.text) }
  }

  @Test func `every instant of the readable years reads back from its text`() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<5_000 {
      let instant = Timestamp(nanoseconds: random.int64() % 9_214_000_000_000_000_000)
      #expect(Timestamp(rfc3339: instant.description) == instant)
    }
  }

  @Test func `the ends of the range can be written`() {
    #expect(Timestamp.distantPast.description == "1677-09-21T00:12:43.145224192Z")
    #expect(Timestamp.distantFuture.description == "2262-04-11T23:47:16.854775807Z")
  }

  @Test func `seconds round down, and moving holds at the ends`() {
    #expect(Timestamp(nanoseconds: -1).seconds == -1)
    #expect(Timestamp(nanoseconds: -1_000_000_000).seconds == -1)
    #expect(Timestamp(nanoseconds: 1_999_999_999).seconds == 1)
    #expect(Timestamp(seconds: 9_223_372_037) == nil && Timestamp(seconds: -9_223_372_037) == nil)
    #expect(Timestamp(seconds: 2)?.nanoseconds == 2_000_000_000)
    #expect(Timestamp(nanoseconds: 5).adding(seconds: -2).nanoseconds == -1_999_999_995)
    #expect(Timestamp(nanoseconds: .max - 5).adding(seconds: 1) == .distantFuture)
    #expect(Timestamp(nanoseconds: .min + 5).adding(seconds: -1) == .distantPast)
    #expect(Timestamp(nanoseconds: 0).adding(seconds: .max) == .distantFuture)
    #expect(Timestamp(nanoseconds: 0).adding(seconds: .min) == .distantPast)
    #expect(Timestamp.distantPast < Timestamp(nanoseconds: 0))
  }
}

@Suite struct `Days` {
  @Test func `the calendar agrees with counting, day by day, over all its years`() throws {
    var date = try #require(CivilDate(year: 1678, month: 1, day: 1))
    #expect(date.daysSinceEpoch == -106_650)
    var weekday = date.weekday
    #expect(weekday == 5)
    for year in 1678...2261 {
      let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for (month, days) in [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for day in 1...days {
          guard date.parts == (year, month + 1, day), date.weekday == weekday,
            CivilDate(year: year, month: month + 1, day: day) == date
          else {
            Issue.record("\(date) where \(year)-\(month + 1)-\(day) was expected")
            return
          }
          date = date.adding(days: 1)
          weekday = (weekday + 1) % 7
        }
        #expect(CivilDate(year: year, month: month + 1, day: days + 1) == nil)
      }
    }
    #expect(CivilDate(year: 2262, month: 1, day: 1) == nil && CivilDate(year: 1677, month: 12, day: 31) == nil)
  }

  @Test(arguments: [
    ("1970-01-01", 3), ("2000-02-29", 1), ("2018-04-20", 4), ("2024-03-08", 4), ("1999-12-31", 4), ("2027-12-31", 4),
  ])
  func `known weekdays, from Monday as 0`(_ text: String, _ weekday: Int) throws {
    let date = try #require(CivilDate(text))
    #expect(date.weekday == weekday && date.description == text)
  }

  @Test(arguments: ["2018-4-20", "2018-04-31", "2018-04-20T00:00:00Z", "20180420", "2018/04/20", "", "-018-04-20"])
  func `a text that is not a day is refused`(_ text: String) { #expect(CivilDate(text) == nil) }

  @Test func `an instant belongs to the UTC day that holds it`() throws {
    let date = try #require(CivilDate("2018-04-20"))
    let midnight = date.midnightUTC
    #expect(midnight.description == "2018-04-20T00:00:00Z")
    #expect(CivilDate(utc: midnight) == date)
    #expect(CivilDate(utc: Timestamp(nanoseconds: midnight.nanoseconds - 1)) == date.adding(days: -1))
    #expect(CivilDate(utc: Timestamp(nanoseconds: -1)).description == "1969-12-31")
    #expect(CivilDate(utc: midnight.adding(seconds: 86_399)) == date)
    #expect(date < date.adding(days: 1))
  }
}
