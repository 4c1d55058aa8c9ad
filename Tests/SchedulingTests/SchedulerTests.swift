import MarketCalendar
import Scheduling
import Testing
import TradingTypes

@Suite struct `The scheduler` {
  static let start = instant("2018-03-05T15:00:00Z")

  func scheduler(_ jobs: Job...) throws -> Driver { try Driver(jobs, at: "2018-03-05T15:00:00Z") }

  static let loop = Job(id: "loop", schedule: .every(seconds: 5))
  static let report = Job(id: "report", schedule: .daily(at: time("10:30"), in: .newYork))  // 15:30Z

  @Test func `runs a job that is due at the very start`() throws {
    let scheduler = try self.scheduler(Self.loop)
    #expect(scheduler.nextWake == Self.start)
    #expect(scheduler.answers(at: "2018-03-05T15:00:00Z") == ["loop run 2018-03-05T15:00:00Z x1"])
    #expect(scheduler.answers(at: "2018-03-05T15:00:00Z") == [])
    #expect(scheduler.nextWake == instant("2018-03-05T15:00:05Z"))
  }

  @Test func `answers nothing before the next wake and something at it`() throws {
    let scheduler = try self.scheduler(Self.report)
    #expect(scheduler.nextWake == instant("2018-03-05T15:30:00Z"))
    #expect(scheduler.answers(at: "2018-03-05T15:29:59.999999999Z") == [])
    #expect(scheduler.answers(at: "2018-03-05T15:30:00Z") == ["report run 2018-03-05T15:30:00Z x1"])
  }

  @Test(arguments: [
    ("2018-03-05T15:35:00Z", "report run 2018-03-05T15:30:00Z x1", Duration.seconds(300)),
    ("2018-03-05T15:35:00.000000001Z", "report skipped_misfire 2018-03-05T15:30:00Z x1", .nanoseconds(300_000_000_001)),
  ])
  func `skips a run later than the grace of 300 s`(_ now: String, _ line: String, _ lateBy: Duration) throws {
    var scheduler = try self.scheduler(Self.report).scheduler
    var decisions: [JobDecision] = []
    scheduler.advance(to: instant(now), into: &decisions)
    #expect(decisions.map(\.line) == [line])
    #expect(decisions.map(\.lateBy) == [lateBy])
  }

