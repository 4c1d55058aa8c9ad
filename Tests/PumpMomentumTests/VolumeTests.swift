import Foundation
import MarketCalendar
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@testable import PumpMomentumLogic

private let market = QuietMarket()
private let share = Instrument.share("ABC", barSeconds: 300)

@Suite struct `Volume` {
  @Test func `a quiet baseline counts as a deviation of a quarter`() throws {
    let told = try run(
      market.history() + market.script([(1, 1), (1, 1), (1, 8)]), [share], session: SessionStart(explain: true))
    let last = try #require(told.last)
    #expect(last.number("sd15") == 0)
    let (volume, base) = (QuietMarket.volume * 10, QuietMarket.volume * 3)
    #expect((last.number("zv15")! - log((1 + volume) / (1 + base)) / 0.25).magnitude < 1e-9)
    #expect(last.number("rvol15") == 10.0 / 3)
  }

  @Test func `without volume today there is no VWAP and no signal`() throws {
    let told = try run(
      market.history() + market.script([(1, 0), (1.03, 0), (1.06, 0)]), [share], session: SessionStart(explain: true))
    let last = try #require(told.last)
    #expect(last.kind == .evaluated && last.code == "evaluated")
    #expect(last.number("vwap") == nil)
    #expect(last.number("vw") == 0)
    #expect(last.number("rvol15") == 0)
  }

  @Test func `without volume in the baseline there is nothing to compare with`() throws {
    // All volume comes in the last slots of each baseline session, so the first windows of the day have none.
    let history = market.history().map { bar in
      var bar = bar
      if bar.start.seconds % 86_400 < 19 * 3600 { bar.volume = 0 } else { bar.volume *= 10 }
      return bar
    }
    let told = try run(history + market.script([(1, 1)]), [share], session: SessionStart(explain: true))
    let last = try #require(told.last)
    #expect(last.code == "filtered")
    #expect(last.fields.map(\.name) == ["zero_baseline"])
    #expect(last.flag("zero_baseline") == .raised)
  }

  @Test func `every failing filter is named`() throws {
    let history = market.history(price: 4, volume: 10)
    let told = try run(history + market.script([(0.2, 1)]), [share], session: SessionStart(explain: true))
    #expect(told.last?.code == "filtered")
    #expect(told.last?.fields.map(\.name) == ["price", "volume"])
  }

  @Test func `a coin compares with its average where that is higher`() {
    var clock = ClockVolumes(slotsInHour: 12)
    clock.restart(row: 0, at: 0)
    for slot in 0..<144 { clock.add(slot: slot, volume: slot < 72 ? 0 : 2) }
    // The seed is the mean of the first twelve hours.
    #expect(clock.average(slotsAgo: 0) == 1)
    #expect(clock.average(slotsAgo: 1).isNaN)
    clock.add(slot: 144, volume: 1 + 145)
    #expect((clock.average(slotsAgo: 0) - 3).magnitude < 1e-12)
    #expect(clock.average(slotsAgo: 1) == 1)
    // Two empty slots: 3 * (1 - 2/145)^2.
    clock.add(slot: 147, volume: 0)
    #expect((clock.average(slotsAgo: 1) - 3 * 143.0 / 145 * 143 / 145).magnitude < 1e-12)
    #expect(clock.volume(last: 4) == 146)
    #expect(clock.sameHour(row: 0, last: 3) == 146.0 / 4)
  }
}
