import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@testable import MRCombinedLogic

/// AAPL on 2018-04-20, to every digit the specification prints, through the strategy as the host calls it.
@Suite(.needsSharedData) struct `Worked example` {
  /// The signals and virtual trades of an explained session from that day on.
  static let explained = Result {
    let host = TestHost(declared: [:])
    host.fund(Money("10000", .usd)!)
    let driver = try StrategyDriver(
      MRCombined.self, route: .tables, host: host, instruments: [equity("AAPL")],
      session: SessionStart(explain: true, decideFrom: date("2018-04-20").midnightUTC))
    try driver.offer(SharedData.bars(of: "AAPL", id: 0).filter { $0.start <= date("2018-05-04").midnightUTC })
    return (signals: driver.signals, virtualTrades: driver.virtualTrades)
  }

  /// Whether a number prints as the text says, with its digits after the point or its significant digits.
  static func prints(_ value: Double?, _ text: String, per unit: Double = 1) -> Bool {
    guard let value, let shown = Double(text) else { return false }
    let digits = text.split(separator: ".").last?.count ?? 0
    var half = 0.5
    for _ in 0..<digits { half /= 10 }
    return abs(value / unit - shown) <= half * (1 + 1e-9)
  }

  @Test func `inputs, sub-scores and score`() throws {
    let told = try #require(Self.explained.get().signals.first)
    #expect(told.close == 41.43)
    #expect(told.barTime == instant("2018-04-20T00:00:00Z"))
    #expect(told.decidedAt == instant("2018-04-20T20:00:00Z"))
    for (name, text) in [
      ("inputs.rsi2", "4.26893"), ("inputs.z20", "-1.40804"), ("inputs.ibs", "0.0500877"), ("inputs.r5", "-0.0515653"),
      ("inputs.z5", "-1.29369"), ("inputs.rv", "2.05598"), ("inputs.atr14", "0.987425"), ("inputs.sma5", "43.5210"),
      ("inputs.sma200", "41.3812"), ("sub_scores.r", "0.715405"), ("sub_scores.z", "0.272029"),
      ("sub_scores.b", "0.833041"), ("sub_scores.d", "0.310681"),
    ] { #expect(Self.prints(told.number(name), text), "\(name) is \(told.number(name) ?? .nan)") }
    #expect(Self.prints(told.score, "0.569312"))
    #expect(close(try #require(told.number("inputs.percent_b")), (-1.40804 + 2) / 4, within: 1e-4))
  }

  @Test func `gates, plan and size`() throws {
    let told = try #require(Self.explained.get().signals.first)
    #expect(told.checks.count == 12)
    #expect(told.failed == [])
    #expect(told.decimal("plan.entry") == price("41.43"))
    #expect(told.decimal("plan.stop") == price("37.98"))
    #expect(told.decimal("plan.target") == price("43.53"))
    #expect(told.decimal("plan.limit_entry") == price("41.18"))
    #expect(told.decimal("plan.quantity") == price("14"))
    #expect(told.ownQuantity == Quantity("14"))
    #expect(told.stopPrice == price("37.98"))
    #expect(told.stopDistance == price("3.455987185"))
    #expect(told.targetPrice == nil)
    #expect(told.timeStopCloses == 7)
    #expect(told.expiresAt == instant("2018-04-23T14:00:00Z"))
  }

  @Test func `evidence of the symbol's own earlier trades raises it`() throws {
    let told = try #require(Self.explained.get().signals.first)
    #expect(told.verdict == .raised)
    #expect(told.number("ev.n") == 34)
    #expect(told.number("ev.wins") == 26)
    #expect(Self.prints(told.number("ev.p_hat"), "0.6757"))
    #expect(Self.prints(told.number("ev.p_low"), "0.584"))
    #expect(Self.prints(told.number("ev.p_high"), "0.762"))
    #expect(Self.prints(told.number("ev.win_avg"), "1.767", per: 0.01))
    #expect(Self.prints(told.number("ev.loss_avg"), "2.243", per: 0.01))
    #expect(Self.prints(told.number("ev.ev_net"), "0.366", per: 0.01))
    #expect(Self.prints(told.expectedValue, "0.366", per: 0.01))
    #expect(Self.prints(told.confidence, "67.57"))
    #expect(close(try #require(told.number("ev.cost")), 0.001, within: 1e-12))
    #expect(told.number("warming_up.near_trades") == 34)
    #expect(told.text.contains("warming up: 34 of 40"))
  }

  @Test func `its replay ends on 2018-05-01 with a small loss`() throws {
    let trade = try #require(Self.explained.get().virtualTrades.first)
    #expect(trade.signalTime == instant("2018-04-20T00:00:00Z"))
    #expect(trade.entryTime == instant("2018-04-23T00:00:00Z"))
    #expect(trade.exitTime == instant("2018-05-01T00:00:00Z"))
    #expect(trade.entry == price("41.7075"))
    #expect(trade.stop == price("38.26"))
    #expect(trade.exit == price("41.602501"))
    #expect(trade.code == "sma5")
    #expect(trade.sessionCloses == 6)
    #expect(Self.prints(trade.grossReturn, "-0.252", per: 0.01))
  }

  @Test func `the symbol is not free again before the session of its exit has closed`() throws {
    let signals = try Self.explained.get().signals
    let busy = signals.filter { $0.failed.contains("free") }
    #expect(
      busy.map { $0.barTime }
        == ["2018-04-23", "2018-04-24", "2018-04-25", "2018-04-26", "2018-04-27", "2018-04-30"]
        .map { date($0).midnightUTC })
  }
}
