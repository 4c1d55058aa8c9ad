import TradingTypes

/// Which rows to read. Everything that is set must hold.
public struct LedgerFilter: Hashable, Sendable {
  /// Only this symbol, exactly as written.
  public var symbol: String?
  /// Not before this time of the row.
  public var from: Timestamp?
  /// Not after this time of the row.
  public var to: Timestamp?
  /// At most this many, the latest ones.
  public var limit: Int?

  /// Makes a filter; without arguments every row passes.
  public init(symbol: String? = nil, from: Timestamp? = nil, to: Timestamp? = nil, limit: Int? = nil) {
    self.symbol = symbol
    self.from = from
    self.to = to
    self.limit = limit
  }

  /// The condition over a symbol and a time column, with the parameters ?1 to ?3.
  static func condition(symbol: String, time: String) -> String {
    "(?1 IS NULL OR \(symbol) = ?1) AND (?2 IS NULL OR \(time) >= ?2) AND (?3 IS NULL OR \(time) <= ?3)"
  }

  func bind(to statement: Statement) {
    statement.bind(1, symbol)
    statement.bind(2, from?.nanoseconds)
    statement.bind(3, to?.nanoseconds)
    statement.bind(4, limit.map { Int64(max($0, 0)) } ?? -1)
  }
}

extension LedgerReader {
  /// Reads the rows of a query that ends with the latest first and `LIMIT ?4`, and answers them in their order.
  func rows<Row>(
    _ filter: LedgerFilter, _ sql: String, _ make: (Statement) throws(LedgerError) -> Row
  ) throws(LedgerError) -> [Row] {
    let statement = try connection.prepare(sql)
    filter.bind(to: statement)
    var rows: [Row] = []
    while try statement.step("cannot read") { rows.append(try make(statement)) }
    return rows.reversed()
  }
}

extension Statement {
  func time(_ column: Int32) -> Timestamp { Timestamp(nanoseconds: integer(column)) }
  func optionalTime(_ column: Int32) -> Timestamp? { optionalInteger(column).map(Timestamp.init(nanoseconds:)) }
  func number(_ column: Int32) -> UInt64 { UInt64(clamping: integer(column)) }
  func optionalNumber(_ column: Int32) -> UInt64? { optionalInteger(column).map(UInt64.init(clamping:)) }
  func price(_ column: Int32) -> Price { Price(nanos: integer(column)) }
  func optionalPrice(_ column: Int32) -> Price? { optionalInteger(column).map(Price.init(nanos:)) }
  func quantity(_ column: Int32) -> Quantity { Quantity(nanos: integer(column)) }
  func optionalQuantity(_ column: Int32) -> Quantity? { optionalInteger(column).map(Quantity.init(nanos:)) }
}
