import TradingTypes

/// What became of one or more due instants of a job.
public struct JobDecision: Hashable, Sendable {
  /// The closed set of answers.
  public enum Outcome: Hashable, Sendable {
    /// Start the job now, and say `finished` when it is done.
    case run
    /// The run that follows in the same answer stands for these instants too.
    case coalesced
    /// Later than the job's misfire grace: not run.
    case skippedMisfire
    /// The job was still running: not run.
    case skippedStillRunning
    /// A restart cut this run off, and the job does not ask to be run again. Its instant was counted when it started.
    case interrupted
    /// The job is never due again, because its calendar knows no further session; `count` is 0 and `due` is the last
    /// instant it had answered for.
    case ended

    /// The name in JSON and the ledger.
    public var name: String {
      switch self {
      case .run: "run"
      case .coalesced: "coalesced"
      case .skippedMisfire: "skipped_misfire"
      case .skippedStillRunning: "skipped_still_running"
      case .interrupted: "interrupted"
      case .ended: "ended"
      }
    }
  }

  /// The job.
  public var job: String
  /// What is to happen.
  public var outcome: Outcome
  /// The first due instant this answers for.
  public var firstDue: Timestamp
  /// The last one.
  public var due: Timestamp
  /// How many there are.
  public var count: Int
  /// How long ago ``due`` was.
  public var lateBy: Duration

  /// Makes a decision from its parts.
  public init(job: String, outcome: Outcome, firstDue: Timestamp, due: Timestamp, count: Int, lateBy: Duration) {
    self.job = job
    self.outcome = outcome
    self.firstDue = firstDue
    self.due = due
    self.count = count
    self.lateBy = lateBy
  }
}

/// How far a job has come: what a restart needs to neither lose nor double a run.
public struct JobProgress: Hashable, Sendable {
  /// The job.
  public var job: String
  /// Every due instant up to this one has its answer.
  public var accountedThrough: Timestamp
  /// The due instant of a run that has started and not finished.
  public var unfinished: Timestamp?

  /// Makes a progress from its parts.
  public init(job: String, accountedThrough: Timestamp, unfinished: Timestamp? = nil) {
    self.job = job
    self.accountedThrough = accountedThrough
    self.unfinished = unfinished
  }
}
