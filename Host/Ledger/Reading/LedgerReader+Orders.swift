import TradingTypes

extension LedgerReader {
  /// Closed round trips, in the order they closed.
  public func trades(_ filter: LedgerFilter = LedgerFilter()) throws(LedgerError) -> [TradeRow] {
    let account = try connection.text("SELECT account FROM session") ?? ""
    return try rows(
      filter,
      """
      SELECT number, strategy, symbol, quantity_nanos, entry_ns, entry_price_nanos, exit_ns, exit_price_nanos,
        exit_reason, exit_detail, fees_nanos, pnl_nanos, currency, signal_number
      FROM trade WHERE \(LedgerFilter.condition(symbol: "symbol", time: "exit_ns")) ORDER BY record DESC LIMIT ?4
      """
    ) { row throws(LedgerError) in
      let currency = try self.currency(row.text(12))
      return TradeRow(
        id: row.number(0), account: account, strategy: row.text(1), symbol: row.text(2), quantity: row.quantity(3),
        entryTime: row.time(4), entryPrice: row.price(5), exitTime: row.time(6), exitPrice: row.price(7),
        exitReason: row.text(8), exitDetail: row.text(9), fees: Money(nanos: row.integer(10), currency: currency),
        pnl: Money(nanos: row.integer(11), currency: currency), signal: row.number(13))
    }
  }

  /// Orders as they stand, in the order they were intended.
  public func orders(_ filter: LedgerFilter = LedgerFilter()) throws(LedgerError) -> [OrderRow] {
    try rows(
      filter,
      """
      SELECT i.client_order_id, i.number, i.created_ns, coalesce(s.time_ns, i.created_ns), coalesce(s.state, 'intended'),
        i.symbol, i.side, i.purpose, i.type, i.time_in_force, coalesce(s.quantity_nanos, i.quantity_nanos),
        coalesce(s.filled_nanos, 0), i.limit_price_nanos, coalesce(s.stop_price_nanos, i.stop_price_nanos),
        i.trailing_distance_nanos, i.take_profit_price_nanos, i.stop_loss_price_nanos, i.oco_group, i.exit_reason,
        s.reason, i.signal_number, i.position_number
      FROM order_intent i LEFT JOIN order_state s
        ON s.record = (SELECT max(record) FROM order_state WHERE order_number = i.number)
      WHERE \(LedgerFilter.condition(symbol: "i.symbol", time: "i.created_ns")) ORDER BY i.record DESC LIMIT ?4
      """
    ) { row in
      OrderRow(
        id: row.text(0), number: row.number(1), time: row.time(2), updated: row.time(3), status: row.text(4),
        symbol: row.text(5), side: row.text(6), purpose: row.text(7), type: row.text(8), timeInForce: row.text(9),
        quantity: row.quantity(10), filled: row.quantity(11), limitPrice: row.optionalPrice(12),
        stopPrice: row.optionalPrice(13), trailingDistance: row.optionalPrice(14),
        takeProfitPrice: row.optionalPrice(15), stopLossPrice: row.optionalPrice(16), ocoGroup: row.optionalText(17),
        exitReason: row.optionalText(18), reason: row.optionalText(19), signal: row.number(20), position: row.number(21)
      )
    }
  }

  /// Confirmed fills, in the order they were booked.
  public func fills(_ filter: LedgerFilter = LedgerFilter()) throws(LedgerError) -> [FillRow] {
    try rows(
      filter,
      """
      SELECT f.number, i.client_order_id, f.time_ns, f.symbol, f.side, f.quantity_nanos, f.price_nanos, f.fee_nanos,
        f.currency, f.report_id
      FROM fill f JOIN order_intent i ON i.number = f.order_number
      WHERE \(LedgerFilter.condition(symbol: "f.symbol", time: "f.time_ns")) ORDER BY f.record DESC LIMIT ?4
      """
    ) { row throws(LedgerError) in
      FillRow(
        id: row.number(0), order: row.text(1), time: row.time(2), symbol: row.text(3), side: row.text(4),
        quantity: row.quantity(5), price: row.price(6),
        fee: Money(nanos: row.integer(7), currency: try self.currency(row.text(8))), reportID: row.optionalText(9))
    }
  }

  /// Positions as they stand, in the order of their numbers: those held or under way, or with `includingEnded` all.
  public func positions(
    _ filter: LedgerFilter = LedgerFilter(), includingEnded: Bool = false
  ) throws(LedgerError) -> [PositionRow] {
    try rows(
      filter,
      """
      SELECT number, time_ns, state, symbol, strategy, quantity_nanos, cost_nanos, currency, stop_nanos, target_nanos
      FROM position_state
      WHERE record IN (SELECT max(record) FROM position_state GROUP BY number)
        AND (\(includingEnded ? 1 : 0) OR state NOT IN ('none', 'closed', 'performance_recorded'))
        AND \(LedgerFilter.condition(symbol: "symbol", time: "time_ns"))
      ORDER BY number DESC LIMIT ?4
      """
    ) { row throws(LedgerError) in
      let quantity = row.quantity(5)
      let average = quantity > .zero ? Int128(row.integer(6)) * 1_000_000_000 / Int128(quantity.nanos) : nil
      return PositionRow(
        id: row.number(0), time: row.time(1), status: row.text(2), symbol: row.text(3), strategy: row.text(4),
        quantity: quantity, cost: Money(nanos: row.integer(6), currency: try self.currency(row.text(7))),
        averagePrice: average.map { Price(nanos: Int64(clamping: $0)) }, stop: row.optionalPrice(8),
        target: row.optionalPrice(9))
    }
  }

  func currency(_ code: String) throws(LedgerError) -> Currency {
    guard let currency = Currency(code) else {
      throw Checkpoint.damage(connection, "has a currency that is none", "a code such as USD", code)
    }
    return currency
  }
}
