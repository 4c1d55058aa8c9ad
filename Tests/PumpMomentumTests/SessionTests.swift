import MarketCalendar
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@testable import PumpMomentumLogic

private let market = QuietMarket()
private let share = Instrument.share("ABC", barSeconds: 300)

/// Slots of a session of 78 five-minute bars.
private let lastSlot = 77

@Suite struct `Sessions` {
  @Test func `an episode ends with its session, after the alert of its last bar`() throws {
    let script = market.script([(1, 1), (1.02, 6), (1.04, 6)], from: lastSlot - 2)
    let transcript = Transcript(try run(market.history() + script, [share]))
    #expect(transcript.alerts.map(\.line) == ["20:00 pump_watch open"])
    #expect(transcript.episodes[0].closeReason == "session_end")
    #expect(transcript.episodes[0].closedAt == market.session().close)
    // No minute is left until the close: the return is zero, and that is not a rise.
    let label = try #require(transcript.alerts[0].label)
    #expect(label.number("r_60m") == 0)
    #expect(label.flag("continued") == .clear)
  }

  @Test func `an episode whose session ended without a bar is closed when the next bar comes`() throws {
    let script = market.script([(1, 1), (1.02, 6), (1.04, 6)], from: 10)
    let next = market.script([(1, 1)], session: 1)
    let transcript = Transcript(try run(market.history() + script + next, [share]))
    #expect(transcript.episodes[0].closeReason == "session_end")
    #expect(transcript.episodes[0].closedAt == market.session().close)
  }

  @Test func `a bar of another symbol tells that the session has ended`() throws {
    let script = market.script([(1, 1), (1.02, 6), (1.04, 6)], from: 10)
    let other = market.script([(1, 1)], id: 1, session: 1)
    let transcript = Transcript(
      try run(market.history() + script + other, [share, .share("XYZ", id: 1, barSeconds: 300)]))
    #expect(transcript.episodes[0].closedAt == market.session().close)
  }

  @Test func `an episode is left open when the data ends inside its session`() throws {
    let script = market.script([(1, 1), (1.02, 6), (1.04, 6)], from: 10)
    let transcript = Transcript(try run(market.history() + script, [share]))
    #expect(transcript.alerts.count == 1)
    #expect(transcript.episodes[0].closeReason == nil)
    // The hour was not over: the label says so instead of guessing.
    let label = try #require(transcript.alerts[0].label)
    #expect(label.number("r_60m") == nil && label.number("max_gain_60m") == nil)
    #expect(label.flag("continued") == .unknown)
  }

  @Test func `bars outside the regular session are ignored`() throws {
    let session = market.session()
    let before = Bar(
      start: session.open.adding(seconds: -300), end: session.open, open: 90, high: 90, low: 90, close: 90, volume: 1e9,
      instrument: InstrumentID(0))
    var after = before
    (after.start, after.end) = (session.close, session.close.adding(seconds: 300))
    let script = market.script([(1, 1), (1.02, 6), (1.04, 6)])
    let plain = try run(market.history() + script, [share], session: SessionStart(explain: true))
    let mixed = try run(market.history() + script + [before, after], [share], session: SessionStart(explain: true))
    func told(_ observations: [Observation]) -> [Observation] {
      observations.filter { $0.kind == .evaluated || $0.kind == .alert }
    }
    #expect(difference(told(plain), told(mixed)) == nil)
    #expect(plain.contains { $0.kind == .alert })
    // The bar after the close is ignored, but its instant tells that the session is over.
    #expect(mixed.last { $0.kind == .episodeClosed }?.time == session.close)
  }

  @Test func `a half-day is left out of the windows that end after its close`() throws {
    // The half-day of 2021-11-26 closed at 13:00 in New York.
    let market = QuietMarket(first: "2021-11-10")
    let sessions = market.calendar.sessions(from: market.first, count: QuietMarket.history)
    #expect(sessions.count { $0.isEarlyClose } == 1)
    let today = market.quiet(market.session())
    let told = try run(market.history() + today, [share], session: SessionStart(explain: true))
    for observation in told where observation.time > market.session().open {
      let minutes = (observation.time.seconds - market.session().open.seconds) / 60
      #expect(observation.number("n") == (minutes <= 210 ? 14 : 13))
    }
    #expect(told.last?.time == market.session().close)
  }

  @Test func `on a half-day the momentum is still measured in full sessions`() throws {
    let market = QuietMarket(first: "2021-11-05")
    #expect(market.session().isEarlyClose)
    let told = try run(
      market.history() + market.script([(1, 1), (1.02, 6), (1.04, 6)]), [share], session: SessionStart(explain: true))
    let alert = try #require(told.last { $0.kind == .alert })
    let share = try #require(alert.number("atr_pct"))
    let expected = 0.04 / (share * (15.0 / 390).squareRoot())
    #expect((alert.number("m15")! - expected).magnitude < 1e-12)
  }

  @Test func `the first session counts only if it begins with the session's first bar`() throws {
    for (dropped, expected) in [(0, 14.0), (1, 13.0)] {
      let bars = Array(market.history().dropFirst(dropped)) + market.script([(1, 1)])
      let told = try run(bars, [share], session: SessionStart(explain: true))
      #expect(told.last?.number("n") == expected)
      #expect(told.last?.number("days") == expected)
    }
  }

  @Test func `a later session counts even if its first bar is missing`() throws {
    let late = market.history().filter { $0.start != market.calendar.sessions(from: market.first, count: 2)[1].open }
    let told = try run(late + market.script([(1, 1)]), [share], session: SessionStart(explain: true))
    #expect(told.last?.number("n") == 14)
  }

  @Test func `sessions without a bar are missing, not empty`() throws {
    let told = try run(
      market.history(without: [3, 4]) + market.script([(1, 1)]), [share], session: SessionStart(explain: true))
    #expect(told.last?.number("n") == 12)
    #expect(told.last?.number("median15") == QuietMarket.volume)
  }

  @Test func `too few sessions are told apart`() throws {
    let bars = market.history(without: [0, 1, 2, 3, 4]) + market.script([(1, 1)])
    func code(_ options: [String: String]) throws -> String? {
      try run(bars, [share], options: options, session: SessionStart(explain: true)).last?.code
    }
    #expect(try code([:]) == "insufficient_baseline")
    #expect(try code(["baseline_min": "9"]) == "insufficient_history")
    #expect(try code(["baseline_min": "9", "days_min": "9"]) == "evaluated")
  }
}
