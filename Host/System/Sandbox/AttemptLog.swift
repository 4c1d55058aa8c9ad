import CSandbox
import Glibc
import Synchronization

/// What a contained process tried, as it notes it in memory that its starter shares.
///
/// The process can write anything there. It bounds how much is read, and tells only of the process itself.
public final class AttemptLog: Sendable {
  /// What was tried since the last time it was asked.
  public struct News: Hashable, Sendable {
    /// The attempts that were noted, oldest first.
    public var attempts: [SandboxAttempt]
    /// How many more there were, of which nothing was noted.
    public var unnoted: Int
  }

  /// The memory as a descriptor, for the child.
  let descriptor: Int32
  private nonisolated(unsafe) let shared: UnsafeMutablePointer<sandbox_attempts>
  private let told = Mutex((noted: UInt32(0), total: UInt32(0)))

  init() throws(SandboxError) {
    descriptor = try checked(
      "making memory for attempts", sandbox_sealed_memory(UInt64(MemoryLayout<sandbox_attempts>.size)))
    guard let memory = sandbox_share_attempts(descriptor) else {
      let failure = errno
      close(descriptor)
      throw .refused(step: "sharing the memory for attempts", errno: failure)
    }
    shared = memory
  }

  deinit {
    sandbox_release_attempts(shared)
    close(descriptor)
  }

  /// How many attempts there were so far; a load from memory.
  public var count: UInt32 { sandbox_attempt_count(shared) }

  /// What was tried since the last time; at most a few dozen attempts in a process's life are told in full.
  public func takeNews() -> News {
    told.withLock { told in
      let total = count
      var news = News(attempts: [], unnoted: 0)
      guard total != told.total else { return news }
      var noted = sandbox_attempt()
      while sandbox_copy_attempt(shared, told.noted, &noted) != 0 {
        news.attempts.append(SandboxAttempt(noted))
        told.noted += 1
      }
      news.unnoted = max(0, Int(total &- told.total) - news.attempts.count)
      told.total = total
      return news
    }
  }
}
