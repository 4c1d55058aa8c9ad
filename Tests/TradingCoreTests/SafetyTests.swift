import Testing
import TradingTypes

@testable import TradingCore

@Suite struct `What goes wrong at the venue` {
  @Test func `a refused stop alarms, is tried again, and after the third time the position is left`() {
    let h = CoreHarness()
    h.bar(100)
    h.raise(h.proposal(stop: "95"))
    let entry = h.takePlaced()[0]
    h.accept(entry)
    h.fill(entry, "10", at: "100")
    for attempt in 1...3 {
      let stop = h.takePlaced()
      #expect(stop.map(\.request.type) == [.stop], "attempt \(attempt)")
      h.external(.placed(stop[0].number, .rejected, reason: "no stops today"))
      if attempt < 3 { h.bar(100) }
    }
    #expect(h.codes.filter { $0 == "unprotected" }.count == 3)
    #expect(h.takePlaced().map(\.request.type) == [.market])
    let alarms = h.effects.filter { if case .notify(let message) = $0 { message.severity == .alarm } else { false } }
    #expect(alarms.count == 3)
  }

  @Test func `a stop and a target off the tick are rounded up, toward safety`() {
    let h = CoreHarness()
    h.bar(100)
    let orders = h.open(h.proposal(stop: "95.001", target: "110.001"), at: "100")
    #expect(orders[1].request.stopPrice == Price("95.01")!)
    #expect(orders[2].request.limitPrice == Price("110.01")!)
  }

  @Test func `an entry that fills after its position ended is protected and left`() {
    let h = CoreHarness()
    h.bar(100)
    h.raise(h.proposal(stop: "95"))
    let entry = h.takePlaced()[0]
    h.accept(entry)
    h.fill(entry, "4", at: "100")
    let stop = h.takePlaced()[0]
    h.accept(stop)
    h.fill(stop, "4", at: "95")
    h.fill(entry, "6", at: "96", cumulative: "10")
    let after = h.takePlaced()
    #expect(after.map(\.request.type) == [.stop])
    #expect(after[0].request.quantity == Quantity("6")!)
    h.accept(after[0])
    h.bar(96)
    let exit = h.takePlaced()
    #expect(exit.map(\.request.quantity) == [Quantity("6")!])
    h.accept(exit[0])
    h.fill(exit[0], "6", at: "96")
    h.report(after[0], .cancelled)
    h.bar(96)
    #expect(h.trades.count == 2)
    #expect(h.openPositions == 0)
    #expect(h.cashBalance == Money("99980", .usd)!)
  }

  @Test func `reserved cash shrinks with what fills and comes back when the order ends`() {
    let h = CoreHarness()
    h.bar(100)
    h.raise(h.proposal(quantity: "10"))
    let entry = h.takePlaced()[0]
    #expect(h.buyingPower == Money("99000", .usd)!)
    h.accept(entry)
    for (filled, cumulative) in [("5", "5"), ("3", "8")] {
      h.fill(entry, filled, at: "100", cumulative: cumulative)
      #expect(h.buyingPower == Money("99000", .usd)!, "spent or held back, it is not there twice")
    }
    h.report(entry, .cancelled)
    #expect(h.buyingPower == Money("99200", .usd)!)
  }

  @Test func `a loss that is already there stops an entry that waits for this open`() {
    var limits = Limits.unlimited
    limits.maximumDailyLoss = Money("1000", .usd)!
    let h = CoreHarness(limits: limits)
    h.bar(100, 1, end: false)
    h.bar(100, 0)
    _ = h.open(h.proposal(quantity: "100"), at: "100")
    var waiting = h.proposal(1)
    waiting.flags.insert(.waitsForOpen)
    h.raise(waiting)
    h.time = h.time.adding(seconds: 60)
    for instrument: UInt32 in [0, 1] {
      let price = instrument == 0 ? "89" : "100"
      h.handle(.quote(Quote(instrument: InstrumentID(instrument), time: h.time, last: Price(price)!)))
    }
    h.handle(.endOfInstant(h.time))
    #expect(h.isBreakerTripped)
    #expect(h.takePlaced().isEmpty)
  }

  @Test func `a stop that trailed is not loosened by a later part of the entry`() {
    let h = CoreHarness()
    h.bar(100)
    var proposal = h.proposal(stop: "95")
    proposal.stopDistance = Price("5")!
    proposal.trailingDistance = Price("5")!
    h.raise(proposal)
    let entry = h.takePlaced()[0]
    h.accept(entry)
    h.fill(entry, "4", at: "100")
    h.accept(h.takePlaced()[0])
    h.bar(109, high: 110)
    #expect(h.positions[0].stop == Price("105")!)
    h.fill(entry, "6", at: "106", cumulative: "10")
    #expect(h.positions[0].stop >= Price("105")!)
  }
}
