import Testing
import TradingTypes

@testable import TradingCore

@Suite struct `The road` {
  @Test func `a signal becomes an order, a position with protection, and a trade`() {
    let h = CoreHarness()
    h.bar(100)
    let orders = h.open(h.proposal(stop: "95", target: "110"), at: "100.5")
    #expect(orders.map(\.request.type) == [.market, .stop, .limit])
    #expect(orders.map(\.request.side) == [.buy, .sell, .sell])
    #expect(orders[1].request.ocoGroup == orders[2].request.ocoGroup)
    #expect(orders[1].request.stopPrice == Price("95")!)
    #expect(orders[2].request.limitPrice == Price("110")!)
    h.fill(orders[2], "10", at: "110")
    h.report(orders[1], .cancelled)
    h.bar(110)
    #expect(h.trades.count == 1)
    #expect(h.trades.first?.pnl == Money("95", .usd)!)
    #expect(h.trades.first?.exitReason == .target)
    #expect(h.cashBalance == Money("100095", .usd)!)
    #expect(h.openPositions == 0)
  }

  @Test func `the stop is set again from the fill, rounded up to the tick`() {
    let h = CoreHarness()
    h.bar(100)
    var proposal = h.proposal(stop: "95")
    proposal.stopDistance = Price("3.4559875")!
    let orders = h.open(proposal, at: "41.7075")
    #expect(orders[1].request.stopPrice == Price("38.26")!)
  }

  @Test func `protection follows each part that fills`() {
    let h = CoreHarness()
    h.bar(100)
    h.raise(h.proposal(stop: "95"))
    let entry = h.takePlaced()[0]
    h.accept(entry)
    h.fill(entry, "4", at: "100")
    let stop = h.takePlaced()[0]
    #expect(stop.request.quantity == Quantity("4")!)
    h.accept(stop)
    h.fill(entry, "6", at: "100", cumulative: "10")
    let replaced = h.effects.compactMap { effect in
      if case .replace(_, _, let quantity, _) = effect { quantity } else { nil }
    }
    #expect(replaced == [Quantity("10")!])
  }

  @Test func `a fill told twice is booked once`() {
    let h = CoreHarness()
    h.bar(100)
    h.raise(h.proposal())
    let entry = h.takePlaced()[0]
    h.accept(entry)
    for _ in 0..<3 { h.fill(entry, "10", at: "100") }
    #expect(h.counters.fills == 1)
    #expect(h.cashBalance == Money("99000", .usd)!)
  }

  @Test func `a fill with a gap books nothing and blocks the symbol`() {
    let h = CoreHarness()
    h.bar(100)
    h.raise(h.proposal())
    let entry = h.takePlaced()[0]
    h.accept(entry)
    h.fill(entry, "4", at: "100", cumulative: "8")
    #expect(h.counters.fills == 0)
    #expect(h.holding(InstrumentID(0)).isBlocked)
    #expect(h.codes.last == "illegal_report")
  }

  @Test func `an unknown outcome blocks the symbol until evidence comes`() {
    let h = CoreHarness()
    h.bar(100)
    h.raise(h.proposal())
    let entry = h.takePlaced()[0]
    h.external(.placed(entry.number, .unknown, reason: "timeout"))
    #expect(h.holding(InstrumentID(0)).isBlocked)
    h.bar(100)
    h.raise(h.proposal())
    #expect(h.takePlaced().isEmpty)
    #expect(h.codes.contains("symbol_blocked"))
    h.external(.placed(entry.number, .accepted, reason: "found by client id"))
    #expect(!h.holding(InstrumentID(0)).isBlocked)
    h.fill(entry, "10", at: "100")
    #expect(h.openPositions == 1)
  }

  @Test func `an order that never arrived leaves no position and frees its cash`() {
    let h = CoreHarness()
    h.bar(100)
    h.raise(h.proposal())
    let entry = h.takePlaced()[0]
    h.external(.placed(entry.number, .unknown, reason: "timeout"))
    h.external(.placed(entry.number, .notFound, reason: ""))
    h.bar(100)
    #expect(!h.holding(InstrumentID(0)).isBlocked)
    #expect(h.buyingPower == Money("100000", .usd)!)
    h.raise(h.proposal())
    #expect(h.takePlaced().count == 1)
  }

