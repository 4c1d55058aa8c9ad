import Foundation
import MarketCalendar
import Scheduling
import TradingTypes

func date(_ text: String) -> CivilDate {
  guard let date = CivilDate(text) else { fatalError("no date: \(text)") }
  return date
}

func instant(_ text: String) -> Timestamp {
  guard let instant = Timestamp(rfc3339: text) else { fatalError("no instant: \(text)") }
  return instant
}

func time(_ text: String) -> TimeOfDay {
  guard let time = TimeOfDay(text) else { fatalError("no time of day: \(text)") }
  return time
}

/// Whether this machine has an IANA database; says so on stderr when it has none.
let hasTimeZoneDatabase: Bool = {
  if FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Berlin") { return true }
  FileHandle.standardError.write(
    Data("SKIPPED: tests against IANA tzdata: /usr/share/zoneinfo is not there; install tzdata\n".utf8))
  return false
}()

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A scheduler by reference, so that an expectation may move it on.
final class Driver {
  private(set) var scheduler: Scheduler

  init(_ jobs: [Job], at start: String, resuming progress: [JobProgress] = []) throws {
    scheduler = try Scheduler(jobs: jobs, startingAt: instant(start), resuming: progress)
  }

  var nextWake: Timestamp? { scheduler.nextWake }
  var progress: [JobProgress] { scheduler.progress }

  /// The answers at a time, each as `job outcome firstDue…due xcount`.
  func answers(at now: String) -> [String] {
    var decisions: [JobDecision] = []
    scheduler.advance(to: instant(now), into: &decisions)
    return decisions.map(\.line)
  }

  @discardableResult func finished(_ job: String) -> Bool { scheduler.finished(job) }
  func setBack(at now: String) -> Duration { scheduler.setBack(at: instant(now)) }
  func restartIntervals(at now: String) { scheduler.restartIntervals(at: instant(now)) }
}

extension JobDecision {
  var line: String {
    let instants = firstDue == due ? "\(due)" : "\(firstDue)…\(due)"
    return "\(job) \(outcome.name) \(instants) x\(count)"
  }
}
