/// Work that is due again and again.
public struct Job: Sendable {
  /// Its name, unique in a scheduler and stable over restarts.
  public var id: String
  /// When it is due.
  public var schedule: Schedule
  /// Whether one run, for the newest due instant, stands for all that are due at once, and a run still going on
  /// makes due instants pass. Otherwise each due instant has its own run, one after the other.
  public var coalesces: Bool
  /// How many seconds late a run may start; what is later is skipped. `nil`: however late.
  public var misfireGrace: Int64?
  /// Whether a run that a restart cut off is started again. Only for work that may happen twice.
  public var rerunsAfterRestart: Bool

  /// Makes a job from its parts.
  public init(
    id: String, schedule: Schedule, coalesces: Bool = true, misfireGrace: Int64? = 300, rerunsAfterRestart: Bool = false
  ) {
    self.id = id
    self.schedule = schedule
    self.coalesces = coalesces
    self.misfireGrace = misfireGrace
    self.rerunsAfterRestart = rerunsAfterRestart
  }
}