  @Test func `a report of nobody's order blocks its symbol`() {
    let h = CoreHarness()
    h.bar(100)
    var foreign = OrderRequest(
      clientOrderID: "X-1", instrument: InstrumentID(1), side: .buy, type: .market, timeInForce: .day,
      quantity: Quantity("1")!, createdAt: h.time)
    foreign.limitPrice = .zero
    h.fill((1, foreign), "1", at: "100")
    #expect(h.holding(InstrumentID(1)).isBlocked)
    #expect(h.cashBalance == Money("100000", .usd)!)
  }

  @Test func `a second signal in a held symbol is refused with the quantity`() {
    let h = CoreHarness()
    h.bar(100)
    _ = h.open(h.proposal(), at: "100")
    h.bar(100)
    h.raise(h.proposal())
    #expect(h.codes.last == "symbol_already_held")
    #expect(h.takePlaced().isEmpty)
  }

  @Test func `limits leave what the better ranked signals did not take`() {
    var limits = Limits.unlimited
    limits.maximumPositions = 2
    let h = CoreHarness(limits: limits)
    for index in 0..<3 { h.bar(100, UInt32(index), end: false) }
    for (index, score) in [0.5, 0.9, 0.7].enumerated() {
      var proposal = h.proposal(UInt32(index))
      proposal.score = score
      h.raise(proposal, end: false)
    }
    h.time = h.time.adding(seconds: 0)
    h.handle(.endOfInstant(h.time))
    // Quotes of the first two instruments are older than fifteen seconds, so only look at what was approved.
    #expect(h.codes.filter { $0 == "too_many_positions" }.count == 1)
    let refused = h.decisions.first { $0.decision.code == "too_many_positions" }
    #expect(refused?.instrument == InstrumentID(0))
  }

  @Test func `a strategy's exit needs no approval and shares the group of the stop`() {
    let h = CoreHarness(approval: .ask(timeoutSeconds: 120, onTimeout: .rejectAll, marketTime: true))
    h.bar(100)
    h.raise(h.proposal(stop: "95"))
    h.external(.approval(approved: [1], rejected: [], by: .person))
    let entry = h.takePlaced()[0]
    h.accept(entry)
    h.fill(entry, "10", at: "100")
    let stop = h.takePlaced()[0]
    h.accept(stop)
    h.bar(105)
    var exit = h.proposal()
    exit.action = .exit
    exit.exitReason = .strategy
    exit.code = "sma5"
    h.raise(exit)
    let sell = h.takePlaced()[0]
    #expect(sell.request.side == .sell)
    #expect(sell.request.ocoGroup == stop.request.ocoGroup)
    h.accept(sell)
    h.fill(sell, "10", at: "104")
    h.report(stop, .cancelled)
    #expect(h.trades.first?.exitReason == .strategy)
    #expect(h.trades.first?.exitDetail == "sma5")
    #expect(h.trades.first?.pnl == Money("40", .usd)!)
  }

  @Test func `a time stop leaves after so many closes`() {
    let h = CoreHarness()
    h.bar(100)
    var proposal = h.proposal()
    proposal.timeStopCloses = 3
    _ = h.open(proposal, at: "100")
    for _ in 0..<2 { h.bar(101) }
    #expect(h.takePlaced().isEmpty)
    h.bar(101)
    let exit = h.takePlaced()
    #expect(exit.first?.request.type == .market)
    #expect(h.decisions.last { $0.decision.code == "exit_due" } != nil)
  }

  @Test func `the breaker stops entries, keeps positions, and survives until the next session`() {
    var limits = Limits.unlimited
    limits.maximumDailyLoss = Money("1000", .usd)!
    let h = CoreHarness(limits: limits)
    h.bar(100)
    _ = h.open(h.proposal(quantity: "100"), at: "100")
    h.bar(89)
    #expect(h.isBreakerTripped)
    #expect(h.openPositions == 1)
    h.bar(100, 1)
    h.raise(h.proposal(1))
    #expect(h.codes.last == "breaker_tripped")
    h.handle(.sessionClosed(h.time))
    #expect(h.isBreakerTripped)
    h.handle(.sessionOpened(h.time))
    #expect(!h.isBreakerTripped)
    h.raise(h.proposal(1))
    #expect(h.takePlaced().count == 1)
  }

  @Test func `flatten closes everything and stops entries`() {
    let h = CoreHarness()
    h.bar(100)
    _ = h.open(h.proposal(stop: "95"), at: "100")
    h.external(.command(.flatten))
    #expect(h.takePlaced().map(\.request.side) == [.sell])
    h.bar(100, 1)
    h.raise(h.proposal(1))
    #expect(h.codes.last == "entries_stopped")
  }

