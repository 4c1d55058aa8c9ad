/// How a runner came to its end when it should not have.
public struct RunnerFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What happened.
  public enum Kind: Hashable, Sendable {
    /// It did not answer in time; it was killed.
    case timeout
    /// A signal ended it.
    case signal(Int32)
    /// It ended itself with this status.
    case exit(Int32)
    /// It sent what is no message, or named what it was not given; it was killed.
    case garbage
  }

  /// The runner, of all that this process has started, from 1.
  public var epoch: UInt64
  /// Its process.
  public var processIdentifier: Int32
  /// The call that was running, as `strategy.on_bar`; `no call` between calls, `load` before the first.
  public var call: String
  /// What happened.
  public var kind: Kind
  /// What happened, in words.
  public var detail: String

  /// `strategy.on_bar: ended by signal 11 (SIGSEGV)`.
  public var description: String { "\(call): \(detail)" }
}
