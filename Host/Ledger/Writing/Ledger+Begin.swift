import TradingTypes

extension Ledger {
  /// Starts the recording of a session, or takes up an interrupted one; says when the file holds something else.
  ///
  /// Blocks on the disk, in proportion to the file: the hashes of an interrupted session are verified first.
  public func begin(_ session: SessionDescription, wallTime: Timestamp) throws(LedgerError) -> Beginning {
    guard let storedVersion else { return try start(session, wallTime) }
    guard storedVersion < schema.version else { return try resume(session) }
    // An older schema: the answer needs the present one, but only a session that goes on may change the file.
    try connection.execute("BEGIN IMMEDIATE", "cannot bring the schema to version \(schema.version)")
    do throws(LedgerError) {
      try schema.migrate(connection, from: storedVersion)
      let (answer, _) = try compare(session)
      guard case .resumed = answer else {
        connection.rollBack()
        return answer
      }
      try connection.execute("COMMIT", "cannot bring the schema to version \(schema.version)")
    } catch {
      connection.rollBack()
      throw error
    }
    return try resume(session)
  }

  private func start(_ session: SessionDescription, _ wallTime: Timestamp) throws(LedgerError) -> Beginning {
    let run = Ledger.randomName()
    try connection.execute("PRAGMA journal_mode = WAL", "cannot create")
    try connection.transaction("cannot create") { () throws(LedgerError) in
      try schema.migrate(connection, from: 0)
      try SessionTables.write(session, run: run, wallTime: wallTime, connection)
    }
    FilePath.synchroniseFolder(of: path)
    try prepare(session, run: run)
    return .new
  }

  private func resume(_ session: SessionDescription) throws(LedgerError) -> Beginning {
    let (answer, run) = try compare(session)
    guard case .resumed(let resumption) = answer else { return answer }
    let checkpoints = try Checkpoint.all(connection)
    try Checkpoint.verify(connection, fingerprint: session.fingerprint, checkpoints)
    try connection.execute("PRAGMA journal_mode = WAL", "cannot open")
    try prepare(session, run: run)
    committedRecords = resumption.records
    committedJournal = resumption.journalEntries
    journalCount = resumption.journalEntries
    lastInput = UInt64(bitPattern: try connection.integer("SELECT max(input) FROM journal") ?? 0)
    if let last = checkpoints.last { journalChain = HashChain(at: last.journalChain) }
    checkpointsAhead = checkpoints.filter { $0.record > 0 }.reversed()
    return answer
  }

  private func prepare(_ session: SessionDescription, run: String) throws(LedgerError) {
    self.run = run
    names = Names(session)
    writer = try RowWriter(connection)
    journalInsertion = try connection.prepare("INSERT INTO journal (number, input, wall_ns, event) VALUES (?, ?, ?, ?)")
    checkpointInsertion = try connection.prepare(
      "INSERT INTO checkpoint (record, record_chain, journal, journal_chain) VALUES (?, ?, ?, ?)")
    connection.foldsLogOnClose(true)
    recordChain = .records(session.fingerprint)
    journalChain = .journal(session.fingerprint)
  }

  /// What the file says to a session, and the name of its run.
  private func compare(_ session: SessionDescription) throws(LedgerError) -> (Beginning, run: String) {
    let row = try connection.prepare(
      """
      SELECT run, state, summary, (SELECT coalesce(max(record), 0) FROM checkpoint),
        (SELECT coalesce(max(journal), 0) FROM checkpoint)
      FROM session WHERE id = 1
      """)
    guard try row.step("cannot read the session") else {
      throw Checkpoint.damage(connection, "has no session", nil, nil)
    }
    defer { row.reset() }
    let run = row.text(0)
    let differences = try SessionTables.differences(from: session, connection)
    guard differences.isEmpty else { return (.otherFingerprint(differences), run) }
    if row.text(1) == "finished" { return (.finished(summary: row.optionalText(2) ?? "{}"), run) }
    let resumption = Beginning.Resumption(
      records: UInt64(clamping: row.integer(3)), journalEntries: UInt64(clamping: row.integer(4)))
    return (.resumed(resumption), run)
  }

  private static func randomName() -> String {
    var system = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(system.next(), radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }.joined()
  }
}
