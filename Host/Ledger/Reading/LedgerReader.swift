import Glibc
import TradingTypes

/// Reads a ledger, also while a host writes it; never changes a byte of it. One thread owns it.
///
/// Each answer is of one moment: the last commit before it was asked for.
public final class LedgerReader {
  /// The file, without symbolic links.
  public let path: String
  let connection: Connection

  /// Opens a ledger for reading. Refuses files that are missing, damaged, of another program or of a newer host; reads
  /// older schemas too.
  public init(_ path: String) throws(LedgerError) {
    let resolved = try FilePath.resolved(path)
    self.path = resolved
    guard FilePath.exists(resolved) else {
      throw LedgerError(
        .notFound, file: path, what: "there is no such ledger", remedy: "name an existing file, or run a session first")
    }
    try FilePath.requireRegular(resolved)
    connection = try LedgerReader.open(resolved, schema: .ledger)
  }

  init(_ path: String, schema: Schema) throws(LedgerError) {
    self.path = path
    connection = try LedgerReader.open(path, schema: schema)
  }

  /// Ends the use of the file.
  public func close() { connection.close() }

  private static func open(_ path: String, schema: Schema) throws(LedgerError) -> Connection {
    var connection = try openFile(path)
    connection.foldsLogOnClose(false)
    guard let stored = try schema.versionStored(in: connection) else {
      throw LedgerError(
        .notALedger, file: path, what: "holds no session", remedy: "name another file, or run a session first")
    }
    if stored < schema.version { connection = try migratedCopy(of: connection, from: stored, schema) }
    try connection.configureForReading()
    try Schema.requireIntact(connection)
    return connection
  }

  /// A connection that works on any medium: one that shares the locks of a writer where the folder can be written, one
  /// that takes none where nothing can.
  private static func openFile(_ path: String) throws(LedgerError) -> Connection {
    var refusal: LedgerError?
    for access in [Connection.Access.readShared, .readOnly, .immutable] {
      if access == .immutable, FilePath.exists("\(path)-wal") { break }
      do throws(LedgerError) {
        let connection = try Connection(path, access, busyMilliseconds: 2000)
        connection.foldsLogOnClose(false)
        _ = try connection.integer("SELECT count(*) FROM sqlite_schema")
        return connection
      } catch {
        guard error.code == .readOnly || error.code == .cannotCreate || error.code == .inputOutput else { throw error }
        refusal = refusal ?? error
      }
    }
    throw refusal
      ?? LedgerError(.inputOutput, file: path, what: "cannot open", remedy: LedgerError.remedy(for: .inputOutput))
  }

  /// A copy in memory with the present schema: the file itself stays as it is.
  private static func migratedCopy(
    of connection: Connection, from stored: Int64, _ schema: Schema
  ) throws(LedgerError) -> Connection {
    let copy = try connection.copyInMemory()
    try copy.transaction("cannot read an older schema") { () throws(LedgerError) in
      try schema.migrate(copy, from: stored)
    }
    return copy
  }
}
