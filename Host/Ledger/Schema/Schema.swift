/// One step from a released schema to the next. Its text is frozen once released.
struct Migration: Sendable {
  /// The schema version it leads to.
  let version: Int64
  let statements: String
}

/// What kind of database a file is, and how it gets to the present schema.
struct Schema: Sendable {
  /// Stored in the file's header, so that no other kind of file is taken for one of ours.
  let applicationID: Int64
  /// What people call the file.
  let name: String
  /// Every step since the first release, ascending.
  let migrations: [Migration]
  /// Views belong to the build, not to the file: they are made again with every migration.
  let views: String

  /// The version this build writes.
  var version: Int64 { migrations.last?.version ?? 0 }

  /// The record of a session; `WHRF`.
  static let ledger = Schema(
    applicationID: 0x5748_5246, name: "a ledger",
    migrations: [Migration(version: 1, statements: LedgerTables.version1)], views: LedgerViews.statements)

  /// What plugins keep; `WHST`.
  static let pluginState = Schema(
    applicationID: 0x5748_5354, name: "a plugin state file",
    migrations: [Migration(version: 1, statements: PluginStateTables.version1)], views: PluginStateTables.views)

  /// The version in a file; `nil` for a file in which nothing was ever created. Refuses files of others, newer schemas
  /// and files that are no database.
  func versionStored(in connection: Connection) throws(LedgerError) -> Int64? {
    let objects = try connection.integer("SELECT count(*) FROM sqlite_schema") ?? 0
    let application = try connection.integer("PRAGMA application_id") ?? 0
    let stored = try connection.integer("PRAGMA user_version") ?? 0
    if objects == 0, application == 0, stored == 0 {
      // SQLite takes a file shorter than its header for a new one.
      let pages = try connection.integer("PRAGMA page_count") ?? 0
      guard pages == 0, FilePath.size(connection.path) > 0 else { return nil }
      throw LedgerError(
        .notADatabase, file: connection.path, what: "is too short for a database",
        remedy: LedgerError.remedy(for: .notADatabase))
    }
    guard application == applicationID else {
      throw LedgerError(
        .notALedger, file: connection.path, what: "is not \(name)", expected: "application id \(applicationID)",
        found: String(application), remedy: LedgerError.remedy(for: .notALedger))
    }
    guard stored <= version else {
      throw LedgerError(
        .newerSchema, file: connection.path, what: "was written by a newer host",
        expected: "schema \(version) or older", found: "schema \(stored)", remedy: LedgerError.remedy(for: .newerSchema)
      )
    }
    return stored
  }

  /// Brings an open transaction's database from a version (0: nothing there) to the present one.
  func migrate(_ connection: Connection, from stored: Int64) throws(LedgerError) {
    for migration in migrations where migration.version > stored {
      try connection.execute(migration.statements, "cannot bring the schema to version \(migration.version)")
    }
    try dropViews(connection)
    try connection.execute(views, "cannot make the views")
    try connection.execute("PRAGMA application_id = \(applicationID)", "cannot write the header")
    try connection.execute("PRAGMA user_version = \(version)", "cannot write the header")
  }

  private func dropViews(_ connection: Connection) throws(LedgerError) {
    var names: [String] = []
    let statement = try connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'view'")
    while try statement.step("cannot read the schema") { names.append(statement.text(0)) }
    for name in names {
      try connection.execute("DROP VIEW \"\(name.split(separator: "\"").joined(separator: "\"\""))\"", "cannot migrate")
    }
  }

  /// Looks for missing bytes, damaged pages and rows that break the schema.
  static func requireIntact(_ connection: Connection) throws(LedgerError) {
    let page = try connection.integer("PRAGMA page_size") ?? 0
    let size = FilePath.size(connection.path)
    // Where a write-ahead log is left, a page cut short is whole in there.
    if page > 0, size % page != 0, FilePath.size("\(connection.path)-wal") == 0 {
      throw LedgerError(
        .corrupted, file: connection.path, what: "is cut short", expected: "whole pages of \(page) bytes",
        found: "\(size) bytes", remedy: LedgerError.remedy(for: .corrupted))
    }
    let answer = try connection.text("PRAGMA quick_check(1)") ?? "no answer"
    guard answer == "ok" else {
      throw LedgerError(
        .corrupted, file: connection.path, what: "is damaged", found: answer,
        remedy: LedgerError.remedy(for: .corrupted))
    }
  }
}

extension Connection {
  /// Settings of every connection that writes: each commit waits until the disk has it.
  func configureForWriting() throws(LedgerError) {
    try execute(
      """
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA cell_size_check = ON;
      PRAGMA trusted_schema = OFF;
      """, "cannot configure")
  }

  /// Settings of every connection that reads.
  func configureForReading() throws(LedgerError) {
    try execute("PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF;", "cannot configure")
  }
}
