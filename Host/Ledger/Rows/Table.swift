/// The tables that hold the facts of a session. The raw value enters the hashes: it never changes its meaning.
enum Table: UInt8, CaseIterable {
  case signal = 1
  case signalCheck = 2
  case signalField = 3
  case signalState = 4
  case decision = 5
  case orderIntent = 6
  case orderState = 7
  case fill = 8
  case positionState = 9
  case trade = 10
  case breakerState = 11
  case accountEquity = 12
  case observation = 13
  case observationField = 14

  /// Tables whose rows are facts of their own, each with its record number.
  static let facts: [Table] = allCases.filter { !$0.isDetail }

  /// Whether its rows are parts of a fact in another table.
  var isDetail: Bool {
    switch self {
    case .signalCheck, .signalField, .observationField: true
    default: false
    }
  }

  /// The tables with the parts of this one's facts, in the order they are written.
  var details: [Table] {
    switch self {
    case .signal: [.signalCheck, .signalField]
    case .observation: [.observationField]
    default: []
    }
  }

  /// The name in the schema.
  var name: String {
    switch self {
    case .signal: "signal"
    case .signalCheck: "signal_check"
    case .signalField: "signal_field"
    case .signalState: "signal_state"
    case .decision: "decision"
    case .orderIntent: "order_intent"
    case .orderState: "order_state"
    case .fill: "fill"
    case .positionState: "position_state"
    case .trade: "trade"
    case .breakerState: "breaker_state"
    case .accountEquity: "account_equity"
    case .observation: "observation"
    case .observationField: "observation_field"
    }
  }

  /// The columns after the key, in the order of the schema, of ``Record``'s rows and of the hashes.
  var columns: [String] {
    switch self {
    case .signal:
      [
        "number", "id", "strategy", "symbol", "verdict", "action", "state", "bar_time_ns", "decided_ns", "expires_ns",
        "close", "score", "confidence", "expected_value", "order_type", "time_in_force", "exit_reason", "own_size",
        "person_only", "waits_for_open", "quantity_nanos", "entry_price_nanos", "limit_price_nanos",
        "stop_price_nanos", "stop_distance_nanos", "target_price_nanos", "target_distance_nanos",
        "trailing_distance_nanos", "time_stop_closes", "code", "text",
      ]
    case .signalCheck: ["name", "kind", "passed", "value", "limit_value", "note"]
    case .signalField, .observationField: ["group_name", "name", "kind", "real", "integer", "text"]
    case .signalState: ["signal_number", "time_ns", "state", "code"]
    case .decision: ["time_ns", "stage", "code", "passed", "symbol", "signal_number", "order_number", "numbers"]
    case .orderIntent:
      [
        "number", "client_order_id", "purpose", "symbol", "side", "type", "time_in_force", "quantity_nanos",
        "created_ns", "signal_number", "position_number", "exit_reason", "limit_price_nanos", "stop_price_nanos",
        "trailing_distance_nanos", "take_profit_price_nanos", "stop_loss_price_nanos", "oco_group",
      ]
    case .orderState:
      ["order_number", "time_ns", "state", "quantity_nanos", "filled_nanos", "stop_price_nanos", "reason"]
    case .fill:
      [
        "number", "order_number", "symbol", "side", "time_ns", "quantity_nanos", "price_nanos", "fee_nanos",
        "currency", "report_id",
      ]
    case .positionState:
      [
        "number", "symbol", "strategy", "time_ns", "state", "quantity_nanos", "cost_nanos", "currency", "stop_nanos",
        "target_nanos",
      ]
    case .trade:
      [
        "number", "strategy", "symbol", "signal_number", "quantity_nanos", "entry_ns", "entry_price_nanos", "exit_ns",
        "exit_price_nanos", "exit_reason", "exit_detail", "fees_nanos", "pnl_nanos", "currency",
      ]
    case .breakerState: ["time_ns", "state", "base_nanos", "equity_nanos", "currency"]
    case .accountEquity: ["time_ns", "cash_nanos", "equity_nanos", "currency"]
    case .observation:
      [
        "scanner", "symbol", "kind", "time_ns", "number", "episode", "price", "score", "level", "code", "text",
      ]
    }
  }

  /// Columns that name things for a venue or a run; equal decisions may carry other names.
  var namesOfRun: Set<String> {
    switch self {
    case .orderIntent: ["client_order_id", "oco_group"]
    case .fill: ["report_id"]
    default: []
    }
  }

  var insertion: String {
    let keys = isDetail ? ["record", "position"] : ["record"]
    let marks = Array(repeating: "?", count: keys.count + columns.count).joined(separator: ", ")
    return "INSERT INTO \(name) (\((keys + columns).joined(separator: ", "))) VALUES (\(marks))"
  }

  /// Selects record number and columns of a range of records, in order.
  var selection: String {
    "SELECT record, \(columns.joined(separator: ", ")) FROM \(name) WHERE record BETWEEN ?1 AND ?2 "
      + "ORDER BY record\(isDetail ? ", position" : "")"
  }
}
