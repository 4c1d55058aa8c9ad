import Testing
import TradingTypes

@testable import TradingCore

@Suite struct `A strategy that failed` {
  /// Two strategies with a symbol of their own each; the first one fails.
  let h = CoreHarness(strategies: ["wild", "calm"])

  init() { tick() }

  /// A minute passes, and every symbol has a fresh price.
  private func tick() { Self.tick(h) }

  private static func tick(_ h: CoreHarness) {
    h.bar(100, end: false)
    for instrument: UInt32 in [1, 2] {
      h.handle(.quote(Quote(instrument: InstrumentID(instrument), time: h.time, last: Price("100")!)))
    }
    h.handle(.endOfInstant(h.time))
  }

  private func fail(
    _ strategy: UInt16 = 0, isFinal: Bool = false, policy: PositionPolicy = .protect, epoch: UInt32 = 1
  ) {
    h.external(
      .strategyFailed(
        StrategyFailure(
          strategy: StrategyID(strategy), epoch: epoch, call: 7, reason: "strategy.on_bar: signal 11", isFinal: isFinal,
          policy: policy)))
  }

  private func replace(epoch: UInt32 = 2) {
    h.external(.strategyReplaced(StrategyReplacement(strategy: StrategyID(0), epoch: epoch)))
  }

  private var alarms: [String] {
    h.effects.compactMap {
      if case .notify(let message) = $0, message.severity == .alarm { message.title } else { nil }
    }
  }

  private var cancelled: [OrderNumber] {
    h.effects.compactMap { if case .cancel(let number, _) = $0 { number } else { nil } }
  }

  @Test func `enters nothing until it is replaced, and others do not notice`() {
    fail()
    h.raise(h.proposal(0), from: 0)
    #expect(h.takePlaced().isEmpty)
    #expect(h.codes.suffix(1) == ["strategy_failed"])
    h.raise(h.proposal(1), from: 1)
    #expect(h.takePlaced().map(\.request.instrument) == [InstrumentID(1)])
    replace()
    h.raise(h.proposal(2), from: 0)
    #expect(h.takePlaced().map(\.request.instrument) == [InstrumentID(2)])
    #expect(h.codes.contains("strategy_replaced"))
  }

  @Test func `loses what it had raised in the same instant, others keep theirs`() {
    h.raise(h.proposal(0), from: 0, end: false)
    h.raise(h.proposal(1), from: 1, end: false)
    fail()
    h.handle(.endOfInstant(h.time))
    #expect(h.takePlaced().map(\.request.instrument) == [InstrumentID(1)])
    #expect(h.counters.rejected == 1)
  }

  @Test func `loses what waited for an answer, which then changes nothing`() {
    let h = CoreHarness(
      approval: .ask(timeoutSeconds: 600, onTimeout: .rejectAll, marketTime: false), strategies: ["wild", "calm"])
    Self.tick(h)
    h.raise(h.proposal(0), from: 0)
    h.raise(h.proposal(1), from: 1)
    h.external(
      .strategyFailed(
        StrategyFailure(
          strategy: StrategyID(0), epoch: 1, call: 0, reason: "exit 3", isFinal: false, policy: .flatten)))
    #expect(!h.isAwaitingApproval(1))
    #expect(h.isAwaitingApproval(2))
    h.external(.approval(approved: [1, 2], rejected: [], by: .person))
    h.handle(.endOfInstant(h.time))
    #expect(h.takePlaced().map(\.request.instrument) == [InstrumentID(1)])
  }

  @Test func `has its working entry cancelled and keeps stop and target while it is started again`() {
    let held = h.open(h.proposal(0, stop: "95", target: "110"), at: "100", from: 0)
    h.raise(h.proposal(1), from: 0)
    let working = h.takePlaced()[0]
    h.accept(working)
    h.raise(h.proposal(2), from: 1)
    let others = h.takePlaced()[0]
    h.accept(others)
    fail(policy: .flatten)
    #expect(cancelled == [working.number])
    tick()
    #expect(h.takePlaced().isEmpty)
    #expect(held.map(\.request.type) == [.market, .stop, .limit])
    #expect(h.openPositions == 1)
    // Some of it fills all the same: it is held like any other.
    h.fill(working, "4", at: "100")
    #expect(h.holding(InstrumentID(1)).quantity == Quantity("4")!)
  }

