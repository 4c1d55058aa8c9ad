import MarketCalendar
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@testable import PumpMomentumLogic

/// What is kept from bar to bar gives what a fresh computation from all bars gives.
@Suite struct `Incremental equals naive` {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var world: World
    var calendar: SessionCalendar
    var first: String
    var sessions: Int
    var testDescription: String { name }
  }

  // Thanksgiving 2021: the session of 11-26 is a half-day; summer time ends in Europe on 2021-10-31.
  static let cases: [Case] = [
    Case(
      name: "shares, 1 min", world: World(seed: 1, barsPerPump: 300), calendar: .xnys, first: "2021-11-01", sessions: 27
    ),
    Case(
      name: "shares, 5 min, late start", world: World(seed: 2, barSeconds: 300, barsPerPump: 80, late: 3),
      calendar: .xnys, first: "2021-11-08", sessions: 32),
    Case(
      name: "London, 5 min, fractions", world: World(seed: 3, barSeconds: 300, barsPerPump: 80, fractionalVolume: true),
      calendar: .xlon, first: "2021-10-11", sessions: 30),
    Case(
      name: "coins, 5 min, sparse",
      world: World(seed: 4, barSeconds: 300, missingBars: 50, barsPerPump: 150, late: 100, fractionalVolume: true),
      calendar: .aroundTheClock, first: "2018-11-01", sessions: 28),
    Case(
      name: "coins, 1 min", world: World(seed: 5, missingBars: 60, missingSessions: 20, barsPerPump: 500, late: 1020),
      calendar: .aroundTheClock, first: "2018-11-01", sessions: 22),
  ]

  private func symbol(_ row: Case) throws -> ScannedSymbol {
    let instrument: Instrument =
      row.calendar.isAroundTheClock
      ? .coin(barSeconds: Int32(row.world.barSeconds))
      : .example("ABC", exchange: row.calendar.name, barSeconds: Int32(row.world.barSeconds))
    return try ScannedSymbol(instrument, Parameters(), row.calendar)
  }

  private func isClose(_ a: Double, _ b: Double) -> Bool {
    (a.isNaN && b.isNaN) || (a - b).magnitude <= 1e-9 * max(1, b.magnitude)
  }

  private func numbers(_ inputs: Inputs) -> [(String, Double)] {
    inputs.fields.map { field in
      switch field.value {
      case .number(let value): (field.name, value ?? .nan)
      case .integer(let value): (field.name, Double(value))
      default: (field.name, .infinity)
      }
    }
  }

  @Test(arguments: cases) func `every input of every looked-at bar`(row: Case) throws {
    let bars = row.world.bars(row.calendar.sessions(from: row.first, count: row.sessions))
    let naive = Naive(
      bars, row.calendar, tick: row.calendar.isAroundTheClock ? 1e-8 : 0.01, barSeconds: row.world.barSeconds)
    var market = try symbol(row).market
    var (checked, found) = (0, [String]())
    for (place, bar) in bars.enumerated() {
      if case .another(let session) = market.place(of: bar) { market.begin(session, with: bar) }
      market.add(bar)
      // Every bar around a session's start, and a sample of the others: the naive way is slow.
      guard place % 23 == 0 || bar.start.seconds - market.session.open / 1_000_000_000 < 900 else { continue }
      checked += 1
      let own = numbers(market.inputs(fifteen: market.measures(minutes: 15)))
      for ((name, value), (_, expected)) in zip(own, numbers(naive.inputs(at: place))) where !isClose(value, expected) {
        found.append("\(bar.end) \(name): \(value), naive \(expected)")
      }
    }
    #expect(found.prefix(5) == [])
    #expect(checked > 100)
  }

  private func observations(_ row: Case, explain: Bool, bars: [Bar]) throws -> [Observation] {
    var scan = Scan([try symbol(row)], SessionStart(explain: explain))
    for bar in bars {
      try scan.onBar(bar)
      scan.evaluate(at: bar.end)
    }
    scan.finish()
    return scan.takeReports()
  }

  @Test(arguments: cases) func `the alerts and endings of the rules written out`(row: Case) throws {
    let bars = row.world.bars(row.calendar.sessions(from: row.first, count: row.sessions))
    let naive = Naive(
      bars, row.calendar, tick: row.calendar.isAroundTheClock ? 1e-8 : 0.01, barSeconds: row.world.barSeconds)
    let expected = NaiveEpisodes.lines(naive, try symbol(row).rules)
    let told = try observations(row, explain: false, bars: bars)
    let lines = told.filter { $0.kind == .alert || $0.kind == .episodeClosed }
      .map { "\($0.time) \($0.kind == .alert ? $0.level : "closed") \($0.code)" }
    #expect(lines == expected)
    #expect(expected.count > 10, "the world is lively enough to test something")
  }

  @Test(arguments: cases) func `explaining changes nothing but what is told`(row: Case) throws {
    let bars = row.world.bars(row.calendar.sessions(from: row.first, count: row.sessions))
    let silent = try observations(row, explain: false, bars: bars)
    let told = try observations(row, explain: true, bars: bars)
    #expect(difference(told.filter { $0.kind != .evaluated }, silent) == nil)
    #expect(told.count { $0.kind == .evaluated || $0.kind == .alert } == bars.count)
  }

  @Test(arguments: cases) func `what is told by an instant does not depend on what comes after it`(row: Case) throws {
    let bars = row.world.bars(row.calendar.sessions(from: row.first, count: row.sessions))
    let whole = try observations(row, explain: false, bars: bars)
    let cut = bars[bars.count * 4 / 5].end
    let part = try observations(row, explain: false, bars: bars.filter { $0.end <= cut })
    let early = whole.filter { $0.time <= cut && $0.kind != .label }
    #expect(difference(part.filter { $0.kind != .label }, early) == nil)
    #expect(!early.isEmpty)
  }
}
