import MarketCalendar
import Runtime
import Testing
import TradingCore
import TradingTypes

/// Where two records part, for a message a person can read.
private func firstDifference(_ a: [String], _ b: [String]) -> String? {
  for (index, rows) in zip(a, b).enumerated() where rows.0 != rows.1 { return "row \(index): \(rows.0) | \(rows.1)" }
  return a.count == b.count ? nil : "\(a.count) and \(b.count) rows"
}

@Suite struct `Restart` {
  /// How a life ended.
  struct End {
    var counters: Counters
    var isBlocked: Bool
  }

  /// What outlives the host: the ledger and the venue.
  final class World {
    let recorder = MemoryRecorder()
    let venue = FakeVenue()

    /// One life of the host, to its end or to the power cut.
    func live(cutAfter: Int?, approval: (any ApprovalPort)? = nil) throws -> (end: End, cutter: Cutter) {
      recorder.beginLife()
      venue.beginLife()
      let instruments = (0..<3).map { index in
        Instrument(
          id: InstrumentID(UInt32(index)), symbol: ["AAA", "BBB", "CCC"][index], currency: .usd, market: .unfiltered,
          exchange: "", tick: Price("0.01")!, step: Quantity("1")!, barSeconds: 60)
      }
      var limits = Limits.unlimited
      limits.maximumPositions = 2
      limits.maximumDailyLoss = Money("60", .usd)!
      let core = CoreConfiguration(
        instruments: instruments, calendars: [:], strategies: [.init(id: "fake", rechecks: true)],
        cash: Money("100000", .usd)!, limits: limits,
        approval: approval == nil ? .automatic : .ask(timeoutSeconds: 120, onTimeout: .rejectAll, marketTime: false),
        clientOrderPrefix: "T-")
      let feed = MarketFeed(
        WalkSource(symbols: 3, minutes: 14), instruments: instruments, calendars: [:], endBefore: .distantFuture)
      var parts = EngineParts(
        core: core, feed: feed, strategies: [FakeStrategy()], broker: venue, recorder: recorder,
        clock: venue.clock,
        scheduler: try EngineSchedule(calendar: .aroundTheClock, startingAt: Timestamp(nanoseconds: 0)))
      parts.venue = venue
      parts.journal = recorder.journaled
      parts.approval = approval
      let cutter = Cutter(after: cutAfter)
      parts.faults = cutter
      var session = Engine(parts)
      _ = try session.run()
      let isBlocked = (0..<3).contains { session.core.holding(InstrumentID($0)).isBlocked }
      return (End(counters: session.core.counters, isBlocked: isBlocked), cutter)
    }
  }

  /// Approves the first and rejects the rest, as a person might.
  final class FirstOnly: ApprovalPort {
    func ask(_ questions: [Question], now: Timestamp) -> Answers {
      let signals = questions.map(\.signal)
      return Answers(events: [
        .approval(approved: Array(signals.prefix(1)), rejected: Array(signals.dropFirst()), by: .person)
      ])
    }
    func poll(_ open: [Question], now: Timestamp) -> Answers { Answers() }
  }

  @Test(arguments: [false, true]) func `a cut at any place leaves the same record and one order an intent`(
    asksPeople: Bool
  ) throws {
    let calm = World()
    let (end, cutter) = try calm.live(cutAfter: nil, approval: asksPeople ? FirstOnly() : nil)
    #expect(end.counters.trades > 0)
    #expect(cutter.passed > 40)
    let trades = calm.recorder.committed.filter { $0.hasPrefix("trade") }
    for place in 0..<cutter.passed {
      let world = World()
      #expect(throws: PowerCut.self) { try world.live(cutAfter: place, approval: asksPeople ? FirstOnly() : nil) }
      let (after, _) = try world.live(cutAfter: nil, approval: asksPeople ? FirstOnly() : nil)
      #expect(world.recorder.differences.isEmpty, "cut at \(place)")
      #expect(firstDifference(world.recorder.committed, calm.recorder.committed) == nil, "cut at \(place)")
      #expect(world.recorder.committed.filter { $0.hasPrefix("trade") } == trades)
      #expect(world.venue.placements.values.allSatisfy { $0 == 1 }, "cut at \(place)")
      #expect(world.venue.placements.count == calm.venue.placements.count)
      #expect(after.counters == end.counters)
    }
  }

  @Test func `many cuts in a row lose and double nothing`() throws {
    let calm = World()
    _ = try calm.live(cutAfter: nil)
    var random = Seeded(state: 3)
    for _ in 0..<20 {
      let world = World()
      var lives = 0
      while true {
        lives += 1
        do {
          _ = try world.live(cutAfter: Int(random.next() % 40))
          break
        } catch is PowerCut {
          guard lives < 400 else { break }
        }
      }
      _ = try world.live(cutAfter: nil)
      #expect(firstDifference(world.recorder.committed, calm.recorder.committed) == nil)
      #expect(world.venue.placements == calm.venue.placements)
    }
  }

  @Test func `a timeout never causes a second placement`() throws {
    let world = World()
    world.venue.forgetsReplies = true
    let (end, _) = try world.live(cutAfter: nil)
    #expect(world.venue.placements.values.allSatisfy { $0 == 1 })
    #expect(end.counters.trades > 0, "the lookup says what became of each order")
    #expect(!end.isBlocked)
  }
}
