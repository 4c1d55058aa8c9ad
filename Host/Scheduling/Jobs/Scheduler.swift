import TradingTypes

/// Decides which jobs run when: a state machine that is told the time and never asks for it.
///
/// Every due instant of a job, from the start on, is answered for exactly once: run, coalesced into a run, or skipped
/// with the reason. A clock that goes backwards therefore never runs anything again; see ``setBack(at:)``.
public struct Scheduler: Sendable {
  var entries: [JobEntry]

  /// Makes a scheduler.
  ///
  /// A job without progress is due from `start` on, that instant included. One with progress goes on where it was, so
  /// what fell due while the host was down is run, coalesced or skipped as after a suspension. Progress of jobs that no
  /// longer exist is dropped.
  public init(
    jobs: [Job], startingAt start: Timestamp, resuming progress: [JobProgress] = []
  ) throws(SchedulerError) {
    let faults = SchedulerError.faults(of: jobs)
    guard faults.isEmpty else { throw SchedulerError(faults: faults) }
    let known = Dictionary(progress.map { ($0.job, $0) }) { $0.accountedThrough < $1.accountedThrough ? $1 : $0 }
    let before = start == .distantPast ? start : Timestamp(nanoseconds: start.nanoseconds - 1)
    entries = jobs.map { job in
      let progress = known[job.id] ?? JobProgress(job: job.id, accountedThrough: before)
      return JobEntry(
        job: job, accountedThrough: progress.accountedThrough,
        next: job.schedule.firstDue(after: progress.accountedThrough), interrupted: progress.unfinished)
    }
  }

  /// Answers for everything that is due by now and appends the answers in the order of their due instants, jobs of the
  /// same instant in the order of the list. Commit ``progress`` together with what the runs do.
  public mutating func advance(to now: Timestamp, into decisions: inout [JobDecision]) {
    let start = decisions.count
    for place in entries.indices { entries[place].advance(to: now, into: &decisions) }
    // Insertion sort: stable, in place, and the answers are few.
    for place in decisions.indices[start...].dropFirst() {
      var hole = place
      while hole > start, decisions[hole].due < decisions[hole - 1].due {
        decisions.swapAt(hole, hole - 1)
        hole -= 1
      }
    }
  }

  /// Records that a job's run is over; `false` when it was not running.
  ///
  /// A job that does not coalesce may have the next run waiting: ask ``nextWake`` again.
  @discardableResult public mutating func finished(_ job: String) -> Bool {
    guard let place = entries.firstIndex(where: { $0.job.id == job && $0.running != nil }) else { return false }
    entries[place].running = nil
    return true
  }

  /// When ``advance(to:into:)`` has something to decide next; in the past when it already has; `nil` when never.
  public var nextWake: Timestamp? { entries.lazy.compactMap(\.wake).min() }

  /// How far each job has come, in the order of the jobs.
  public var progress: [JobProgress] {
    entries.map {
      JobProgress(job: $0.job.id, accountedThrough: $0.accountedThrough, unfinished: $0.running ?? $0.interrupted)
    }
  }

  /// How far a clock lies behind the newest instant that is already answered for; zero as long as it runs forward.
  ///
  /// Until it has caught up, the jobs concerned stay silent, so a large value calls for a warning, and for
  /// ``restartIntervals(at:)`` when the clock was wrong before and is right now.
  public func setBack(at now: Timestamp) -> Duration {
    guard let newest = entries.lazy.map(\.accountedThrough).max(), newest > now else { return .zero }
    return .nanoseconds(newest.nanoseconds) - .nanoseconds(now.nanoseconds)
  }

  /// Lets the jobs that run every so many seconds go on from a clock that was set back.
  ///
  /// Their due instants between `now` and where they had come are answered for a second time: an interval measures the
  /// time that passes, and that did pass. Jobs at a local time or a session are left alone.
  public mutating func restartIntervals(at now: Timestamp) {
    for place in entries.indices where entries[place].accountedThrough > now {
      guard case .every = entries[place].job.schedule else { continue }
      entries[place].account(through: now)
    }
  }
}
