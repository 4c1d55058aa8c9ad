/// What a person with the `sqlite3` shell asks for: the present state of things, decimals and times as text.
enum LedgerViews {
  static let statements = [
    view(
      "sessions", of: "session",
      [
        "run", "fingerprint", "state", "mode", "account", "currency", time("from_ns", "from_time"),
        time("to_ns", "to_time"), "data_hash", "options", "build", time("started_wall_ns", "started"),
        time("ended_wall_ns", "ended"), "summary",
      ]),
    view(
      "signals", of: "signal s",
      [
        "s.number", "s.id", time("s.decided_ns", "time"), "\(latestSignalState) AS status", "s.strategy", "s.symbol",
        "s.verdict", "s.action", time("s.bar_time_ns", "bar_time"), "s.close", "s.score", "s.confidence",
        "s.expected_value", decimal("s.quantity_nanos", "quantity"), decimal("s.entry_price_nanos", "entry"),
        decimal("s.stop_price_nanos", "stop"), decimal("s.target_price_nanos", "target"), "s.code", "s.text",
      ]),
    view(
      "signal_checks", of: "signal_check c JOIN signal s ON s.record = c.record",
      [
        "s.number AS signal", "s.symbol", time("s.bar_time_ns", "bar_time"), "c.name", "c.kind", "c.passed", "c.value",
        "c.limit_value", "c.note",
      ]),
    view(
      "decisions", of: "decision",
      [
        time("time_ns", "time"), "symbol", "stage", "code", "passed", "numbers", "signal_number AS signal",
        "order_number AS \"order\"",
      ]),
    view(
      "orders",
      of: "order_intent i LEFT JOIN order_state s ON s.record = "
        + "(SELECT max(record) FROM order_state WHERE order_number = i.number)",
      [
        "i.number", "i.client_order_id AS id", time("i.created_ns", "time"), "coalesce(s.state, 'intended') AS status",
        "i.symbol", "i.side", "i.purpose", "i.type", "i.time_in_force",
        decimal("coalesce(s.quantity_nanos, i.quantity_nanos)", "quantity"),
        decimal("coalesce(s.filled_nanos, 0)", "filled"), decimal("i.limit_price_nanos", "limit_price"),
        decimal("coalesce(s.stop_price_nanos, i.stop_price_nanos)", "stop_price"), "i.signal_number AS signal",
        "i.position_number AS position", "s.reason",
      ]),
    view(
      "order_history", of: "order_state",
      [
        "order_number AS \"order\"", time("time_ns", "time"), "state", decimal("quantity_nanos", "quantity"),
        decimal("filled_nanos", "filled"), decimal("stop_price_nanos", "stop_price"), "reason",
      ]),
    view(
      "fills", of: "fill",
      [
        "number", "order_number AS \"order\"", time("time_ns", "time"), "symbol", "side",
        decimal("quantity_nanos", "quantity"), decimal("price_nanos", "price"), decimal("fee_nanos", "fee"), "currency",
        "report_id",
      ]),
    view(
      "positions",
      of: "position_state WHERE record IN (SELECT max(record) FROM position_state GROUP BY number)", position),
    view("position_history", of: "position_state", position),
    view(
      "trades", of: "trade",
      [
        "number", "strategy", "symbol", decimal("quantity_nanos", "quantity"), time("entry_ns", "entry_time"),
        decimal("entry_price_nanos", "entry_price"), time("exit_ns", "exit_time"),
        decimal("exit_price_nanos", "exit_price"), "exit_reason", "exit_detail", decimal("fees_nanos", "fees"),
        decimal("pnl_nanos", "pnl"), "currency", "signal_number AS signal",
      ]),
    view(
      "breaker", of: "breaker_state",
      [time("time_ns", "time"), "state", decimal("base_nanos", "base"), decimal("equity_nanos", "equity"), "currency"]),
    view(
      "equity", of: "account_equity",
      [time("time_ns", "time"), decimal("cash_nanos", "cash"), decimal("equity_nanos", "equity"), "currency"]),
    view(
      "observations", of: "observation",
      [
        time("time_ns", "time"), "scanner", "symbol", "kind", "number", "episode", "level", "code", "price", "score",
        "text",
      ]),
    view("events", of: "journal", ["number", "input", time("wall_ns", "wall_time"), "event"]),
  ].joined()

  private static let position = [
    "number", time("time_ns", "time"), "symbol", "strategy", "state", decimal("quantity_nanos", "quantity"),
    decimal("cost_nanos", "cost"), "currency", decimal("stop_nanos", "stop"), decimal("target_nanos", "target"),
  ]

  private static let latestSignalState =
    "coalesce((SELECT state FROM signal_state WHERE signal_number = s.number ORDER BY record DESC LIMIT 1), s.state)"

  private static func view(_ name: String, of source: String, _ columns: [String]) -> String {
    "CREATE VIEW \(name) AS SELECT\n  \(columns.joined(separator: ",\n  "))\nFROM \(source);\n"
  }

  /// Billionths as the shortest plain decimal.
  private static func decimal(_ nanos: String, _ name: String) -> String {
    "rtrim(rtrim(iif(\(nanos) < 0, '-', '') || abs(\(nanos) / 1000000000) || '.' || "
      + "printf('%09d', abs(\(nanos) % 1000000000)), '0'), '.') AS \(name)"
  }

  /// Nanoseconds since the Unix epoch as RFC 3339 in UTC, with as many fractional digits as needed.
  private static func time(_ nanoseconds: String, _ name: String) -> String {
    let fraction = "((\(nanoseconds) % 1000000000 + 1000000000) % 1000000000)"
    let seconds = "(\(nanoseconds) / 1000000000 - (\(nanoseconds) % 1000000000 < 0))"
    return "strftime('%Y-%m-%dT%H:%M:%S', \(seconds), 'unixepoch') || "
      + "rtrim(rtrim('.' || printf('%09d', \(fraction)), '0'), '.') || 'Z' AS \(name)"
  }
}
