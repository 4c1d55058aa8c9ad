import Hashing

extension LedgerReader {
  /// SHA-256 over every decision, as hexadecimal digits: equal for two recordings exactly when they decided the same.
  ///
  /// Goes through the tables in the order of ``Table`` and their rows in the order of their records. Wall times, the
  /// journal, the session's own row and names given by the run or the venue (client order ids, OCO groups, report ids)
  /// have no part in it, nor has how often the session was interrupted.
  public func digest() throws(LedgerError) -> String {
    try connection.execute("BEGIN", "cannot read")
    defer { connection.rollBack() }
    var hash = SHA256()
    var rows = RowBuffer()
    for table in Table.facts {
      hash.update("\(table.name)\n")
      var stored = try StoredRecords(connection, 1...Int64.max, of: [table], namesOfRun: false)
      while try stored.next(into: &rows) != nil {
        rows.bytes.withUnsafeBytes { hash.update($0) }
        rows.removeAll()
      }
    }
    return hash.finalize().hex
  }
}
