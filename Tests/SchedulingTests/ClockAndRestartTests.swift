import MarketCalendar
import Scheduling
import Testing
import TradingTypes

@Suite struct `The scheduler and a clock that jumps` {
  static let start = "2018-11-04T05:00:00Z"

  @Test func `never runs an instant again when the clock goes backwards`() throws {
    let scheduler = try Driver(
      [
        Job(id: "loop", schedule: .every(seconds: 600)),
        Job(id: "night", schedule: .daily(at: time("01:30"), in: .newYork)),
      ], at: Self.start)
    _ = scheduler.answers(at: "2018-11-04T05:30:00Z")
    scheduler.finished("loop")
    scheduler.finished("night")
    #expect(scheduler.setBack(at: "2018-11-04T05:30:00Z") == .zero)
    for now in ["2018-11-04T05:00:00Z", "2018-11-04T05:10:00Z", "2018-11-03T00:00:00Z", "2018-11-04T05:30:00Z"] {
      #expect(scheduler.answers(at: now) == [])
    }
    #expect(scheduler.setBack(at: "2018-11-04T05:00:00Z") == .seconds(1800))
    #expect(scheduler.nextWake == instant("2018-11-04T05:40:00Z"))
    #expect(scheduler.answers(at: "2018-11-04T05:40:00Z") == ["loop run 2018-11-04T05:40:00Z x1"])
    // 01:30 comes a second time that night in New York.
    scheduler.finished("loop")
    #expect(!scheduler.answers(at: "2018-11-04T06:30:00Z").contains { $0.hasPrefix("night") })
  }

  @Test func `lets only intervals go on from a clock set back on purpose`() throws {
    let scheduler = try Driver(
      [
        Job(id: "loop", schedule: .every(seconds: 600)),
        Job(id: "noon", schedule: .daily(at: time("12:00"), in: .utc)),
      ], at: Self.start)
    _ = scheduler.answers(at: "2018-11-05T12:00:00Z")
    scheduler.finished("loop")
    scheduler.finished("noon")
    scheduler.restartIntervals(at: "2018-11-04T11:55:00Z")
    #expect(scheduler.nextWake == instant("2018-11-04T12:00:00Z"))
    #expect(scheduler.answers(at: "2018-11-04T12:00:00Z") == ["loop run 2018-11-04T12:00:00Z x1"])
    #expect(scheduler.setBack(at: "2018-11-04T12:00:00Z") == .seconds(86_400))
  }
}

@Suite struct `The scheduler over restarts` {
  static let start = "2018-03-05T15:00:00Z"
  static let report = Job(id: "report", schedule: .daily(at: time("10:30"), in: .newYork))  // 15:30Z

  func restarted(_ driver: Driver, _ jobs: [Job], at now: String) throws -> Driver {
    try Driver(jobs, at: now, resuming: driver.progress)
  }

  @Test func `does not run a finished job again`() throws {
    var scheduler = try Driver([Self.report], at: Self.start)
    _ = scheduler.answers(at: "2018-03-05T15:30:00Z")
    scheduler.finished("report")
    scheduler = try restarted(scheduler, [Self.report], at: "2018-03-05T15:30:00Z")
    #expect(scheduler.answers(at: "2018-03-05T15:30:01Z") == [])
    #expect(scheduler.nextWake == instant("2018-03-06T15:30:00Z"))
  }

  @Test func `runs or reports what fell due while the host was down`() throws {
    let first = try Driver([Self.report], at: Self.start)
    let soon = try restarted(first, [Self.report], at: "2018-03-05T15:32:00Z")
    #expect(soon.nextWake == instant("2018-03-05T15:30:00Z"))
    #expect(soon.answers(at: "2018-03-05T15:32:00Z") == ["report run 2018-03-05T15:30:00Z x1"])
    let late = try restarted(first, [Self.report], at: "2018-03-07T12:00:00Z")
    #expect(
      late.answers(at: "2018-03-07T12:00:00Z") == [
        "report skipped_misfire 2018-03-05T15:30:00Z…2018-03-06T15:30:00Z x2"
      ])
  }

  @Test func `reports a run that was cut off and does not repeat it`() throws {
    var scheduler = try Driver([Self.report], at: Self.start)
    _ = scheduler.answers(at: "2018-03-05T15:30:00Z")
    #expect(
      scheduler.progress == [
        JobProgress(
          job: "report", accountedThrough: instant("2018-03-05T15:30:00Z"), unfinished: instant("2018-03-05T15:30:00Z"))
      ])
    scheduler = try restarted(scheduler, [Self.report], at: "2018-03-05T15:31:00Z")
    // A second restart before the first answer forgets nothing.
    scheduler = try restarted(scheduler, [Self.report], at: "2018-03-05T15:31:30Z")
    #expect(scheduler.nextWake == instant("2018-03-05T15:30:00Z"))
    #expect(scheduler.answers(at: "2018-03-05T15:31:30Z") == ["report interrupted 2018-03-05T15:30:00Z x1"])
    #expect(scheduler.answers(at: "2018-03-05T15:31:31Z") == [])
    #expect(scheduler.progress.map(\.unfinished) == [nil])
  }

  @Test(arguments: [
    ("2018-03-05T15:31:00Z", ["report run 2018-03-05T15:30:00Z x1"]),
    ("2018-03-05T15:35:01Z", ["report skipped_misfire 2018-03-05T15:30:00Z x1"]),
  ])
  func `repeats a cut-off run only for a job that asks for it`(_ now: String, _ answers: [String]) throws {
    var job = Self.report
    job.rerunsAfterRestart = true
    var scheduler = try Driver([job], at: Self.start)
    _ = scheduler.answers(at: "2018-03-05T15:30:00Z")
    scheduler = try restarted(scheduler, [job], at: now)
    #expect(scheduler.answers(at: now) == answers)
    #expect(scheduler.answers(at: now) == [])
  }

  @Test func `lets a newer due instant stand for a cut-off run`() throws {
    let job = Job(id: "loop", schedule: .every(seconds: 60), rerunsAfterRestart: true)
    var scheduler = try Driver([job], at: Self.start)
    _ = scheduler.answers(at: "2018-03-05T15:00:00Z")
    scheduler = try restarted(scheduler, [job], at: "2018-03-05T15:01:10Z")
    #expect(
      scheduler.answers(at: "2018-03-05T15:01:10Z") == [
        "loop coalesced 2018-03-05T15:00:00Z x1", "loop run 2018-03-05T15:01:00Z x1",
      ])
  }

  @Test func `starts new jobs afresh and drops old ones`() throws {
    let first = try Driver([Self.report], at: Self.start)
    let loop = Job(id: "loop", schedule: .every(seconds: 3600))
    let next = try restarted(first, [loop], at: "2018-03-05T20:30:00Z")
    #expect(next.progress.map(\.job) == ["loop"])
    #expect(next.answers(at: "2018-03-05T20:59:59Z") == [])
    #expect(next.answers(at: "2018-03-05T21:00:00Z") == ["loop run 2018-03-05T21:00:00Z x1"])
  }

  @Test func `takes the furthest of several progresses of one job`() throws {
    let progress = ["2018-03-05T15:30:00Z", "2018-03-07T15:30:00Z", "2018-03-06T15:30:00Z"].map {
      JobProgress(job: "report", accountedThrough: instant($0))
    }
    let scheduler = try Driver([Self.report], at: Self.start, resuming: progress)
    #expect(scheduler.nextWake == instant("2018-03-08T15:30:00Z"))
  }
}
