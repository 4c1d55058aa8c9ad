import TradingTypes

/// Why a list of jobs cannot be scheduled; holds every fault, not only the first.
public struct SchedulerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One fault.
  public enum Fault: Hashable, Sendable, CustomStringConvertible {
    /// Two jobs have this id.
    case duplicateJob(String)
    /// The interval is not 1...31,622,400 seconds.
    case interval(job: String, seconds: Int64)
    /// The offset is more than a week.
    case offset(job: String, seconds: Int64)
    /// The misfire grace is negative.
    case misfireGrace(job: String, seconds: Int64)

    /// What is wrong and what was expected.
    public var description: String {
      switch self {
      case .duplicateJob(let job): "two jobs are named '\(job)'; give each its own id"
      case .interval(let job, let seconds):
        "job '\(job)': expected an interval of 1 to 31622400 seconds, found \(seconds)"
      case .offset(let job, let seconds):
        "job '\(job)': expected an offset of at most 604800 seconds either way, found \(seconds)"
      case .misfireGrace(let job, let seconds):
        "job '\(job)': expected a misfire grace of 0 seconds or more, found \(seconds)"
      }
    }
  }

  /// All faults, in the order of the jobs.
  public var faults: [Fault]

  /// All faults, separated by semicolons.
  public var description: String {
    "cannot schedule the jobs: " + faults.map(\.description).joined(separator: "; ")
  }
}

extension SchedulerError {
  /// Every fault of a list of jobs.
  static func faults(of jobs: [Job]) -> [Fault] {
    var seen: Set<String> = []
    var faults: [Fault] = []
    for job in jobs {
      if !seen.insert(job.id).inserted { faults.append(.duplicateJob(job.id)) }
      switch job.schedule {
      case .every(let seconds) where !(1...31_622_400).contains(seconds):
        faults.append(.interval(job: job.id, seconds: seconds))
      case .sessionOpen(_, let offset) where !(-604_800...604_800).contains(offset),
        .sessionClose(_, let offset) where !(-604_800...604_800).contains(offset):
        faults.append(.offset(job: job.id, seconds: offset))
      default: break
      }
      if let grace = job.misfireGrace, grace < 0 { faults.append(.misfireGrace(job: job.id, seconds: grace)) }
    }
    return faults
  }
}
