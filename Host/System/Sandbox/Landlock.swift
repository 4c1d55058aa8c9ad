import CSandbox
import Glibc

/// The kernel's rules about files, sockets and signals for a process that gives up all others (landlock(7)).
struct Landlock: ~Copyable {
  private let ruleset: Int32

  /// Rules that forbid all that this kernel can forbid.
  init() throws(SandboxError) { ruleset = try checked("making Landlock rules", sandbox_landlock_ruleset()) }

  /// Allows these files to be read. One that is not there is passed over: there is nothing to allow.
  func allowReading(_ paths: [String]) throws(SandboxError) {
    for path in paths {
      let result = sandbox_landlock_allow_reading(ruleset, path)
      if result != -ENOENT { try checked("allowing \(path)", result) }
    }
  }

  deinit { close(ruleset) }

  /// Puts the calling thread, and all it starts, under the rules.
  func restrictThread() throws(SandboxError) {
    try checked("applying Landlock rules", sandbox_landlock_restrict(ruleset))
  }
}
