import MarketCalendar
import Scheduling
import Testing
import TradingTypes

/// Random walks of the clock: forward in small and large steps, backwards, with runs that take their time and restarts.
@Suite struct `Every due instant` {
  static let start = instant("2018-10-20T00:00:00Z")

  static let schedules: [(id: String, schedule: Schedule)] = [
    ("minute", .every(seconds: 601)), ("night", .daily(at: time("01:30"), in: .newYork)),
    ("berlin", .daily(at: time("02:30"), in: .berlin)), ("open", .sessionOpen(of: .xnys, offset: -1800)),
    ("close", .sessionClose(of: .xlon, offset: 90)),
    ("session", .sessionDay(of: .xnys, at: time("09:30"), in: .newYork)),
  ]

  /// All due instants from the start to an end, each found without the code under test.
  static func oracle(_ id: String, through end: Timestamp) -> [Timestamp] {
    let days = (-2...200).map { CivilDate(utc: start).adding(days: $0) }
    func daily(_ clock: String, _ zone: TimeZoneRules, _ days: [CivilDate]) -> [Timestamp] {
      days.map { zone.resolve($0, time(clock)).earliest }
    }
    let all: [Timestamp] =
      switch id {
      case "minute":
        (0...((end.seconds - start.seconds) / 601 + 1)).map {
          Timestamp(nanoseconds: 0).adding(seconds: (start.seconds / 601 + $0) * 601)
        }
      case "night": daily("01:30", .newYork, days)
      case "berlin": daily("02:30", .berlin, days)
      case "open": days.compactMap { SessionCalendar.xnys.session(on: $0)?.open.adding(seconds: -1800) }
      case "close": days.compactMap { SessionCalendar.xlon.session(on: $0)?.close.adding(seconds: 90) }
      default: daily("09:30", .newYork, days.filter { SessionCalendar.xnys.session(on: $0) != nil })
      }
    return all.filter { $0 >= start && $0 <= end }
  }

  @Test(arguments: 0..<24) func `is answered for exactly once`(_ seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    let jobs = Self.schedules.map { entry in
      Job(
        id: entry.id, schedule: entry.schedule, coalesces: Bool.random(using: &generator),
        misfireGrace: [nil, 0, 30, 300, 90_000].randomElement(using: &generator) ?? nil)
    }
    var scheduler = try Scheduler(jobs: jobs, startingAt: Self.start)
    var decisions: [JobDecision] = []
    var now = Self.start
    var newest = now
    var running: [String: Timestamp] = [:]

    func check(_ fresh: ArraySlice<JobDecision>, at now: Timestamp) {
      for decision in fresh {
        #expect(decision.due <= now && decision.firstDue <= decision.due)
        let job = jobs.first { $0.id == decision.job }
        let limit = job?.misfireGrace.map { Duration.seconds($0) }
        switch decision.outcome {
        case .run:
          #expect(running[decision.job] == nil, "\(decision.job) would run twice at a time")
          if let limit { #expect(decision.lateBy <= limit) }
          running[decision.job] = decision.due
        case .skippedMisfire: #expect(limit.map { decision.lateBy > $0 } == true)
        case .skippedStillRunning: #expect(running[decision.job] != nil && job?.coalesces == true)
        case .coalesced: #expect(job?.coalesces == true)
        case .interrupted: Issue.record("no run was unfinished at a restart")
        case .ended: Issue.record("no schedule ends here")
        }
      }
    }

    for _ in 0..<400 {
      switch Int.random(in: 0..<20, using: &generator) {
      case 0: now = now.adding(seconds: -.random(in: 0...5000, using: &generator))
      case 1: now = now.adding(seconds: .random(in: 0...200_000, using: &generator))
      case 2...5: now = max(now, scheduler.nextWake ?? now)
      default: now = now.adding(seconds: .random(in: 0...900, using: &generator))
      }
      newest = max(newest, now)
      let count = decisions.count
      scheduler.advance(to: now, into: &decisions)
      check(decisions[count...], at: now)
      for job in running.keys.sorted() where Int.random(in: 0..<3, using: &generator) > 0 {
        let wasRunning = scheduler.finished(job)
        #expect(wasRunning)
        running[job] = nil
      }
      if running.isEmpty, Int.random(in: 0..<10, using: &generator) == 0 {
        scheduler = try Scheduler(jobs: jobs, startingAt: now, resuming: scheduler.progress)
      }
    }
    // Let what waits behind a run have its turn.
    repeat {
      for job in running.keys { scheduler.finished(job) }
      running = [:]
      let count = decisions.count
      scheduler.advance(to: newest, into: &decisions)
      check(decisions[count...], at: newest)
    } while !running.isEmpty

    for entry in Self.schedules {
      let expected = Self.oracle(entry.id, through: newest)
      let answers = decisions.filter { $0.job == entry.id }.sorted { $0.due < $1.due }
      var place = 0
      for answer in answers {
        guard place + answer.count <= expected.count else {
          Issue.record("\(answer.line) answers for more instants than there are")
          break
        }
        #expect(answer.firstDue == expected[place])
        place += answer.count
        #expect(answer.due == expected[place - 1])
      }
      #expect(place == expected.count, "\(entry.id): \(expected.count - place) due instants have no answer")
    }
  }
}
