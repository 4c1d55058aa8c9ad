import CSandbox
import Glibc

/// A wall around the calling process that it cannot take down again.
///
/// It stands before a plugin is loaded, because loading runs the plugin's initialisers. From then on the process can
/// neither gain rights, open a socket, start a program or a process, look at or signal another process, write a
/// file, nor make memory executable that is not the unchanged content of a file. Until it is sealed it can read the
/// files of its policy; afterwards it can open nothing at all.
///
/// A plugin may have a few threads, bounded by the kernel's count of its user's tasks (see ``SandboxLimits/threads``):
/// an unbounded number would stop the machine. Root is not bound by that count, so what starts as root becomes a user of
/// its own here; where it cannot, `pthread_create` answers `EAGAIN`.
///
/// Every refused system call is noted for whoever started the process (``AttemptLog``). A process that blocks the signal
/// by which it is noticed, or calls the kernel as a program of another architecture, is killed with `SIGSYS`.
public struct Sandbox: Sendable {
  /// The descriptor at which a child of ``ChildProcess`` finds the memory for its attempts.
  public static let reportDescriptor: Int32 = 3
  /// The first of the descriptors that a child of ``ChildProcess`` was given.
  public static let firstGivenDescriptor: Int32 = 4

  private let lastKept: Int32

  /// Puts the calling process behind the wall, for good, with every layer that `support` has; whether that is enough was
  /// decided by whoever started it.
  ///
  /// It must be the child of a ``ChildProcess`` with one thread. Descriptors that the policy does not name are closed.
  /// Takes about a millisecond.
  public static func enter(
    _ policy: SandboxPolicy, support: SandboxSupport = .current
  ) throws(SandboxError) -> Sandbox {
    let threads = try ProcessFacts.threadCount()
    guard threads == 1 else { throw .severalThreads(threads) }
    guard let attempts = sandbox_share_attempts(reportDescriptor) else {
      throw .refused(step: "sharing the memory for attempts", errno: errno)
    }
    let lastKept = try Descriptors.close(allBut: policy)
    ProcessFacts.volunteerForLackOfMemory()
    let ruleset = support.landlockABI == nil ? nil : try Landlock()
    try ruleset?.allowReading(policy.readableFiles)

    let wasRoot = geteuid() == 0
    let isNobody = try ProcessFacts.becomeNobody(reading: policy.readableFiles)
    try ResourceLimits.apply(policy.limits, isAlone: wasRoot && isNobody)
    try checked("giving up capabilities", sandbox_drop_capabilities())
    try checked("hiding the process's memory", sandbox_hide_memory())
    if support.hasNoNewPrivileges { try checked("setting no_new_privs", sandbox_forgo_new_privileges()) }
    try ruleset?.restrictThread()
    let pass = UInt64.random(in: 1 ... .max)
    try checked("watching for attempts", sandbox_watch(attempts, pass))
    if support.hasSystemCallFilter {
      let filter = try SystemCallFilter(pass: pass, lastKept: lastKept, mayHaveThreads: isNobody)
      try filter.addRules()
      try filter.install()
    }
    return Sandbox(lastKept: lastKept)
  }

  /// Ends the time of loading: closes all but the descriptors kept for good, after which none can be opened.
  ///
  /// An initialiser of the plugin cannot prevent it, as it cannot close one of those kept and free its number.
  public func seal() throws(SandboxError) {
    sandbox_end_loading()
    sandbox_close_from(UInt32(lastKept + 1))
    try ResourceLimits.set(RLIMIT_NOFILE, UInt64(lastKept + 1), "descriptors")
  }
}
