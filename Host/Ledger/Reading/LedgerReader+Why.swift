import TradingTypes

extension LedgerReader {
  /// The decisions that made or stopped a symbol's trades, in the order they were made, the strategy's gates among them.
  ///
  /// With a time: those of the symbol's last signal whose bar is not later, from its gates to the end of the position it
  /// led to, or the position it ended; the breaker's word too if that stopped it. Without: every one of the symbol.
  public func why(_ symbol: String, at time: Timestamp? = nil) throws(LedgerError) -> [DecisionRow] {
    try connection.execute("BEGIN", "cannot read")
    defer { connection.rollBack() }
    guard let time else { return try decisions(of: symbol, chain: nil) }
    let chain = try chain(of: symbol, at: time)
    guard !chain.signals.isEmpty else { return [] }
    let decisions = try decisions(of: symbol, chain: chain)
    guard let stopped = decisions.first(where: { $0.code == "breaker_tripped" }),
      let tripped = try lastBreaker(before: stopped.time)
    else { return decisions }
    return [tripped] + decisions
  }

  /// What belongs to one trade, or to a signal that became none.
  private struct Chain {
    var signals: Set<Int64> = []
    var orders: Set<Int64> = []
  }

  private func chain(of symbol: String, at time: Timestamp) throws(LedgerError) -> Chain {
    var chain = Chain()
    let signals = try connection.prepare(
      """
      SELECT number FROM signal WHERE symbol = ?1
        AND bar_time_ns = (SELECT max(bar_time_ns) FROM signal WHERE symbol = ?1 AND bar_time_ns <= ?2)
      """)
    signals.bind(1, symbol)
    signals.bind(2, time.nanoseconds)
    while try signals.step("cannot read the signals") { chain.signals.insert(signals.integer(0)) }
    // From signals to the positions their orders belong to, and back to every order and signal of these.
    var positions: Set<Int64> = []
    var intents: [(number: Int64, signal: Int64, position: Int64)] = []
    let rows = try connection.prepare(
      "SELECT number, signal_number, position_number FROM order_intent WHERE symbol = ? ORDER BY number")
    rows.bind(1, symbol)
    while try rows.step("cannot read the orders") {
      intents.append((rows.integer(0), rows.integer(1), rows.integer(2)))
    }
    for intent in intents where chain.signals.contains(intent.signal) { positions.insert(intent.position) }
    for intent in intents where positions.contains(intent.position) {
      chain.orders.insert(intent.number)
      chain.signals.insert(intent.signal)
    }
    return chain
  }

  private func decisions(of symbol: String, chain: Chain?) throws(LedgerError) -> [DecisionRow] {
    let statement = try connection.prepare(
      """
      SELECT record, 0, time_ns, stage, code, passed, numbers, signal_number, order_number, NULL, NULL, NULL
      FROM decision WHERE symbol = ?1
      UNION ALL
      SELECT c.record, c.position, s.decided_ns, 'gate', c.name, c.passed, NULL, s.number, NULL, c.value, c.limit_value,
        c.note
      FROM signal_check c JOIN signal s ON s.record = c.record WHERE s.symbol = ?1
      ORDER BY 1, 2
      """)
    statement.bind(1, symbol)
    var rows: [DecisionRow] = []
    while try statement.step("cannot read the decisions") {
      if let chain {
        let isSignal = statement.optionalInteger(7).map(chain.signals.contains) ?? false
        let isOrder = statement.optionalInteger(8).map(chain.orders.contains) ?? false
        guard isSignal || isOrder else { continue }
      }
      rows.append(try decision(statement, symbol))
    }
    return rows
  }

  private func lastBreaker(before time: Timestamp) throws(LedgerError) -> DecisionRow? {
    let statement = try connection.prepare(
      """
      SELECT record, 0, time_ns, stage, code, passed, numbers, signal_number, order_number
      FROM decision WHERE stage = 'breaker' AND time_ns <= ? ORDER BY record DESC LIMIT 1
      """)
    statement.bind(1, time.nanoseconds)
    defer { statement.reset() }
    return try statement.step("cannot read the decisions") ? try decision(statement, nil) : nil
  }

  private func decision(_ row: Statement, _ symbol: String?) throws(LedgerError) -> DecisionRow {
    let isGate = row.text(3) == "gate"
    guard let numbers = isGate ? gateNumbers(row) : NumbersText.values(row.optionalText(6) ?? "{}") else {
      throw Checkpoint.damage(connection, "has numbers that cannot be read", nil, row.text(6))
    }
    return DecisionRow(
      time: row.time(2), stage: row.text(3), code: row.text(4), passed: row.integer(5) != 0, numbers: numbers,
      symbol: symbol, signal: row.optionalNumber(7), order: row.optionalNumber(8))
  }

  private func gateNumbers(_ row: Statement) -> [NamedValue] {
    func number(_ column: Int32) -> NamedValue.Value {
      row.optionalDouble(column).map(NamedValue.Value.number) ?? .undefined
    }
    var numbers = [NamedValue(name: "value", value: number(9)), NamedValue(name: "limit", value: number(10))]
    if let note = row.optionalText(11) { numbers.append(NamedValue(name: "note", value: .text(note))) }
    return numbers
  }
}
