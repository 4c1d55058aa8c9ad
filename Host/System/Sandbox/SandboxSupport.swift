import CSandbox

/// What this machine's kernel offers to keep a process from doing harm.
public struct SandboxSupport: Hashable, Sendable {
  /// The version of Landlock; `nil` when the kernel lacks it or was started without it.
  public var landlockABI: Int?
  /// Whether system calls can be filtered, and attempts noticed.
  public var hasSystemCallFilter: Bool
  /// Whether a process can give up the right to gain rights.
  public var hasNoNewPrivileges: Bool

  /// Makes one from its parts.
  public init(landlockABI: Int?, hasSystemCallFilter: Bool, hasNoNewPrivileges: Bool) {
    self.landlockABI = landlockABI
    self.hasSystemCallFilter = hasSystemCallFilter
    self.hasNoNewPrivileges = hasNoNewPrivileges
  }

  /// What the kernel that this process runs on offers; asks it anew each time, which takes microseconds.
  public static var current: SandboxSupport {
    let version = sandbox_landlock_version()
    return SandboxSupport(
      landlockABI: version > 0 ? Int(version) : nil, hasSystemCallFilter: sandbox_has_filter() != 0,
      hasNoNewPrivileges: sandbox_has_no_new_privileges() != 0)
  }

  /// Whether nothing is missing.
  public var isComplete: Bool { missing.isEmpty }

  /// Every layer of the wall that is not there, each with what that means and what to do about it.
  public var missing: [String] {
    var texts: [String] = []
    if !hasNoNewPrivileges {
      texts.append("no_new_privs is missing: a plugin could start programs with more rights; use Linux 3.5 or later")
    }
    if landlockABI == nil {
      texts.append(
        "Landlock is missing: a plugin could read files of this user while it is being loaded; use Linux 5.13 or "
          + "later, with landlock among the kernel's lsm= modules")
    }
    if !hasSystemCallFilter {
      texts.append(
        "seccomp is missing: a plugin could open sockets and start programs; use a kernel with CONFIG_SECCOMP_FILTER")
    }
    return texts
  }

  /// What an older Landlock leaves to the filter of system calls alone; not a gap while that filter is there.
  public var notes: [String] {
    guard let landlockABI else { return [] }
    var texts: [String] = []
    if landlockABI < 4 { texts.append("Landlock \(landlockABI) has no network rules (since 4, Linux 6.7)") }
    if landlockABI < 6 {
      texts.append("Landlock \(landlockABI) has no scopes for abstract sockets and signals (since 6, Linux 6.12)")
    }
    return texts
  }
}
