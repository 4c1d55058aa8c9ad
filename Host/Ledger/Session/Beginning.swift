/// What a ledger answers to a session that wants to be recorded in it.
public enum Beginning: Hashable, Sendable {
  /// Nothing was there: the session starts.
  case new
  /// The session was interrupted: it is run again from its start, and what is recorded already is compared, not written.
  case resumed(Resumption)
  /// The same session ended here before. Nothing was written.
  case finished(summary: String)
  /// Another session is recorded here. Nothing was written.
  case otherFingerprint([Difference])

  /// How far an interrupted session had come.
  public struct Resumption: Hashable, Sendable {
    /// Facts that are durable.
    public var records: UInt64
    /// Journaled events that are durable.
    public var journalEntries: UInt64
  }

  /// A part of the fingerprint that is not the same.
  public struct Difference: Hashable, Sendable, CustomStringConvertible {
    /// `account`, `configuration`, `currency`, `data`, `from`, `instruments`, `mode`, `options`, `plugins`,
    /// `strategies` or `to`.
    public var name: String
    /// What the ledger has.
    public var recorded: String
    /// What the session that asked has.
    public var asked: String

    /// The part with both values.
    public var description: String { "\(name): \(recorded) in the ledger, \(asked) now" }
  }
}
