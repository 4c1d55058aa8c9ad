import TradingCore
import TradingTypes

/// The record of one session in one SQLite file: what was decided, with its numbers, in the order it was decided.
///
/// One thread owns it. Facts are numbered from 1 and gathered in memory until ``commit()``, which makes all of them
/// durable or none; after an error of a commit they are still there, and it can be tried again. An interrupted session is
/// run again from its start: facts that are durable already are compared with what is there, and only what follows
/// is written. Readers (``LedgerReader``) may have the file open meanwhile; a second writer is refused.
public final class Ledger {
  /// The file, without symbolic links.
  public let path: String
  /// A random name of this recording, equal for every resumption of it; empty before ``begin(_:wallTime:)``.
  public internal(set) var run = ""
  /// Facts so far, compared or new.
  public internal(set) var recordCount: UInt64 = 0
  /// Facts that are durable.
  public internal(set) var committedRecords: UInt64 = 0
  /// Journaled events so far, durable or not.
  public internal(set) var journalCount: UInt64 = 0

  let connection: Connection
  let schema: Schema
  /// The schema in the file; `nil`: nothing there yet.
  let storedVersion: Int64?
  private let lock: FileLock

  var names: Names?
  var writer: RowWriter?
  var journalInsertion: Statement?
  var checkpointInsertion: Statement?
  /// Rows that are not durable; while catching up, rows since the last commit that was passed.
  var pending = RowBuffer()
  var pendingJournal: [PendingEvent] = []
  var recordChain = HashChain.records("")
  var journalChain = HashChain.journal("")
  /// Commits of earlier runs that this one has still to pass, the next one last.
  var checkpointsAhead: [Checkpoint] = []
  var committedJournal: UInt64 = 0
  var lastInput: UInt64 = 0
  /// Set by a fault after which nothing may be written any more.
  var fault: LedgerError?

  /// Opens a ledger file, or a new one if there is none, and keeps other hosts away from it until it is closed.
  ///
  /// Nothing is written before ``begin(_:wallTime:)`` has accepted a session. Refuses files that are damaged, of another
  /// program, of a newer host or in use.
  public static func open(_ path: String) throws(LedgerError) -> Ledger { try Ledger(path, Options()) }

  /// What tests vary.
  struct Options {
    var vfs: String?
    /// How long to wait for a lock that a reader holds for a moment.
    var busyMilliseconds: Int32 = 2000
    var schema = Schema.ledger
  }

  init(_ path: String, _ options: Options) throws(LedgerError) {
    self.path = try FilePath.resolved(path)
    try FilePath.requireRegular(self.path)
    schema = options.schema
    lock = try FileLock(forFile: self.path)
    connection = try Connection(self.path, .write, vfs: options.vfs, busyMilliseconds: options.busyMilliseconds)
    // Until a session was accepted, not a byte of the file changes.
    connection.foldsLogOnClose(false)
    storedVersion = try schema.versionStored(in: connection)
    try connection.configureForWriting()
    if storedVersion != nil { try Schema.requireIntact(connection) }
  }

  deinit { close() }

  /// Ends the use of the file. Facts that were not committed are dropped, as if the process had been killed.
  public func close() {
    writer = nil
    journalInsertion = nil
    checkpointInsertion = nil
    connection.close()
    lock.release()
  }

  /// Whether facts are still compared with those of an earlier run.
  public var isCatchingUp: Bool { recordCount < committedRecords }

  /// Records a fact; answers whether an earlier run had made it durable already. Reads and writes no file.
  ///
  /// Throws ``LedgerError/Code/diverged`` when it is not what an earlier run recorded at the same place; nothing can be
  /// recorded after that.
  @discardableResult
  public func append(_ record: Record) throws(LedgerError) -> Bool {
    let names = try ready()
    let start = pending.bytes.count
    do throws(Names.Unknown) { try pending.add(record, names) } catch { throw unknown(error, start) }
    return try took(from: start)
  }

  /// Records what a scanner reported. Reads and writes no file; answers and throws as ``append(_:)``.
  @discardableResult
  public func append(_ observation: Observation, scanner: String) throws(LedgerError) -> Bool {
    let names = try ready()
    let start = pending.bytes.count
    do throws(Names.Unknown) { try pending.add(observation, scanner: scanner, names) } catch {
      throw unknown(error, start)
    }
    return try took(from: start)
  }

  /// Makes everything recorded and journaled so far durable, in one transaction and one write to the disk; without
  /// anything new it does nothing.
  ///
  /// Blocks on the disk. On an error all of it still waits: commit again, or stop. A later start finds none of it, or,
  /// where the disk failed after it had written, all of it; never a part.
  public func commit() throws(LedgerError) {
    _ = try ready()
    guard !isCatchingUp, recordCount > committedRecords || !pendingJournal.isEmpty else { return }
    try connection.transaction("cannot commit") { () throws(LedgerError) in try writePending() }
    settle()
  }

  /// Commits, and ends the session: this file will not be resumed. The summary is a JSON object.
  ///
  /// Blocks on the disk. Afterwards the file stands alone, without a write-ahead log beside it.
  public func finish(summary: String, wallTime: Timestamp) throws(LedgerError) {
    _ = try ready()
    guard !isCatchingUp else { throw endedEarly() }
    try connection.transaction("cannot finish") { () throws(LedgerError) in
      if recordCount > committedRecords || !pendingJournal.isEmpty { try writePending() }
      let statement = try connection.prepare(
        "UPDATE session SET state = 'finished', summary = ?, ended_wall_ns = ? WHERE id = 1")
      statement.bind(1, summary)
      statement.bind(2, wallTime.nanoseconds)
      _ = try statement.step("cannot finish")
    }
    settle()
    // The record is complete; that a reader may keep the write-ahead log alive is no fault.
    try? connection.execute("PRAGMA journal_mode = DELETE", "cannot fold the write-ahead log")
  }

  /// The session's names; throws the fault that stopped this ledger.
  func ready() throws(LedgerError) -> Names {
    if let fault { throw fault }
    guard let names else {
      throw LedgerError(
        .unexpected, file: path, what: "no session was begun", remedy: LedgerError.remedy(for: .unexpected))
    }
    return names
  }

  private func unknown(_ error: Names.Unknown, _ start: Int) -> LedgerError {
    pending.truncate(to: start)
    return LedgerError(
      .invalidRecord, file: path, what: "cannot record \(error.what)", expected: "one of the session's",
      remedy: LedgerError.remedy(for: .invalidRecord))
  }
}
