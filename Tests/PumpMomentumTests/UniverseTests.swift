import MarketCalendar
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@testable import PumpMomentumLogic

private let market = QuietMarket()

@Suite struct `Several symbols` {
  /// Six shares whose third bar of the scripted day rises by these fractions with this volume.
  private func universe() throws -> [Observation] {
    let rises: [(String, Double, Double)] = [
      ("FFF", 1.04, 6), ("EEE", 1.07, 12), ("DDD", 1.04, 6), ("CCC", 1.045, 6), ("BBB", 1.06, 9), ("AAA", 1, 1),
    ]
    var bars: [Bar] = []
    for (id, (_, price, volume)) in rises.enumerated() {
      bars += market.history(id: UInt32(id))
      bars += market.script([(1, 1), (1, 1), (price, volume)], id: UInt32(id))
    }
    let instruments = rises.enumerated().map { Instrument.share($1.0, id: UInt32($0), barSeconds: 300) }
    return try run(bars, instruments)
  }

  @Test func `alerts of one instant are ranked by level, score and symbol`() throws {
    let alerts = try universe().filter { $0.kind == .alert }
    #expect(alerts.map(\.instrument.index) == [1, 4, 3, 2, 0])
    #expect(alerts.map(\.level) == ["pump_signal", "pump_signal", "pump_watch", "pump_watch", "pump_watch"])
    #expect(alerts.map(\.number) == [1, 2, 3, 4, 5])
    #expect(alerts[3].score == alerts[4].score)
    #expect(alerts[0].score! > alerts[1].score! && alerts[2].score! > alerts[3].score!)
    #expect(Set(alerts.map(\.episode)) == [1, 2, 3, 4, 5])
  }

  @Test func `three are shown and the others are told in one digest`() throws {
    let told = try universe()
    let alerts = told.filter { $0.kind == .alert }
    #expect(alerts.map { $0.text.isEmpty } == [false, false, false, true, true])
    let digests = told.filter { $0.kind == .digest }
    #expect(digests.count == 1)
    #expect(digests[0].text.hasPrefix("2 more: DDD pump_watch "))
    #expect(digests[0].text.contains(", FFF pump_watch "))
    #expect(digests[0].number == 0)
    #expect(digests[0].time == alerts[0].time)
  }

  @Test func `the line for a person names the symbol, the level and what happened`() throws {
    let first = try #require(try universe().first { $0.kind == .alert })
    #expect(first.text.hasPrefix("EEE pump_signal "))
    #expect(first.text.hasSuffix("(open) at 21.4: +7.0 % in 15 min, volume x4.7; 0 of 0 such alerts continued"))
  }

  @Test func `fading comes last`() {
    let symbols = try! (0..<3).map { try ScannedSymbol(.share("S\($0)", id: UInt32($0)), Parameters(), .xnys) }
    let episode = Episode(
      number: 1, openedAt: .distantPast, best: .watch, held: nil, lastLevelAt: .distantPast, lastAlertAt: .distantPast,
      lastAlertScore: 0)
    let findings = [(0, Level.fading, 99.0), (1, .watch, 1), (2, .signal, 0)].map { symbol, level, score in
      Finding(symbol: symbol, level: level, reason: .open, inputs: .example(), score: score, episode: episode)
    }
    #expect(findings.sorted { $0.precedes($1, symbols: symbols) }.map(\.level) == [.signal, .watch, .fading])
  }
}
