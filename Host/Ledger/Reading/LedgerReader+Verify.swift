/// What the check of a whole ledger found.
public struct Verification: Hashable, Sendable {
  /// Facts that are durable.
  public var records: UInt64
  /// Journaled events that are durable.
  public var journalEntries: UInt64
  /// Orders, fills and trades that were held against each other.
  public var orders: Int
  public var fills: Int
  public var trades: Int
  /// Everything that does not hold, one sentence each; empty when the ledger is whole.
  public var problems: [String]
}

extension LedgerReader {
  /// Checks everything: pages, references, the hash of every commit, and that fills, orders, positions and trades add up
  /// exactly. Takes time in proportion to the file.
  public func verify() throws(LedgerError) -> Verification {
    try connection.execute("BEGIN", "cannot read")
    defer { connection.rollBack() }
    let session = try session()
    var problems: [String] = []
    let pages = try connection.prepare("PRAGMA integrity_check")
    while try pages.step("cannot read") {
      if pages.text(0) != "ok" { problems.append(pages.text(0)) }
    }
    let references = try connection.prepare("PRAGMA foreign_key_check")
    while try references.step("cannot read") {
      problems.append("row \(references.integer(1)) of \(references.text(0)) refers to no row of \(references.text(2))")
    }
    do throws(LedgerError) {
      try Checkpoint.verify(connection, fingerprint: session.fingerprint, Checkpoint.all(connection))
    } catch {
      guard error.code == .corrupted else { throw error }
      problems.append("\(error.what)\(error.found.map { ": \($0)" } ?? "")")
    }
    var books = Books()
    try books.readOrders(connection)
    try books.readFills(connection)
    try books.readPositions(connection)
    try books.readTrades(connection)
    return Verification(
      records: session.records, journalEntries: session.journalEntries, orders: books.orders.count,
      fills: books.fillCount, trades: books.tradeCount, problems: problems + books.balance())
  }
}
