import MarketCalendar
import Scheduling
import TradingCore
import TradingTypes

/// The jobs of the road itself: the circuit breaker's day begins and ends with the sessions of the reference calendar.
public struct EngineSchedule {
  private var scheduler: Scheduler
  private var decisions: [JobDecision] = []
  /// When something is due next.
  private(set) var wake: Timestamp

  /// Makes the schedule for the account's reference calendar (XNYS: sessions open at 09:30 New York time).
  ///
  /// The close job runs one second after the close, when what happened at the close has been accounted for. Both run
  /// however late: a session that begins must arm the breaker even after the machine slept.
  public init(calendar: SessionCalendar, startingAt start: Timestamp) throws {
    scheduler = try Scheduler(
      jobs: [
        Job(id: "session_open", schedule: .sessionOpen(of: calendar, offset: 0), misfireGrace: nil),
        Job(id: "session_close", schedule: .sessionClose(of: calendar, offset: 1), misfireGrace: nil),
      ], startingAt: start)
    wake = scheduler.nextWake ?? .distantFuture
  }

  /// Whether anything is due by an instant.
  func isDue(by time: Timestamp) -> Bool { wake <= time }

  /// What is due by an instant, oldest first.
  mutating func due(by time: Timestamp) -> [Event] {
    guard isDue(by: time) else { return [] }
    defer { wake = scheduler.nextWake ?? .distantFuture }
    decisions.removeAll(keepingCapacity: true)
    scheduler.advance(to: time, into: &decisions)
    let runs = decisions.filter { $0.outcome == .run }.sorted { $0.due < $1.due }
    for run in runs { scheduler.finished(run.job) }
    return runs.map { $0.job == "session_open" ? .sessionOpened($0.due) : .sessionClosed($0.due) }
  }
}
