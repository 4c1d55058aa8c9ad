import TradingTypes

/// Adds up fills by order and position, and holds orders, positions and trades against the sums. Exact throughout.
struct Books {
  struct Order {
    var position: Int64
    var symbol: String
    var side: String
    var quantity: Int64
    var filled: Int64
    var sum: Int128 = 0
    var reports: Set<String> = []
  }

  struct Position {
    var bought: Int128 = 0
    var sold: Int128 = 0
    var paid: Int128 = 0
    var received: Int128 = 0
    var fees: Int128 = 0
    var currency: String?
    var held: Int64 = 0
    var isRecorded = false
    var isClosed = false
    var hasTrade = false
  }

  private(set) var orders: [Int64: Order] = [:]
  private var positions: [Int64: Position] = [:]
  private(set) var fillCount = 0
  private(set) var tradeCount = 0
  private var problems: [String] = []

  mutating func readOrders(_ connection: Connection) throws(LedgerError) {
    let row = try connection.prepare(
      """
      SELECT i.number, i.position_number, i.symbol, i.side, coalesce(s.quantity_nanos, i.quantity_nanos),
        coalesce(s.filled_nanos, 0)
      FROM order_intent i LEFT JOIN order_state s
        ON s.record = (SELECT max(record) FROM order_state WHERE order_number = i.number)
      """)
    while try row.step("cannot read the orders") {
      orders[row.integer(0)] = Order(
        position: row.integer(1), symbol: row.text(2), side: row.text(3), quantity: row.integer(4),
        filled: row.integer(5))
    }
  }

  mutating func readFills(_ connection: Connection) throws(LedgerError) {
    let row = try connection.prepare(
      """
      SELECT number, order_number, symbol, side, quantity_nanos, price_nanos, fee_nanos, currency, report_id
      FROM fill ORDER BY record
      """)
    while try row.step("cannot read the fills") {
      fillCount += 1
      let number = row.integer(0)
      guard var order = orders[row.integer(1)] else {
        problems.append("fill \(number) belongs to no order")
        continue
      }
      if order.symbol != row.text(2) || order.side != row.text(3) {
        problems.append("fill \(number) is not of its order's symbol and side")
      }
      if let report = row.optionalText(8), !order.reports.insert(report).inserted {
        problems.append("fill \(number) was booked twice: report \(report)")
      }
      order.sum += Int128(row.integer(4))
      orders[row.integer(1)] = order
      book(row, of: order)
    }
  }

  private mutating func book(_ row: Statement, of order: Order) {
    var position = positions[order.position] ?? Position()
    let quantity = row.quantity(4)
    let isBuy = row.text(3) == "buy"
    let value = Money.notional(row.price(5), quantity, .usd, rounded: isBuy ? .up : .down)
    if value == nil { problems.append("fill \(row.integer(0)) is worth more than can be written") }
    if isBuy {
      position.bought += Int128(quantity.nanos)
      position.paid += Int128(value?.nanos ?? 0)
    } else {
      position.sold += Int128(quantity.nanos)
      position.received += Int128(value?.nanos ?? 0)
    }
    position.fees += Int128(row.integer(6))
    if position.currency.map({ $0 != row.text(7) }) ?? false {
      problems.append("fill \(row.integer(0)) is in another currency than its position")
    }
    position.currency = row.text(7)
    positions[order.position] = position
  }

  mutating func readPositions(_ connection: Connection) throws(LedgerError) {
    let row = try connection.prepare(
      """
      SELECT number, quantity_nanos, state FROM position_state
      WHERE record IN (SELECT max(record) FROM position_state GROUP BY number)
      """)
    while try row.step("cannot read the positions") {
      positions[row.integer(0), default: Position()].held = row.integer(1)
      positions[row.integer(0), default: Position()].isRecorded = true
      positions[row.integer(0), default: Position()].isClosed = ["closed", "performance_recorded"].contains(row.text(2))
    }
  }

  mutating func readTrades(_ connection: Connection) throws(LedgerError) {
    let row = try connection.prepare("SELECT number, quantity_nanos, fees_nanos, pnl_nanos, currency FROM trade")
    while try row.step("cannot read the trades") {
      tradeCount += 1
      let number = row.integer(0)
      guard var position = positions[number] else {
        problems.append("trade \(number) has no fills")
        continue
      }
      position.hasTrade = true
      positions[number] = position
      if position.sold != Int128(row.integer(1)) || position.bought != position.sold {
        problems.append("trade \(number) is not of the quantity that was bought and sold")
      }
      if position.fees != Int128(row.integer(2)) { problems.append("trade \(number) has other fees than its fills") }
      let pnl = position.received - position.paid - position.fees
      if pnl != Int128(row.integer(3)) {
        problems.append(
          "trade \(number) has a P&L of \(Price(nanos: row.integer(3))), its fills give "
            + "\(Price(nanos: Int64(clamping: pnl)))")
      }
      if position.currency != row.text(4) { problems.append("trade \(number) is in another currency than its fills") }
    }
  }

  /// Everything that does not add up.
  func balance() -> [String] {
    var problems = problems
    for (number, order) in orders.sorted(by: { $0.key < $1.key }) {
      if order.sum != Int128(order.filled) {
        problems.append(
          "order \(number) says \(Quantity(nanos: order.filled)) is filled, its fills give "
            + "\(Quantity(nanos: Int64(clamping: order.sum)))")
      }
      if order.sum > Int128(order.quantity) { problems.append("order \(number) is filled above its quantity") }
    }
    for (number, position) in positions.sorted(by: { $0.key < $1.key }) {
      let net = position.bought - position.sold
      if net < 0 { problems.append("position \(number) sold more than it had") }
      if net != Int128(position.held) {
        problems.append(
          "position \(number) says \(Quantity(nanos: position.held)) is held, its fills give "
            + "\(Quantity(nanos: Int64(clamping: net)))")
      }
      if !position.isRecorded { problems.append("position \(number) has fills and was never recorded") }
      if position.isClosed != position.hasTrade {
        problems.append("position \(number) is \(position.isClosed ? "closed without" : "open with") a trade")
      }
    }
    return problems
  }
}
