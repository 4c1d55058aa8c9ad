import CSQLite

extension LedgerError {
  /// The error for a SQLite result code, with SQLite's own message; bound values are never part of it.
  init(sqlite result: Int32, message: String, file: String, what: String) {
    let code = Code(sqlite: result)
    self.init(
      code, file: file, what: what, found: "\(message) (SQLite code \(result))", remedy: LedgerError.remedy(for: code))
  }

  static func remedy(for code: Code) -> String {
    switch code {
    case .notFound: "name an existing file"
    case .cannotCreate: "create the folder, or name a file in one that can be written"
    case .readOnly: "make the file and its folder writable, or name another file"
    case .inUse: "wait for the other host to end, or name another file"
    case .busy: "close the program that holds the lock and try again; nothing was lost"
    case .notADatabase, .notALedger: "name a ledger, or a new file"
    case .corrupted: "restore a backup, or keep this file aside and start anew"
    case .newerSchema: "use the host that wrote it, or a newer one"
    case .otherSession: "name another file, or start anew"
    case .diverged: "use the build, data and configuration that wrote it, or start anew"
    case .diskFull: "make room and start again; everything committed is kept"
    case .inputOutput: "check the medium and start again; everything committed is kept"
    case .invalidRecord, .unexpected: "report this as a fault of the host"
    }
  }
}

extension LedgerError.Code {
  init(sqlite result: Int32) {
    switch result & 0xFF {
    case SQLITE_NOTADB: self = .notADatabase
    case SQLITE_CORRUPT: self = .corrupted
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: self = .busy
    case SQLITE_FULL: self = .diskFull
    case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: self = .readOnly
    case SQLITE_CANTOPEN: self = .cannotCreate
    case SQLITE_IOERR: self = .inputOutput
    case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG: self = .invalidRecord
    default: self = .unexpected
    }
  }
}