  @Test(arguments: PositionPolicy.allCases) func `and is quarantined follows its policy`(_ policy: PositionPolicy) {
    _ = h.open(h.proposal(0, stop: "95", target: "110"), at: "100", from: 0)
    _ = h.open(h.proposal(1), at: "100", from: 0)
    _ = h.open(h.proposal(2), at: "100", from: 1)
    let before = h.effects.count
    fail(isFinal: true, policy: policy)
    tick()
    tick()
    let placed = h.takePlaced()
    let unprotected = h.codes.count { $0 == "unprotected" }
    switch policy {
    case .hold:
      #expect(placed.isEmpty)
      #expect(unprotected == 0)
    case .protect:
      #expect(placed.isEmpty)
      #expect(unprotected == 1, "the position without a stop alarms, and once")
      #expect(alarms.contains { $0.hasPrefix("BBB: 10 held without a stop") })
    case .flatten:
      #expect(placed.map(\.request.type) == [.market, .market])
      #expect(Set(placed.map(\.request.instrument.index)) == [0, 1])
      #expect(placed.allSatisfy { $0.request.side == .sell && $0.request.quantity == Quantity("10")! })
      for order in placed {
        h.accept(order)
        h.fill(order, "10", at: "99")
      }
      #expect(h.trades.map(\.exitReason) == [.flatten, .flatten])
      #expect(h.trades.map(\.exitDetail) == ["strategy_quarantined", "strategy_quarantined"])
    }
    #expect(h.codes.contains("strategy_quarantined"))
    #expect(h.effects.count > before)
    #expect(h.holding(InstrumentID(2)).quantity == Quantity("10")!, "the other strategy's position stays")
  }

  @Test func `gets a stop that was missing when it protects`() {
    h.raise(h.proposal(0, stop: "95"), from: 0)
    let entry = h.takePlaced()[0]
    h.accept(entry)
    h.fill(entry, "10", at: "100")
    let stop = h.takePlaced()[0]
    h.accept(stop)
    h.report(stop, .cancelled)
    fail(isFinal: true, policy: .protect)
    let again = h.takePlaced()
    #expect(again.map(\.request.type) == [.stop])
    #expect(again.map(\.request.stopPrice) == [Price("95")!])
  }

  @Test func `leaves also what fills after its quarantine`() {
    h.raise(h.proposal(0), from: 0)
    let entry = h.takePlaced()[0]
    h.accept(entry)
    fail(isFinal: true, policy: .flatten)
    #expect(cancelled == [entry.number])
    h.fill(entry, "10", at: "100")
    tick()
    #expect(h.takePlaced().map(\.request.side) == [.sell])
  }

  @Test func `does not touch what is blocked before it is known`() {
    let orders = h.open(h.proposal(0, stop: "95"), at: "100", from: 0)
    h.external(.replaced(orders[1].number, .unknown, reason: "timeout"))
    fail(isFinal: true, policy: .flatten)
    tick()
    #expect(h.takePlaced().isEmpty)
    h.external(.placed(orders[1].number, .accepted, reason: ""))
    tick()
    #expect(h.takePlaced().map(\.request.side) == [.sell])
  }

  @Test func `that nobody knows changes nothing`() {
    fail(9, isFinal: true)
    replace()
    #expect(h.codes.allSatisfy { !$0.hasPrefix("strategy_") })
  }

  @Test func `gives the same effects for the same events`() {
    func story(_ h: CoreHarness) -> [String] {
      h.bar(100)
      let orders = h.open(h.proposal(0, stop: "95"), at: "100")
      h.external(
        .strategyFailed(
          StrategyFailure(
            strategy: StrategyID(0), epoch: 1, call: 3, reason: "signal 6", isFinal: false, policy: .protect)))
      h.bar(99)
      h.external(
        .strategyFailed(
          StrategyFailure(
            strategy: StrategyID(0), epoch: 2, call: 0, reason: "signal 6", isFinal: true, policy: .flatten)))
      h.bar(98)
      #expect(orders.count == 2)
      return h.history
    }
    #expect(story(CoreHarness()) == story(CoreHarness()))
  }
}
