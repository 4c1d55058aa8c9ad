/// Why a ledger or state file was refused, or could not be read or written.
public struct LedgerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong, as one word for programs.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// There is no such file.
    case notFound = "ledger_not_found"
    /// The file cannot be created: the folder is missing or not writable.
    case cannotCreate = "ledger_cannot_create"
    /// The file cannot be written: its medium or its permissions forbid it.
    case readOnly = "ledger_read_only"
    /// Another host runs on it.
    case inUse = "ledger_in_use"
    /// Another program holds a lock of the database.
    case busy = "ledger_busy"
    /// The file is not a SQLite database.
    case notADatabase = "not_a_database"
    /// The file is a SQLite database of another program, or of another kind of ours.
    case notALedger = "not_a_ledger"
    /// The file is damaged: pages, rows or their hash chain are not what was written.
    case corrupted = "ledger_corrupted"
    /// A newer host wrote it.
    case newerSchema = "ledger_newer_schema"
    /// It belongs to another session.
    case otherSession = "ledger_other_session"
    /// What is recorded again differs from what was recorded.
    case diverged = "ledger_diverged"
    /// No room is left.
    case diskFull = "disk_full"
    /// Reading or writing failed.
    case inputOutput = "input_output"
    /// A row that the schema does not allow: a fault of this program.
    case invalidRecord = "invalid_record"
    /// SQLite answered with something that none of the above explains.
    case unexpected = "ledger_unexpected"
  }

  /// What went wrong.
  public var code: Code
  /// The file it is about.
  public var file: String
  /// What was tried or seen.
  public var what: String
  /// What should have been there; `nil` when that says nothing more.
  public var expected: String?
  /// What was there instead, or what the system said.
  public var found: String?
  /// What the reader can do.
  public var remedy: String

  /// Makes an error from its parts.
  public init(
    _ code: Code, file: String, what: String, expected: String? = nil, found: String? = nil, remedy: String
  ) {
    self.code = code
    self.file = file
    self.what = what
    self.expected = expected
    self.found = found
    self.remedy = remedy
  }

  /// File, what, expected and found, and the remedy, in one line.
  public var description: String {
    var text = "\(file): \(what)"
    switch (expected, found) {
    case (let expected?, let found?): text += ": expected \(expected), found \(found)"
    case (let expected?, nil): text += ": expected \(expected)"
    case (nil, let found?): text += ": \(found)"
    case (nil, nil): break
    }
    return "\(text); \(remedy)"
  }
}
