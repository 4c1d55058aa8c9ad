import TradingCore
import TradingTypes

extension LedgerReader {
  /// Signals with their gates and fields, as they stand, in the order they were raised or refused.
  public func signals(_ filter: LedgerFilter = LedgerFilter()) throws(LedgerError) -> [SignalRow] {
    let checks = try connection.prepare(
      "SELECT name, kind, passed, value, limit_value, note FROM signal_check WHERE record = ? ORDER BY position")
    let fields = try connection.prepare(
      "SELECT group_name, name, kind, real, integer, text FROM signal_field WHERE record = ? ORDER BY position")
    return try rows(
      filter,
      """
      SELECT g.record, g.id, g.number, g.decided_ns, coalesce(s.state, g.state), coalesce(s.code, g.code), g.strategy,
        g.symbol, g.verdict, g.action, g.bar_time_ns, g.expires_ns, g.close, g.score, g.confidence, g.expected_value,
        g.quantity_nanos, g.entry_price_nanos, g.limit_price_nanos, g.stop_price_nanos, g.target_price_nanos,
        g.exit_reason, g.text
      FROM signal g LEFT JOIN signal_state s
        ON s.record = (SELECT max(record) FROM signal_state WHERE signal_number = g.number)
      WHERE \(LedgerFilter.condition(symbol: "g.symbol", time: "g.decided_ns")) ORDER BY g.record DESC LIMIT ?4
      """
    ) { row throws(LedgerError) in
      SignalRow(
        id: row.text(1), number: row.number(2), time: row.time(3), status: row.text(4), code: row.optionalText(5),
        strategy: row.text(6), symbol: row.text(7), verdict: row.text(8), action: row.text(9), barTime: row.time(10),
        expiresAt: row.optionalTime(11), close: row.double(12), score: row.double(13),
        confidence: row.optionalDouble(14), expectedValue: row.optionalDouble(15), quantity: row.optionalQuantity(16),
        entry: row.optionalPrice(17), limit: row.optionalPrice(18), stop: row.optionalPrice(19),
        target: row.optionalPrice(20), exitReason: row.optionalText(21), text: row.optionalText(22),
        checks: try self.checks(row.integer(0), checks), fields: try self.fields(row.integer(0), fields))
    }
  }

  /// What scanners reported, in order.
  public func observations(_ filter: LedgerFilter = LedgerFilter()) throws(LedgerError) -> [ObservationRow] {
    let fields = try connection.prepare(
      "SELECT group_name, name, kind, real, integer, text FROM observation_field WHERE record = ? ORDER BY position")
    return try rows(
      filter,
      """
      SELECT record, time_ns, kind, scanner, symbol, number, episode, price, score, level, code, text FROM observation
      WHERE \(LedgerFilter.condition(symbol: "symbol", time: "time_ns")) ORDER BY record DESC LIMIT ?4
      """
    ) { row throws(LedgerError) in
      ObservationRow(
        id: row.number(0), time: row.time(1), status: row.text(2), scanner: row.text(3), symbol: row.text(4),
        number: row.optionalNumber(5), episode: row.optionalNumber(6), price: row.optionalDouble(7),
        score: row.optionalDouble(8), level: row.optionalText(9), code: row.optionalText(10),
        text: row.optionalText(11), fields: try self.fields(row.integer(0), fields))
    }
  }

  private func checks(_ record: Int64, _ statement: Statement) throws(LedgerError) -> [Check] {
    statement.bind(1, record)
    var checks: [Check] = []
    while try statement.step("cannot read the gates") {
      let kind = Check.Kind.allLedgerCases.first { $0.ledgerName == statement.text(1) }
      guard let kind else { throw Checkpoint.damage(connection, "has an unknown gate", nil, statement.text(1)) }
      checks.append(
        Check(
          name: statement.text(0), kind: kind, passed: statement.integer(2) != 0, value: statement.optionalDouble(3),
          limit: statement.optionalDouble(4), note: statement.optionalText(5) ?? ""))
    }
    return checks
  }

  private func fields(_ record: Int64, _ statement: Statement) throws(LedgerError) -> [Field] {
    statement.bind(1, record)
    var fields: [Field] = []
    while try statement.step("cannot read the fields") {
      guard let value = value(statement) else {
        throw Checkpoint.damage(connection, "has an unknown kind of field", nil, statement.text(2))
      }
      fields.append(Field(group: statement.text(0), name: statement.text(1), value: value))
    }
    return fields
  }

  private func value(_ row: Statement) -> Field.Value? {
    switch row.text(2) {
    case "number": .number(row.optionalDouble(3))
    case "decimal": .decimal(nanos: row.integer(4))
    case "integer": .integer(row.integer(4))
    case "time": .time(nanoseconds: row.integer(4))
    case "text": .text(row.text(5))
    case "flag": [Field.Flag.clear, .raised, .unknown].first { $0.name == row.text(5) }.map(Field.Value.flag)
    default: nil
    }
  }
}

extension Check.Kind {
  static let allLedgerCases: [Check.Kind] = [.bar, .state, .recheck]
}
