import TradingTypes

/// Writes and reads the rows about the session itself.
enum SessionTables {
  static func write(
    _ session: SessionDescription, run: String, wallTime: Timestamp, _ connection: Connection
  ) throws(LedgerError) {
    let row = try connection.prepare(
      """
      INSERT INTO session (id, run, fingerprint, state, mode, account, currency, from_ns, to_ns, data_hash,
        configuration, options, build, started_wall_ns)
      VALUES (1, ?, ?, 'unfinished', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    row.bind(1, run)
    row.bind(2, session.fingerprint)
    row.bind(3, session.mode)
    row.bind(4, session.account)
    row.bind(5, session.currency.description)
    row.bind(6, session.from?.nanoseconds)
    row.bind(7, session.to?.nanoseconds)
    row.bind(8, session.dataHash)
    row.bind(9, session.configuration)
    row.bind(10, session.options)
    row.bind(11, session.build)
    row.bind(12, wallTime.nanoseconds)
    _ = try row.step("cannot write the session")
    try writeParts(of: session, connection)
  }

  private static func writeParts(of session: SessionDescription, _ connection: Connection) throws(LedgerError) {
    let part = try connection.prepare("INSERT INTO fingerprint_part (name, value) VALUES (?, ?)")
    for (name, value) in session.fingerprintParts {
      part.bind(1, name)
      part.bind(2, value)
      _ = try part.step("cannot write the session")
    }
    let strategy = try connection.prepare(
      "INSERT INTO strategy (position, id, version, parameters) VALUES (?, ?, ?, ?)")
    for (position, row) in session.strategies.enumerated() {
      strategy.bind(1, Int64(position))
      strategy.bind(2, row.id)
      strategy.bind(3, row.version)
      strategy.bind(4, row.parameters)
      _ = try strategy.step("cannot write the strategies")
    }
    let plugin = try connection.prepare("INSERT INTO plugin (position, id, version, sha256) VALUES (?, ?, ?, ?)")
    for (position, row) in session.plugins.enumerated() {
      plugin.bind(1, Int64(position))
      plugin.bind(2, row.id)
      plugin.bind(3, row.version)
      plugin.bind(4, row.sha256)
      _ = try plugin.step("cannot write the plugins")
    }
    try write(session.instruments, connection)
  }

  private static func write(_ instruments: [Instrument], _ connection: Connection) throws(LedgerError) {
    let statement = try connection.prepare(
      """
      INSERT INTO instrument (position, symbol, currency, market, exchange, tick_nanos, step_nanos, bar_seconds)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """)
    for (position, row) in instruments.enumerated() {
      statement.bind(1, Int64(position))
      statement.bind(2, row.symbol)
      statement.bind(3, row.currency.description)
      statement.bind(4, row.market.ledgerName)
      statement.bind(5, row.exchange)
      statement.bind(6, row.tick?.nanos)
      statement.bind(7, row.step.nanos)
      statement.bind(8, Int64(row.barSeconds))
      _ = try statement.step("cannot write the instruments")
    }
  }

  /// The parts of the fingerprint that differ, by name.
  static func differences(
    from session: SessionDescription, _ connection: Connection
  ) throws(LedgerError) -> [Beginning.Difference] {
    var recorded: [String: String] = [:]
    let statement = try connection.prepare("SELECT name, value FROM fingerprint_part")
    while try statement.step("cannot read the session") { recorded[statement.text(0)] = statement.text(1) }
    return session.fingerprintParts.compactMap { part in
      let value = recorded[part.name] ?? "nothing"
      return value == part.value ? nil : Beginning.Difference(name: part.name, recorded: value, asked: part.value)
    }
  }
}
