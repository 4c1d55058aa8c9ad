import Foundation
import Testing
import TradingTypes

@testable import Ledger
@testable import TradingCore

@Suite struct `The schema` {
  /// Everything in a file's schema, in the order it was made.
  static func dump(_ connection: Connection) throws -> String {
    let statement = try connection.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
    var text = ""
    while try statement.step("cannot read") { text += statement.text(0) + ";\n" }
    return text
  }

  static func connection(_ schema: Schema) throws -> Connection {
    let connection = try Connection("memory", .memory, busyMilliseconds: 0)
    try connection.transaction("cannot create") { () throws(LedgerError) in try schema.migrate(connection, from: 0) }
    return connection
  }

  /// Set WHARF_REGENERATE=1 to write the snapshot again; a change of version 1 after its release is a fault.
  @Test(arguments: [("ledger", Schema.ledger), ("plugin-state", Schema.pluginState)])
  func `is the one of the snapshot`(name: String, schema: Schema) throws {
    let file = fixtures.appendingPathComponent("\(name)-schema-\(schema.version).sql")
    let present = try Self.dump(Self.connection(schema))
    if ProcessInfo.processInfo.environment["WHARF_REGENERATE"] == "1" {
      try present.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == present)
  }

  @Test(arguments: Table.allCases) func `has the columns of the rows, in their order`(_ table: Table) throws {
    let statement = try Self.connection(.ledger).prepare("SELECT name FROM pragma_table_info('\(table.name)')")
    var columns: [String] = []
    while try statement.step("cannot read") { columns.append(statement.text(0)) }
    #expect(columns == (table.isDetail ? ["record", "position"] : ["record"]) + table.columns)
  }

  @Test func `keeps every table strict`() throws {
    for schema in [Schema.ledger, .pluginState] {
      let loose = try Self.connection(schema).text(
        "SELECT group_concat(name) FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND NOT strict "
          + "AND name NOT LIKE 'sqlite_%'")
      #expect(loose == nil)
    }
  }
}

@Suite struct `A ledger of an earlier release` {
  /// What a later release might add: a column at the end, and a table.
  private static let later = Schema(
    applicationID: Schema.ledger.applicationID, name: Schema.ledger.name,
    migrations: Schema.ledger.migrations + [
      Migration(
        version: 2,
        statements: "ALTER TABLE trade ADD COLUMN venue TEXT; CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT;")
    ], views: Schema.ledger.views + "CREATE VIEW notes AS SELECT id FROM note;")

  /// The file a release wrote, from its SQL.
  private func released(_ version: Int) throws -> Scratch {
    let scratch = Scratch()
    let file = fixtures.appendingPathComponent("ledger-\(version).sql")
    try scratch.execute(try String(contentsOf: file, encoding: .utf8))
    return scratch
  }

  @Test(arguments: [1]) func `is read, whole and with the same digest`(version: Int) throws {
    let scratch = try released(version)
    let reader = try LedgerReader(scratch.path())
    #expect(try reader.verify().problems.isEmpty)
    #expect(try reader.digest() == "ff10acb221543b807464792e06525af610a25b7661efc731e619137b2fdce8d2")
    #expect(try reader.session().status == "unfinished")
    #expect(try reader.trades().map(\.pnl.description) == ["9.99999986 USD"])
    #expect(try reader.orders().map(\.status) == ["filled", "filled"])
    #expect(try reader.journalEntries().count == 2)
  }

  @Test(arguments: [1]) func `is resumed by the session that wrote it`(version: Int) throws {
    let scratch = try released(version)
    let ledger = try Ledger.open(scratch.path())
    guard case .resumed(let resumption) = try ledger.begin(Story.session, wallTime: wall) else {
      Issue.record("not resumed")
      return
    }
    #expect(resumption.records == 12 && resumption.journalEntries == 2)
  }

  @Test func `is brought to the present schema when its session goes on`() throws {
    let scratch = try released(1)
    let digest = try LedgerReader.digest(scratch.path())
    let ledger = try Ledger(scratch.path(), .init(schema: Self.later))
    guard case .resumed = try ledger.begin(Story.session, wallTime: wall) else {
      Issue.record("not resumed")
      return
    }
    ledger.close()
    #expect(try scratch.text("PRAGMA user_version") == "2")
    #expect(try scratch.text("SELECT count(*) FROM notes") == "0")
    let reader = try LedgerReader(scratch.path(), schema: Self.later)
    #expect(try reader.verify().problems.isEmpty)
    #expect(try reader.digest() == digest)
  }

  @Test func `stays as it is when it is only read, or its session is over`() throws {
    let scratch = try released(1)
    var other = Story.session
    other.mode = "live"
    let asked = try Ledger(scratch.path(), .init(schema: Self.later))
    guard case .otherFingerprint = try asked.begin(other, wallTime: wall) else {
      Issue.record("taken for the same")
      return
    }
    asked.close()
    let before = scratch.contents["ledger.sqlite"]
    let reader = try LedgerReader(scratch.path(), schema: Self.later)
    #expect(try reader.trades().count == 1)
    reader.close()
    try scratch.execute("UPDATE session SET state = 'finished', summary = '{}'; PRAGMA journal_mode = DELETE;")
    let finished = scratch.contents["ledger.sqlite"]
    let again = try Ledger(scratch.path(), .init(schema: Self.later))
    #expect(try again.begin(Story.session, wallTime: wall) == .finished(summary: "{}"))
    again.close()
    #expect(before != nil && scratch.contents["ledger.sqlite"] == finished)
    #expect(try scratch.text("PRAGMA user_version") == "1")
  }

  @Test func `a newer one is refused and stays as it is`() throws {
    let scratch = try released(1)
    let ledger = try Ledger(scratch.path(), .init(schema: Self.later))
    _ = try ledger.begin(Story.session, wallTime: wall)
    ledger.close()
    let before = scratch.contents["ledger.sqlite"]
    let write = #expect(throws: LedgerError.self) { try Ledger.open(scratch.path()) }
    #expect(write?.code == .newerSchema && write?.found == "schema 2")
    let read = #expect(throws: LedgerError.self) { try LedgerReader(scratch.path()) }
    #expect(read?.code == .newerSchema)
    #expect(scratch.contents["ledger.sqlite"] == before)
  }

  @Test func `a migration that fails leaves the file as it was`() throws {
    let scratch = try released(1)
    let broken = Schema(
      applicationID: Schema.ledger.applicationID, name: Schema.ledger.name,
      migrations: Schema.ledger.migrations + [
        Migration(version: 2, statements: "CREATE TABLE note (id INTEGER) STRICT; CREATE TABLE fill (id INTEGER);")
      ], views: Schema.ledger.views)
    let digest = try LedgerReader.digest(scratch.path())
    #expect(throws: LedgerError.self) {
      let ledger = try Ledger(scratch.path(), .init(schema: broken))
      _ = try ledger.begin(Story.session, wallTime: wall)
    }
    #expect(try scratch.text("PRAGMA user_version") == "1")
    #expect(try scratch.text("SELECT count(*) FROM sqlite_schema WHERE name = 'note'") == "0")
    #expect(try LedgerReader.digest(scratch.path()) == digest)
  }
}
