/// Reads facts back from their tables in the order they were recorded, in the form of ``RowBuffer``.
struct StoredRecords {
  private var facts: [Cursor]
  private var details: [Cursor]

  /// Reads the facts numbered `range`. Without `namesOfRun`, columns that name things for a venue or a run are left out.
  init(
    _ connection: Connection, _ range: ClosedRange<Int64>, of tables: [Table] = Table.facts, namesOfRun: Bool = true
  ) throws(LedgerError) {
    facts = []
    details = []
    for table in tables {
      facts.append(try Cursor(table, connection, range, namesOfRun))
      for detail in table.details { details.append(try Cursor(detail, connection, range, namesOfRun)) }
    }
  }

  /// Appends the next fact's rows and answers its number; `nil` at the end.
  mutating func next(into rows: inout RowBuffer) throws(LedgerError) -> Int64? {
    var first: Int?
    for index in facts.indices {
      guard let record = facts[index].record else { continue }
      if first.flatMap({ facts[$0].record }).map({ record < $0 }) ?? true { first = index }
    }
    guard let first, let record = facts[first].record else {
      if let orphan = details.first(where: { $0.record != nil }) { throw orphan.isOrphan }
      return nil
    }
    try facts[first].take(into: &rows)
    for table in facts[first].table.details {
      guard let index = details.firstIndex(where: { $0.table == table }) else { continue }
      while details[index].record == record { try details[index].take(into: &rows) }
    }
    if let orphan = details.first(where: { $0.record.map { $0 <= record } ?? false }) { throw orphan.isOrphan }
    return record
  }

  private struct Cursor {
    let table: Table
    let connection: Connection
    let statement: Statement
    let skipped: [Bool]
    /// The number of the present row's fact; `nil` at the end.
    var record: Int64?

    init(
      _ table: Table, _ connection: Connection, _ range: ClosedRange<Int64>, _ namesOfRun: Bool
    ) throws(LedgerError) {
      self.table = table
      self.connection = connection
      statement = try connection.prepare(table.selection)
      skipped = table.columns.map { !namesOfRun && table.namesOfRun.contains($0) }
      statement.bind(1, range.lowerBound)
      statement.bind(2, range.upperBound)
      try advance()
    }

    mutating func advance() throws(LedgerError) {
      record = try statement.step("cannot read \(table.name)") ? statement.integer(0) : nil
    }

    mutating func take(into rows: inout RowBuffer) throws(LedgerError) {
      rows.add(table, from: statement, firstColumn: 1, skipping: skipped)
      try advance()
    }

    var isOrphan: LedgerError {
      LedgerError(
        .corrupted, file: connection.path, what: "\(table.name) has rows of a fact that is not there",
        found: "record \(record ?? 0)", remedy: LedgerError.remedy(for: .corrupted))
    }
  }
}
