import TradingTypes

/// An order the core knows.
struct Order {
  let number: OrderNumber
  let purpose: OrderPurpose
  let instrument: InstrumentID
  let side: Side
  let signal: SignalNumber
  var position: PositionNumber
  /// Total asked for.
  var quantity: Quantity
  var state: OrderState
  var stopPrice: Price
  var exitReason: ExitReason?
  /// Cash held back for an entry until it fills or ends.
  var reserved: Money
  /// What was held back when it was sent.
  let reservedAtStart: Money
  var cancelRequested = false
  var changeRequested = false

  var filled: Quantity { state.filled(of: quantity) }
  /// What may still fill.
  var remaining: Quantity { state.isFinal ? .zero : Quantity(nanos: quantity.nanos - filled.nanos) }
}

/// The session's orders by number. Ended orders are kept for a while, because reports can come late.
struct OrderBook {
  private var orders: ContiguousArray<Order> = []
  private var base: OrderNumber = 1
  /// How many ended orders may pile up before the oldest are dropped.
  private static let retained = 8192

  /// The number the next order gets.
  var nextNumber: OrderNumber { base + OrderNumber(orders.count) }

  mutating func append(_ order: Order) {
    if orders.count >= OrderBook.retained * 2 {
      let drop = orders.prefix(OrderBook.retained).prefix { $0.state.isFinal }.count
      orders.removeFirst(drop)
      base += OrderNumber(drop)
    }
    orders.append(order)
  }

  func contains(_ number: OrderNumber) -> Bool { number >= base && number < nextNumber }

  subscript(_ number: OrderNumber) -> Order {
    get { orders[Int(number - base)] }
    set { orders[Int(number - base)] = newValue }
    _modify { yield &orders[Int(number - base)] }
  }

  /// Whether an order of a position has not ended.
  func hasOpen(_ position: Position) -> Bool {
    [position.entryOrder, position.stopOrder, position.targetOrder, position.exitOrder].contains {
      $0.map { contains($0) && !self[$0].state.isFinal } ?? false
    }
  }

  /// Numbers of orders that have not ended, ascending.
  var open: [OrderNumber] { orders.filter { !$0.state.isFinal }.map(\.number) }

  /// The order whose client id this is; `nil` for ids of others.
  func number(clientOrderID: String, prefix: String) -> OrderNumber? {
    var id = clientOrderID.utf8[...]
    for byte in prefix.utf8 {
      guard id.first == byte else { return nil }
      id.removeFirst()
    }
    guard !id.isEmpty, id.count < 19 else { return nil }
    var number: OrderNumber = 0
    for byte in id {
      guard byte >= 48, byte <= 57 else { return nil }
      number = number * 10 + OrderNumber(byte - 48)
    }
    return contains(number) ? number : nil
  }
}
