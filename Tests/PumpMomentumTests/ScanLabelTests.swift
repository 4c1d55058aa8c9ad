import MarketCalendar
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@testable import PumpMomentumLogic

private let market = QuietMarket()
private let share = Instrument.share("ABC", barSeconds: 300)

@Suite struct `Labels of a scan` {
  private let bars =
    market.history()
    + market.script(
      [(1, 1), (1, 1), (1.04, 6)] + Array(repeating: (1.05, 1), count: 30) + [(1.1, 9)], from: 0)
    + market.quiet(market.session(1))

  @Test func `a label is told when the hour is over and again when the day is`() throws {
    let told = try run(bars, [share])
    let first = try #require(told.first { $0.kind == .alert })
    let labels = told.filter { $0.kind == .label && $0.number == first.number }
    #expect(labels.map(\.time) == [first.time.adding(seconds: 3600), market.session(1).open.adding(seconds: 900)])
    #expect(labels[0].number("r_15m") == 21 / 20.8 - 1)
    #expect(labels[0].number("r_60m") == 21 / 20.8 - 1)
    #expect(labels[0].number("max_gain_60m") == 21 / 20.8 - 1)
    #expect(labels[0].number("max_loss_60m") == 0)
    #expect(labels[0].number("r_1d") == nil)
    #expect(labels[0].flag("continued") == .raised)
    #expect(labels[1].number("r_1d") == 20 / 20.8 - 1)
    #expect(labels[1].number("r_60m") == labels[0].number("r_60m"))
    #expect(labels.allSatisfy { $0.level == first.level && $0.episode == first.episode })
  }

  @Test func `confidence is the precision of earlier alerts of the same level`() throws {
    let alerts = try run(bars, [share]).filter { $0.kind == .alert }
    #expect(alerts.count >= 2)
    #expect(alerts[0].number("confidence") == 0.5)
    #expect(alerts[0].number("labelled") == 0)
    let later = try #require(
      alerts.last { $0.level == alerts[0].level && $0.time > alerts[0].time.adding(seconds: 3600) })
    #expect(later.number("labelled") == 1)
    #expect(later.number("confidence") == 16.0 / 31)
  }

  @Test func `the warm-up is not told but counts`() throws {
    let all = try run(bars, [share])
    let first = try #require(all.first { $0.kind == .alert })
    let session = SessionStart(explain: true, decideFrom: first.time.adding(seconds: 1))
    let told = try run(bars, [share], session: session)
    #expect(!told.contains { $0.time < session.decideFrom })
    #expect(!told.contains { $0.number == first.number && $0.kind != .evaluated })
    #expect(told.filter { $0.kind == .alert } == all.filter { $0.kind == .alert && $0.time >= session.decideFrom })
  }

  @Test func `what is complete is forgotten`() throws {
    var scan = Scan([try ScannedSymbol(share, Parameters(), .xnys)], SessionStart())
    for bar in bars {
      try scan.onBar(bar)
      scan.evaluate(at: bar.end)
    }
    #expect(scan.alertCount > 0)
    #expect(scan.trackers.isEmpty)
    #expect(scan.symbols[0].openLabels == 0)
    #expect(scan.findings.isEmpty && scan.endings.isEmpty)
  }
}
