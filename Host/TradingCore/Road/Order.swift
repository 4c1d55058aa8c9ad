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
  fileprivate(set) var state: OrderState
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
  /// How many have not ended.
  private(set) var openCount = 0
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
    openCount += 1
  }

  /// Gives an order its next state.
  mutating func move(_ number: OrderNumber, to state: OrderState) {
    let place = Int(number - base)
    openCount += (state.isFinal ? 0 : 1) - (orders[place].state.isFinal ? 0 : 1)
    orders[place].state = state
  }

  /// Whether there is such an order and it has not ended.
  func isOpen(_ number: OrderNumber?) -> Bool {
    guard let number, contains(number) else { return false }
    return !orders[Int(number - base)].state.isFinal
  }

  func contains(_ number: OrderNumber) -> Bool { number >= base && number < nextNumber }

  subscript(_ number: OrderNumber) -> Order {
    get { orders[Int(number - base)] }
    set { orders[Int(number - base)] = newValue }
    _modify { yield &orders[Int(number - base)] }
  }

  /// Numbers of orders that have not ended, ascending.
  var open: [OrderNumber] { orders.filter { !$0.state.isFinal }.map(\.number) }

  /// The order whose client id this is; `nil` for ids of others.
  func number(clientOrderID: String, prefix: String) -> OrderNumber? {
    var (id, prefix) = (clientOrderID, prefix)
    let number = id.withUTF8 { id in
      prefix.withUTF8 { prefix -> OrderNumber? in
        guard id.count > prefix.count, id.count < prefix.count + 19, id.starts(with: prefix) else { return nil }
        var number: OrderNumber = 0
        for byte in id[prefix.count...] {
          guard byte >= 48, byte <= 57 else { return nil }
          number = number * 10 + OrderNumber(byte - 48)
        }
        return number
      }
    }
    return number.flatMap { contains($0) ? $0 : nil }
  }
}
