import MarketCalendar
import Testing
import TradingTypes

@testable import MRCombinedLogic

@Suite struct `Earnings reports` {
  /// Sessions of that week: Monday 16 to Friday 20 April 2018, then Monday 23.
  @Test(
    arguments: [
      // A signal of Tuesday the 17th: t+1 is Wednesday, t+2 Thursday.
      ("AAA:2018-04-17:before_open", nil), ("AAA:2018-04-17:after_close", 1), ("AAA:2018-04-17", 1),
      ("AAA:2018-04-18:before_open", 1), ("AAA:2018-04-18:after_close", 2), ("AAA:2018-04-18", 1),
      ("AAA:2018-04-19:before_open", 2), ("AAA:2018-04-19:after_close", 3), ("AAA:2018-04-19", 2),
      ("AAA:2018-04-20:before_open", 3), ("AAA:2018-04-16:after_close", nil),
      // On a Saturday it moves Monday, four sessions on.
      ("AAA:2018-04-21", 4), ("AAA:2018-04-21:after_close", 4), ("BBB:2018-04-18", nil),
    ] as [(String, Int?)])
  func `the nearest session a report may move`(_ text: String, _ sessions: Int?) {
    var unreadable: [String] = []
    let calendar = EarningsCalendar([text], unreadable: &unreadable)
    #expect(unreadable.isEmpty)
    let clock = SessionClock(calendar: .xnys)
    #expect(calendar.sessionsToReport(of: "AAA", after: date("2018-04-17"), clock) == sessions)
  }

  @Test func `of several reports the nearest counts`() {
    var unreadable: [String] = []
    let calendar = EarningsCalendar(
      ["AAA:2018-07-18", "AAA:2018-04-18:after_close", "AAA:2018-01-18"], unreadable: &unreadable)
    let clock = SessionClock(calendar: .xnys)
    #expect(calendar.sessionsToReport(of: "AAA", after: date("2018-04-17"), clock) == 2)
  }

  @Test(arguments: ["AAA", "AAA:2018-02-30", "AAA:2018-04-18:noon", ":2018-04-18", "AAA:2018-04-18:after_close:x", ""])
  func `other texts are told apart`(_ text: String) {
    var unreadable: [String] = []
    _ = EarningsCalendar([text, "AAA:2018-04-18"], unreadable: &unreadable)
    #expect(unreadable == [text])
  }
}