  @Test func `runs however late without a grace`() throws {
    var job = Self.report
    job.misfireGrace = nil
    let scheduler = try self.scheduler(job)
    #expect(
      scheduler.answers(at: "2018-03-09T12:00:00Z") == [
        "report coalesced 2018-03-05T15:30:00Z…2018-03-07T15:30:00Z x3", "report run 2018-03-08T15:30:00Z x1",
      ])
  }

  @Test func `answers for two suspended hours at once`() throws {
    let scheduler = try self.scheduler(Self.loop, Self.report)
    _ = scheduler.answers(at: "2018-03-05T15:00:00Z")
    scheduler.finished("loop")
    #expect(
      scheduler.answers(at: "2018-03-05T17:00:02Z") == [
        "report skipped_misfire 2018-03-05T15:30:00Z x1",
        "loop skipped_misfire 2018-03-05T15:00:05Z…2018-03-05T16:55:00Z x1380",
        "loop coalesced 2018-03-05T16:55:05Z…2018-03-05T16:59:55Z x59", "loop run 2018-03-05T17:00:00Z x1",
      ])
  }

  @Test func `never starts a job that is still running`() throws {
    let scheduler = try self.scheduler(Self.loop)
    _ = scheduler.answers(at: "2018-03-05T15:00:00Z")
    #expect(
      scheduler.answers(at: "2018-03-05T15:00:11Z") == [
        "loop skipped_still_running 2018-03-05T15:00:05Z…2018-03-05T15:00:10Z x2"
      ])
    #expect(scheduler.finished("loop"))
    #expect(scheduler.answers(at: "2018-03-05T15:00:14Z") == [])
    #expect(scheduler.answers(at: "2018-03-05T15:00:15Z") == ["loop run 2018-03-05T15:00:15Z x1"])
  }

  @Test func `says when a finished job was not running`() throws {
    let scheduler = try self.scheduler(Self.loop)
    #expect(!scheduler.finished("loop"))
    #expect(!scheduler.finished("other"))
    _ = scheduler.answers(at: "2018-03-05T15:00:00Z")
    #expect(scheduler.finished("loop"))
    #expect(!scheduler.finished("loop"))
  }

  @Test func `gives each due instant its own run without coalescing`() throws {
    let job = Job(id: "each", schedule: .every(seconds: 60), coalesces: false)
    let scheduler = try self.scheduler(job)
    #expect(scheduler.answers(at: "2018-03-05T15:02:30Z") == ["each run 2018-03-05T15:00:00Z x1"])
    #expect(scheduler.nextWake == nil)
    #expect(scheduler.answers(at: "2018-03-05T15:02:31Z") == [])
    scheduler.finished("each")
    #expect(scheduler.nextWake == instant("2018-03-05T15:01:00Z"))
    #expect(scheduler.answers(at: "2018-03-05T15:02:32Z") == ["each run 2018-03-05T15:01:00Z x1"])
    // The run takes so long that what waits behind it misses its grace.
    scheduler.finished("each")
    #expect(
      scheduler.answers(at: "2018-03-05T15:08:01Z") == [
        "each skipped_misfire 2018-03-05T15:02:00Z…2018-03-05T15:03:00Z x2", "each run 2018-03-05T15:04:00Z x1",
      ])
  }

  @Test func `answers in the order of due instants, then of jobs`() throws {
    let first = Job(id: "b", schedule: .every(seconds: 60))
    let second = Job(id: "a", schedule: .every(seconds: 30))
    let scheduler = try self.scheduler(first, second)
    #expect(
      scheduler.answers(at: "2018-03-05T15:00:45Z") == [
        "b run 2018-03-05T15:00:00Z x1", "a coalesced 2018-03-05T15:00:00Z x1", "a run 2018-03-05T15:00:30Z x1",
      ])
  }

  @Test func `appends to what the caller's buffer holds`() throws {
    var scheduler = try self.scheduler(Self.loop).scheduler
    let other = JobDecision(
      job: "z", outcome: .run, firstDue: .distantFuture, due: .distantFuture, count: 1, lateBy: .zero)
    var decisions = [other]
    scheduler.advance(to: Self.start, into: &decisions)
    #expect(decisions.count == 2)
    #expect(decisions.first == other)
  }

  @Test func `says once that a calendar has ended`() throws {
    let scheduler = try Driver(
      [Job(id: "open", schedule: .sessionOpen(of: .xnys, offset: 0))], at: "2027-12-31T00:00:00Z")
    #expect(
      scheduler.answers(at: "2027-12-31T14:30:00Z") == [
        "open run 2027-12-31T14:30:00Z x1", "open ended 2027-12-31T14:30:00Z x0",
      ])
    #expect(scheduler.nextWake == nil)
    #expect(scheduler.answers(at: "2028-06-01T00:00:00Z") == [])
  }

  @Test func `refuses a list of jobs with every fault`() {
    let jobs = [
      Job(id: "a", schedule: .every(seconds: 0)), Job(id: "a", schedule: .every(seconds: 5), misfireGrace: -1),
      Job(id: "b", schedule: .sessionOpen(of: .xnys, offset: 604_801)),
      Job(id: "c", schedule: .sessionClose(of: .xnys, offset: -604_801)),
      Job(id: "d", schedule: .every(seconds: 31_622_401)),
    ]
    let error = #expect(throws: SchedulerError.self) { try Scheduler(jobs: jobs, startingAt: Self.start) }
    #expect(
      error?.faults == [
        .interval(job: "a", seconds: 0), .duplicateJob("a"), .misfireGrace(job: "a", seconds: -1),
        .offset(job: "b", seconds: 604_801), .offset(job: "c", seconds: -604_801),
        .interval(job: "d", seconds: 31_622_401),
      ])
    #expect(error?.description.contains("two jobs are named 'a'; give each its own id") == true)
  }
}
