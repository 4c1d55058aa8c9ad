import CSQLite

/// One connection to a database file, owned by one thread.
final class Connection {
  /// How to open the file.
  enum Access {
    /// Read and write; creates the file.
    case write
    /// Read only, but able to take part in the locking of a database in use.
    case readShared
    /// Read only, from a medium that nothing can be written to.
    case readOnly
    /// Read only, a file that nobody changes.
    case immutable
    /// A database in memory.
    case memory
  }

  let path: String
  private(set) var handle: OpaquePointer?

  /// Opens a file through a VFS (`nil`: the default one); waits up to `busyMilliseconds` for locks of others.
  init(_ path: String, _ access: Access, vfs: String? = nil, busyMilliseconds: Int32) throws(LedgerError) {
    self.path = path
    var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    var name = path
    switch access {
    case .write: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .readShared: flags |= SQLITE_OPEN_READWRITE
    case .readOnly: flags |= SQLITE_OPEN_READONLY
    case .immutable:
      flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      name = "file:\(Connection.escapedForURI(path))?immutable=1"
    case .memory:
      flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      name = ":memory:"
    }
    let result = sqlite3_open_v2(name, &handle, flags, vfs)
    guard result == SQLITE_OK else {
      let error = failure(result, "cannot open")
      close()
      throw error
    }
    sqlite3_busy_timeout(handle, busyMilliseconds)
  }

  deinit { close() }

  /// Closes it; statements still alive keep nothing open once they are gone.
  func close() {
    // An empty log can go: folding it changes nothing.
    if handle != nil, FilePath.size("\(path)-wal") == 0 { foldsLogOnClose(true) }
    sqlite3_close_v2(handle)
    handle = nil
  }

  /// Whether closing the last connection folds the write-ahead log into the file, which changes its bytes.
  func foldsLogOnClose(_ folds: Bool) {
    _ = wharf_sqlite3_switch(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, folds ? 0 : 1)
  }

  /// The error for a result of this connection.
  func failure(_ result: Int32, _ what: String) -> LedgerError {
    let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(result))
    return LedgerError(sqlite: result, message: message, file: path, what: what)
  }

  /// Runs statements that answer nothing.
  func execute(_ sql: String, _ what: String) throws(LedgerError) {
    let result = sqlite3_exec(handle, sql, nil, nil, nil)
    guard result == SQLITE_OK else { throw failure(result, what) }
  }

  /// Prepares a statement that is used often.
  func prepare(_ sql: String) throws(LedgerError) -> Statement { try Statement(sql, self) }

  /// The first column of the first row as an integer; `nil` without a row or for NULL.
  func integer(_ sql: String) throws(LedgerError) -> Int64? {
    let statement = try prepare(sql)
    return try statement.step("cannot read") ? statement.optionalInteger(0) : nil
  }

  /// The first column of the first row as text; `nil` without a row or for NULL.
  func text(_ sql: String) throws(LedgerError) -> String? {
    let statement = try prepare(sql)
    return try statement.step("cannot read") ? statement.optionalText(0) : nil
  }

  /// Runs `body` in one transaction that is durable when this returns; on any error nothing of it is kept.
  func transaction<Result>(
    _ what: String, _ body: () throws(LedgerError) -> Result
  ) throws(LedgerError) -> Result {
    try execute("BEGIN IMMEDIATE", what)
    do throws(LedgerError) {
      let result = try body()
      try execute("COMMIT", what)
      return result
    } catch {
      rollBack()
      throw error
    }
  }

  /// Ends a transaction without a trace; SQLite may have done so already.
  func rollBack() { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }

  private static func escapedForURI(_ path: String) -> String {
    var text = ""
    for character in path {
      switch character {
      case "%": text += "%25"
      case "?": text += "%3f"
      case "#": text += "%23"
      default: text.append(character)
      }
    }
    return text
  }
}

extension Connection {
  /// A copy of the whole database in memory.
  func copyInMemory() throws(LedgerError) -> Connection {
    let copy = try Connection(path, .memory, busyMilliseconds: 0)
    guard let backup = sqlite3_backup_init(copy.handle, "main", handle, "main") else {
      throw copy.failure(sqlite3_errcode(copy.handle), "cannot copy")
    }
    let result = sqlite3_backup_step(backup, -1)
    sqlite3_backup_finish(backup)
    guard result == SQLITE_DONE else { throw failure(result, "cannot copy") }
    return copy
  }
}
