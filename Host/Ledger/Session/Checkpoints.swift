import Hashing

/// A commit: how much was durable after it, and the hashes over it.
struct Checkpoint: Equatable {
  var record: UInt64
  var recordChain: Digest
  var journal: UInt64
  var journalChain: Digest

  /// Every commit, in order.
  static func all(_ connection: Connection) throws(LedgerError) -> [Checkpoint] {
    var checkpoints: [Checkpoint] = []
    let statement = try connection.prepare(
      "SELECT record, record_chain, journal, journal_chain FROM checkpoint ORDER BY number")
    while try statement.step("cannot read the commits") {
      guard let records = Digest(bytes: statement.blob(1)), let journal = Digest(bytes: statement.blob(3)) else {
        throw Checkpoint.damage(connection, "a commit without its hashes", nil, nil)
      }
      checkpoints.append(
        Checkpoint(
          record: UInt64(clamping: statement.integer(0)), recordChain: records,
          journal: UInt64(clamping: statement.integer(2)), journalChain: journal))
    }
    return checkpoints
  }

  /// Computes both chains again from the stored rows and holds them against every commit. Refuses a file in which a row
  /// was changed, added or removed. Takes time in proportion to the file.
  static func verify(
    _ connection: Connection, fingerprint: String, _ checkpoints: [Checkpoint]
  ) throws(LedgerError) {
    try verifyRecords(connection, fingerprint, checkpoints)
    try verifyJournal(connection, fingerprint, checkpoints)
  }

  private static func verifyRecords(
    _ connection: Connection, _ fingerprint: String, _ checkpoints: [Checkpoint]
  ) throws(LedgerError) {
    var chain = HashChain.records(fingerprint)
    var rows = RowBuffer()
    var stored = try StoredRecords(connection, 1...Int64.max)
    var record: UInt64 = 0
    for checkpoint in checkpoints {
      while record < checkpoint.record {
        rows.removeAll()
        let found = try stored.next(into: &rows)
        record += 1
        guard found == Int64(record) else {
          throw damage(
            connection, "a record is missing", "record \(record)", found.map { "record \($0)" } ?? "no more records")
        }
        rows.bytes.withUnsafeBytes { chain.add($0) }
      }
      guard chain.value == checkpoint.recordChain else {
        throw damage(
          connection, "records up to \(checkpoint.record) are not what was written",
          "hash \(checkpoint.recordChain)", String(describing: chain.value))
      }
    }
    rows.removeAll()
    if let extra = try stored.next(into: &rows) {
      throw damage(connection, "there are records after the last commit", "\(record) records", "record \(extra)")
    }
  }

  private static func verifyJournal(
    _ connection: Connection, _ fingerprint: String, _ checkpoints: [Checkpoint]
  ) throws(LedgerError) {
    var chain = HashChain.journal(fingerprint)
    let statement = try connection.prepare("SELECT number, input, wall_ns, event FROM journal ORDER BY number")
    var number: UInt64 = 0
    for checkpoint in checkpoints {
      while number < checkpoint.journal {
        number += 1
        guard try statement.step("cannot read the journal"), statement.integer(0) == Int64(number) else {
          throw damage(connection, "a journaled event is missing", "event \(number)", nil)
        }
        chain.add(
          journaled: number, input: UInt64(bitPattern: statement.integer(1)), wallNanoseconds: statement.integer(2),
          event: statement.text(3))
      }
      guard chain.value == checkpoint.journalChain else {
        throw damage(connection, "journaled events up to \(number) are not what was written", nil, nil)
      }
    }
    if try statement.step("cannot read the journal") {
      throw damage(connection, "there are journaled events after the last commit", "\(number) events", nil)
    }
  }

  static func damage(
    _ connection: Connection, _ what: String, _ expected: String?, _ found: String?
  ) -> LedgerError {
    LedgerError(
      .corrupted, file: connection.path, what: what, expected: expected, found: found,
      remedy: LedgerError.remedy(for: .corrupted))
  }
}
