import TradingTypes

/// One job and how far it has come.
struct JobEntry: Sendable {
  let job: Job
  /// Every due instant up to this one has its answer.
  var accountedThrough: Timestamp
  /// The first due instant after that.
  var next: Timestamp?
  /// The due instant of the run that is going on.
  var running: Timestamp?
  /// The due instant of a run that a restart cut off and that has no answer yet.
  var interrupted: Timestamp?
  var hasSaidEnded = false

  /// A job that does not coalesce waits for its run to finish, not for a time.
  var wake: Timestamp? {
    if let interrupted { return interrupted }
    return running != nil && !job.coalesces ? nil : next
  }

  mutating func account(through due: Timestamp) {
    accountedThrough = due
    next = job.schedule.firstDue(after: due)
  }

  mutating func advance(to now: Timestamp, into decisions: inout [JobDecision]) {
    if let cutOff = interrupted, cutOff <= now { resume(cutOff, at: now, into: &decisions) }
    if let due = next, due <= now {
      skipMisfires(at: now, into: &decisions)
      if job.coalesces { runNewest(at: now, into: &decisions) } else { runNext(at: now, into: &decisions) }
    }
    if next == nil, !hasSaidEnded {
      hasSaidEnded = true
      decisions.append(decision(.ended, accountedThrough, accountedThrough, 0, at: now))
    }
  }

  /// A cut-off run is reported, or takes its turn again as if it had just fallen due.
  private mutating func resume(_ cutOff: Timestamp, at now: Timestamp, into decisions: inout [JobDecision]) {
    interrupted = nil
    guard job.rerunsAfterRestart else {
      decisions.append(decision(.interrupted, cutOff, cutOff, 1, at: now))
      return
    }
    guard !isLate(cutOff, at: now) else {
      decisions.append(decision(.skippedMisfire, cutOff, cutOff, 1, at: now))
      return
    }
    if job.coalesces, let due = next, due <= now {
      // Newer instants are due as well, and at least as much in time: the newest of them runs for all.
      decisions.append(decision(.coalesced, cutOff, cutOff, 1, at: now))
      return
    }
    running = cutOff
    decisions.append(decision(.run, cutOff, cutOff, 1, at: now))
  }

  private mutating func skipMisfires(at now: Timestamp, into decisions: inout [JobDecision]) {
    guard let grace = job.misfireGrace else { return }
    let limit = now.adding(seconds: -grace)
    guard limit > .distantPast,
      let late = job.schedule.span(
        after: accountedThrough, through: Timestamp(nanoseconds: limit.nanoseconds - 1))
    else { return }
    decisions.append(decision(.skippedMisfire, late.first, late.last, late.count, at: now))
    account(through: late.last)
  }

  private mutating func runNewest(at now: Timestamp, into decisions: inout [JobDecision]) {
    guard let due = job.schedule.span(after: accountedThrough, through: now) else { return }
    if running != nil {
      decisions.append(decision(.skippedStillRunning, due.first, due.last, due.count, at: now))
    } else {
      let beforeLast = Timestamp(nanoseconds: due.last.nanoseconds - 1)
      if let older = job.schedule.span(after: accountedThrough, through: beforeLast) {
        decisions.append(decision(.coalesced, older.first, older.last, older.count, at: now))
      }
      decisions.append(decision(.run, due.last, due.last, 1, at: now))
      running = due.last
    }
    account(through: due.last)
  }

  private mutating func runNext(at now: Timestamp, into decisions: inout [JobDecision]) {
    guard running == nil, let due = next, due <= now else { return }
    decisions.append(decision(.run, due, due, 1, at: now))
    running = due
    account(through: due)
  }

  private func isLate(_ due: Timestamp, at now: Timestamp) -> Bool {
    guard let grace = job.misfireGrace else { return false }
    return due < now.adding(seconds: -grace)
  }

  private func decision(
    _ outcome: JobDecision.Outcome, _ first: Timestamp, _ last: Timestamp, _ count: Int, at now: Timestamp
  ) -> JobDecision {
    JobDecision(
      job: job.id, outcome: outcome, firstDue: first, due: last, count: count,
      lateBy: .nanoseconds(now.nanoseconds) - .nanoseconds(last.nanoseconds))
  }
}
