import CSandbox
import Glibc

/// The limits of a process (setrlimit(2)).
enum ResourceLimits {
  /// How many descriptors there may be while a plugin is being loaded.
  static let descriptors: Int32 = 64

  /// - Parameter isAlone: whether no other process belongs to this one's user.
  static func apply(_ limits: SandboxLimits, isAlone: Bool) throws(SandboxError) {
    let mapped = try ProcessFacts.mappedBytes()
    try set(RLIMIT_AS, mapped + limits.memoryBytes, "address space")
    // First the signal that says why, a second later the one that nothing holds up.
    try set(RLIMIT_CPU, limits.processorSeconds, "processor time", grace: 1)
    try set(RLIMIT_NOFILE, UInt64(descriptors), "descriptors")
    let others = isAlone ? 1 : try ProcessFacts.systemTasks()
    try checked("limiting threads and what is not allowed at all", sandbox_allow_no_more(others + limits.threads))
  }

  /// Lowers a limit for good; one that is lower already stays.
  static func set(_ resource: __rlimit_resource, _ value: UInt64, _ name: String, grace: UInt64 = 0)
    throws(SandboxError)
  {
    let number = Int32(resource.rawValue)
    var limit = rlimit()
    try checkedErrno("reading the limit of \(name)", getrlimit(number, &limit))
    let last = min(rlim_t(value + grace), limit.rlim_max)
    limit = rlimit(rlim_cur: min(rlim_t(value), last), rlim_max: last)
    try checkedErrno("limiting \(name)", setrlimit(number, &limit))
  }
}
