import TradingTypes

extension LedgerReader {
  /// The session this ledger holds.
  public func session() throws(LedgerError) -> SessionRow {
    let row = try connection.prepare(
      """
      SELECT run, fingerprint, state, mode, account, currency, from_ns, to_ns, data_hash, configuration, options, build,
        started_wall_ns, ended_wall_ns, summary, (SELECT coalesce(max(record), 0) FROM checkpoint),
        (SELECT coalesce(max(journal), 0) FROM checkpoint)
      FROM session
      """)
    defer { row.reset() }
    guard try row.step("cannot read the session") else {
      throw Checkpoint.damage(connection, "has no session", nil, nil)
    }
    return SessionRow(
      run: row.text(0), fingerprint: row.text(1), status: row.text(2), mode: row.text(3), account: row.text(4),
      currency: row.text(5), from: row.optionalTime(6), to: row.optionalTime(7), dataHash: row.text(8),
      configuration: row.text(9), options: row.text(10), build: row.text(11), started: row.time(12),
      ended: row.optionalTime(13), summary: row.optionalText(14), records: row.number(15),
      journalEntries: row.number(16))
  }

  /// Symbols whose bars are daily.
  public func dailySymbols() throws(LedgerError) -> Set<String> {
    let row = try connection.prepare("SELECT symbol FROM instrument WHERE bar_seconds = 86400")
    var symbols: Set<String> = []
    while try row.step("cannot read the instruments") { symbols.insert(row.text(0)) }
    return symbols
  }

  /// The account at the end of each session of the market.
  public func equity() throws(LedgerError) -> [EquityRow] {
    let row = try connection.prepare(
      "SELECT time_ns, cash_nanos, equity_nanos, currency FROM account_equity ORDER BY record")
    var rows: [EquityRow] = []
    while try row.step("cannot read the equity") {
      let currency = try currency(row.text(3))
      rows.append(
        EquityRow(
          time: row.time(0), cash: Money(nanos: row.integer(1), currency: currency),
          equity: row.optionalInteger(2).map { Money(nanos: $0, currency: currency) }))
    }
    return rows
  }

  /// Inputs that only happened once: approvals, reports, outcomes and commands, in order.
  public func journalEntries() throws(LedgerError) -> [JournalEntry] { try JournalEntry.all(connection) }
}
