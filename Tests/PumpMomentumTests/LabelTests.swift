import MarketCalendar
import Testing
import TradingTypes

@testable import PumpMomentumLogic

@Suite struct `Labels` {
  private func times(_ alert: String, _ calendar: SessionCalendar) -> LabelTimes {
    let alert = Timestamp(alert)
    let bar = Timestamp(nanoseconds: alert.nanoseconds - 1)
    return LabelTimes(alert: alert, session: calendar.session(containing: bar)!.index, calendar)
  }

  @Test func `around the clock the times are a quarter, an hour and a day later`() {
    let times = times("2018-11-13T23:50:00Z", .aroundTheClock)
    #expect(times.quarter == Timestamp("2018-11-14T00:05:00Z"))
    #expect(times.hour == Timestamp("2018-11-14T00:50:00Z"))
    #expect(times.day == Timestamp("2018-11-14T23:50:00Z"))
    #expect(times.daySession == nil)
  }

  @Test func `at an exchange they end with the session, and a day is the same minute of the next`() {
    // A Friday in New York summer time; the Monday after it.
    let midday = times("2022-03-25T15:00:00Z", .xnys)
    #expect(midday.hour == Timestamp("2022-03-25T16:00:00Z"))
    #expect(midday.day == Timestamp("2022-03-28T15:00:00Z"))
    let late = times("2022-03-25T19:50:00Z", .xnys)
    #expect(late.quarter == Timestamp("2022-03-25T20:00:00Z"))
    #expect(late.hour == Timestamp("2022-03-25T20:00:00Z"))
    // Summer time began on 2022-03-13: ten minutes after the open is ten minutes after the open.
    #expect(times("2022-03-11T14:40:00Z", .xnys).day == Timestamp("2022-03-14T13:40:00Z"))
  }

  @Test func `before a half-day a late minute's next day is the early close`() {
    // Thanksgiving 2021 was on Thursday the 25th; Friday closed at 18:00 UTC.
    #expect(times("2021-11-24T20:30:00Z", .xnys).day == Timestamp("2021-11-26T18:00:00Z"))
    #expect(times("2021-11-24T15:00:00Z", .xnys).day == Timestamp("2021-11-26T15:00:00Z"))
  }

  private static let alert = Timestamp("2018-11-13T17:01:00Z")

  private func tracker() -> LabelTracker {
    LabelTracker(
      instrument: InstrumentID(0), number: 1, episode: 1, level: .signal, time: Self.alert, price: 100,
      times: times("2018-11-13T17:01:00Z", .aroundTheClock), isReported: true)
  }

  private func bar(_ minute: Int64, high: Double, low: Double) -> Bar {
    let start = Self.alert.adding(seconds: minute * 60)
    return Bar(
      start: start, end: start.adding(seconds: 60), open: low, high: high, low: low, close: low, volume: 1,
      instrument: InstrumentID(0))
  }

  @Test func `gain and loss count bars inside the hour only`() {
    var tracker = tracker()
    tracker.add(bar(-1, high: 500, low: 1))
    tracker.add(bar(0, high: 110, low: 99))
    tracker.add(bar(59, high: 105, low: 80))
    tracker.add(bar(60, high: 900, low: 2))
    tracker.settle(by: tracker.times.hour, price: 101, session: 0)
    #expect(tracker.label.maxGain60 == 110.0 / 100 - 1)
    #expect(tracker.label.maxLoss60 == 80.0 / 100 - 1)
    #expect(tracker.label.r60 == 101.0 / 100 - 1)
    #expect(tracker.label.continued == true)
  }

  @Test func `each part is settled once, when it is due`() {
    var tracker = tracker()
    #expect(tracker.due == tracker.times.quarter)
    tracker.settle(by: Self.alert.adding(seconds: 899), price: 50, session: 0)
    #expect(tracker.label.r15.isNaN)
    tracker.settle(by: Self.alert.adding(seconds: 900), price: 98, session: 0)
    #expect(tracker.label.r15 == 98.0 / 100 - 1)
    #expect(!tracker.hasNews)
    #expect(tracker.due == tracker.times.hour)
    #expect(tracker.label.continued == nil)
    tracker.settle(by: Self.alert.adding(seconds: 3600), price: 100, session: 0)
    #expect(tracker.label.r15 == 98.0 / 100 - 1)
    #expect(tracker.label.continued == false, "an unchanged price did not continue")
    #expect(tracker.label.maxGain60.isNaN, "no bar came within the hour")
    #expect(tracker.hasNews)
    tracker.markTold()
    #expect(!tracker.hasNews)
    #expect(!tracker.isComplete)
    #expect(tracker.due == tracker.times.day)
    tracker.settle(by: Self.alert.adding(seconds: 86_400), price: 150, session: 1)
    #expect(tracker.label.r1d == 0.5)
    tracker.markTold()
    #expect(tracker.isComplete)
    #expect(tracker.due == .distantFuture)
  }

  @Test func `a day later is unknown when the next session has no bar by then`() {
    let times = times("2022-03-18T15:00:00Z", .xnys)
    for (session, known) in [(times.daySession! - 1, false), (times.daySession!, true)] {
      var tracker = LabelTracker(
        instrument: InstrumentID(0), number: 1, episode: 1, level: .watch, time: Timestamp("2022-03-18T15:00:00Z"),
        price: 100, times: times, isReported: true)
      tracker.settle(by: times.day!, price: 110, session: session)
      tracker.markTold()
      #expect(tracker.label.r1d.isNaN == !known)
      #expect(tracker.isComplete)
    }
  }
}
