import Testing
import TradingTypes

@testable import TradingCore

/// Equity as a line over one instrument's price says what the core says after each bar, or does not speak at all.
@Suite struct `Equity as a line over a price` {
  private static let prices = [100.0, 0.01, 99.123456789, 3_000_000.25, 150_000_000, 9_100_000_000, .infinity]

  private func agrees(_ h: CoreHarness, _ instrument: UInt32) {
    guard let line = h.core.equityLine(InstrumentID(instrument)) else {
      Issue.record("no line")
      return
    }
    for price in Self.prices {
      h.bar(price, instrument)
      let mark = h.core.equityMark()
      #expect(line.nanos(at: price) == mark.nanos, "at \(price)")
      #expect(line.isInvested == mark.isInvested)
    }
  }

  @Test func `is the cash while nothing is held`() {
    let h = CoreHarness()
    h.bar(100)
    agrees(h, 0)
  }

  @Test(arguments: [UInt32(0), 1, 2]) func `follows what is held, with the rest at its last price`(_ instrument: UInt32)
  {
    let h = CoreHarness()
    for (place, quantity) in [(UInt32(0), "10"), (1, "3")] {
      h.bar(100, place)
      _ = h.open(h.proposal(place, quantity: quantity), at: "100.5")
    }
    h.bar(50, 2)
    agrees(h, instrument)
  }

  @Test func `does not speak where it is none: parts of units, a price that is not known`() {
    let parts = CoreHarness()
    parts.bar(100)
    parts.raise(parts.proposal())
    let order = parts.takePlaced()[0]
    parts.accept(order)
    parts.fill(order, "2.5", at: "100")
    #expect(parts.core.equityLine(InstrumentID(0)) == nil)
    #expect(parts.core.equityLine(InstrumentID(1))?.nanos(at: 7) == parts.core.equityMark().nanos)

    let unknown = CoreHarness()
    unknown.bar(100)
    _ = unknown.open(unknown.proposal(), at: "100")
    unknown.bar(.infinity)
    #expect(unknown.core.equityLine(InstrumentID(1)) == nil)
  }
}
