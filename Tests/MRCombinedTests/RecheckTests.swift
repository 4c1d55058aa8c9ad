import MarketCalendar
import Testing
import TradingTypes

@testable import MRCombinedLogic

/// A signal at close 100, ATR 2, stop 93, that lives to 2018-04-23 14:00 UTC, confirmed at that session's open.
@Suite struct `Confirmation before the order` {
  struct Setting: Sendable, CustomTestStringConvertible {
    var fails: [String] = []
    var now = "2018-04-23T13:30:00Z"
    var quote = "2018-04-23T13:30:00Z"
    var price = "100"
    var isOpen: Bool? = true
    var wins = 60
    var occupation: UInt32 = 0
    var sinceStop: Int?
    var tripped = false
    let why: String
    var testDescription: String { why }
  }

  @Test(arguments: [
    Setting(why: "nothing has changed"),
    Setting(now: "2018-04-23T14:00:00Z", quote: "2018-04-23T14:00:00Z", why: "the last instant of its life"),
    Setting(fails: ["ttl"], now: "2018-04-23T14:00:01Z", quote: "2018-04-23T14:00:01Z", why: "its life is over"),
    Setting(now: "2018-04-23T13:30:15Z", why: "a quote of 15 seconds"),
    Setting(fails: ["quote_age"], now: "2018-04-23T13:30:16Z", why: "a quote of 16 seconds"),
    Setting(fails: ["quote_age"], quote: "2018-04-23T13:30:01Z", why: "a quote from the future"),
    Setting(fails: ["in_session"], isOpen: false, why: "the market is closed"),
    Setting(isOpen: nil, why: "nobody knows whether the market is open"),
    Setting(fails: ["free"], occupation: 1, why: "a position has appeared"),
    Setting(fails: ["cooldown"], sinceStop: 0, why: "a stop has filled"),
    Setting(fails: ["breaker"], tripped: true, why: "the breaker has tripped"),
    Setting(price: "101", why: "half an ATR above"), Setting(price: "99", why: "half an ATR below"),
    Setting(fails: ["price_move"], price: "98.99", why: "more than half an ATR below"),
    Setting(fails: ["price_move", "ev_net"], price: "101.5", why: "a rise that eats the expected value"),
    Setting(fails: ["above_stop", "price_move"], price: "93", why: "a price at the stop"),
    Setting(fails: ["p_hat", "ev_net"], wins: 30, why: "the store has lost its faith"),
  ]) func `only what changed for the worse fails`(_ setting: Setting) {
    let conditions = confirmation(setting).conditions()
    #expect(conditions.filter { !$0.passed }.map(\.name) == setting.fails)
  }

  @Test func `the conditions come in the order of the specification`() {
    #expect(
      confirmation(Setting(why: "")).conditions().map(\.name) == [
        "ttl", "quote_age", "in_session", "spread", "earnings", "free", "cooldown", "breaker", "calendar", "above_stop",
        "price_move", "p_hat", "ev_net",
      ])
  }

  @Test func `the expected value loses what the price rose and gains nothing when it fell`() throws {
    let evidence = confirmation(Setting(why: "")).evidence
    for (price, loss) in [("100.5", 0.005), ("99.5", 0), ("100", 0)] {
      let conditions = confirmation(Setting(price: price, why: "")).conditions()
      let value = try #require(conditions.last).value
      #expect(close(value, evidence.expectedValue(cost: 0.001) - loss, within: 1e-12))
    }
  }

  func confirmation(_ setting: Setting) -> OrderConfirmation {
    OrderConfirmation(
      signal: RaisedSignal(
        barTime: instant("2018-04-20T00:00:00Z"), session: 7, close: 100, atr: 2, score: 0.6, stop: price("93"),
        expiresAt: instant("2018-04-23T14:00:00Z")),
      now: instant(setting.now), price: price(setting.price), quoteTime: instant(setting.quote), isOpen: setting.isOpen,
      facts: StateFacts(
        occupation: StateFacts.Occupation(rawValue: setting.occupation), sessionsSinceStop: setting.sinceStop,
        breakerTripped: setting.tripped, nextSession: .known("2018-04-23")),
      evidence: Evidence(
        count: 80, wins: setting.wins, sumOfWins: Double(setting.wins) * 0.04,
        sumOfLosses: Double(80 - setting.wins) * 0.02, Parameters()),
      cost: 0.001, parameters: Parameters())
  }
}