  @Test func `a trailing stop moves up with the high and is replaced at the venue`() {
    let h = CoreHarness()
    h.bar(100, high: 500)
    var proposal = h.proposal(stop: "95")
    proposal.trailingDistance = Price("5")!
    let orders = h.open(proposal, at: "100")
    #expect(orders[1].request.stopPrice == Price("95")!, "highs before the entry do not count")
    h.bar(103, high: 104)
    let moved = h.effects.compactMap { effect in
      if case .replace(_, _, _, let stop) = effect { stop } else { nil }
    }
    #expect(moved == [Price("99")!])
  }
}

@Suite struct `Approval` {
  static let ask = CoreConfiguration.Approval.ask(timeoutSeconds: 120, onTimeout: .approveAll, marketTime: true)

  @Test func `nothing is sent before an answer, and an answer counts once`() {
    let h = CoreHarness(approval: Self.ask)
    h.bar(100)
    h.raise(h.proposal())
    #expect(h.takePlaced().isEmpty)
    h.external(.approval(approved: [1], rejected: [], by: .person))
    h.external(.approval(approved: [1], rejected: [1], by: .person))
    #expect(h.takePlaced().count == 1)
    #expect(h.counters.approved == 1)
    #expect(h.counters.rejected == 0)
  }

  @Test func `silence follows the policy, but never for a signal that needs a person`() {
    let h = CoreHarness(approval: Self.ask)
    h.bar(100, 0, end: false)
    h.bar(100, 1)
    h.raise(h.proposal(0), end: false)
    var careful = h.proposal(1)
    careful.flags.insert(.personOnly)
    h.raise(careful)
    h.time = h.time.adding(seconds: 119)
    h.handle(.endOfInstant(h.time))
    #expect(!h.codes.contains("approved"))
    h.time = h.time.adding(seconds: 1)
    h.handle(.endOfInstant(h.time))
    #expect(h.codes.filter { $0 == "approved" }.count == 1)
    #expect(h.codes.filter { $0 == "unanswered" }.count == 1)
    #expect(h.isAwaitingApproval(2))
  }

  @Test func `a signal on a restated bar takes the place of the one that waits`() {
    let h = CoreHarness(approval: Self.ask)
    h.bar(100)
    h.raise(h.proposal())
    h.raise(h.proposal(quantity: "7"))
    #expect(h.codes.contains("superseded"))
    #expect(!h.isAwaitingApproval(1))
    h.external(.approval(approved: [1, 2], rejected: [], by: .person))
    #expect(h.takePlaced().map(\.request.quantity) == [Quantity("7")!])
  }

  @Test func `an answer after the expiry is void`() {
    let h = CoreHarness(approval: Self.ask)
    h.bar(100)
    var proposal = h.proposal()
    proposal.expiresAt = h.time.adding(seconds: 60)
    proposal.flags.insert(.personOnly)
    h.raise(proposal)
    h.time = h.time.adding(seconds: 61)
    h.handle(.quote(Quote(instrument: InstrumentID(0), time: h.time, last: Price("100")!)))
    h.external(.approval(approved: [1], rejected: [], by: .person))
    #expect(h.takePlaced().isEmpty)
    #expect(h.counters.expired == 1)
  }

  @Test func `a failed re-check refuses the order with the number that failed`() {
    let h = CoreHarness(approval: Self.ask, rechecks: true)
    h.bar(100)
    h.raise(h.proposal())
    h.external(.approval(approved: [1], rejected: [], by: .person))
    #expect(h.takePlaced().isEmpty, "the strategy is asked first")
    h.handle(.rechecked(1, [Check(name: "ev_net", kind: .recheck, passed: false, value: 0.001, limit: 0.0015)]))
    #expect(h.takePlaced().isEmpty)
    #expect(h.codes.last == "recheck_failed")
    #expect(!h.isAwaitingApproval(1))
  }

  @Test func `an approved signal waits for a fresh quote`() {
    let h = CoreHarness(approval: Self.ask)
    h.bar(100)
    h.raise(h.proposal())
    h.time = h.time.adding(seconds: 16)
    h.handle(.endOfInstant(h.time))
    h.external(.approval(approved: [1], rejected: [], by: .person))
    #expect(h.takePlaced().isEmpty)
    h.bar(101)
    #expect(h.takePlaced().count == 1)
  }
}
