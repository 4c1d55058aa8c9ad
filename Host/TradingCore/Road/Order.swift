import TradingTypes

/// An order the core knows.
struct Order: ~Copyable, Sendable {
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
struct OrderBook: ~Copyable {
  private var orders = Pool<Order>()
  private var base: OrderNumber = 1
  private let prefix: ShortText
  private let groupPrefix: ShortText
  /// The order that was sent last.
  private var latest: (number: OrderNumber, clientOrderID: ShortText)
  /// How many have not ended.
  private(set) var openCount = 0
  /// How many have an outcome that is not known.
  private(set) var unknownCount = 0
  /// How many ended orders may pile up before the oldest are dropped.
  private static let retained = 1024

  /// - Parameter prefix: what every client order id begins with.
  init(prefix: ShortText) {
    self.prefix = prefix
    groupPrefix = ShortText("\(prefix)p") ?? prefix
    latest = (0, prefix)
  }

  /// The number the next order gets.
  var nextNumber: OrderNumber { base + OrderNumber(orders.count) }

  mutating func append(_ order: consuming Order) {
    if orders.count >= OrderBook.retained * 2 { dropOldest() }
    orders.append(order)
    openCount += 1
  }

  @inline(never)
  private mutating func dropOldest() {
    var ended = 0
    while ended < OrderBook.retained, orders[ended].state.isFinal { ended += 1 }
    orders.removeFirst(ended)
    base += OrderNumber(ended)
  }

  /// Gives an order its next state.
  mutating func move(_ number: OrderNumber, to state: OrderState) {
    let place = Int(number - base)
    openCount += (state.isFinal ? 0 : 1) - (orders[place].state.isFinal ? 0 : 1)
    unknownCount += (state.isUnknown ? 1 : 0) - (orders[place].state.isUnknown ? 1 : 0)
    orders[place].state = state
  }

  /// Whether there is such an order and it has not ended.
  func isOpen(_ number: OrderNumber?) -> Bool {
    guard let number, contains(number) else { return false }
    return !orders[Int(number - base)].state.isFinal
  }

  @inline(__always)
  func contains(_ number: OrderNumber) -> Bool { number >= base && number < nextNumber }

  @inline(__always)
  subscript(_ number: OrderNumber) -> Order {
    _read { yield orders[Int(number - base)] }
    _modify { yield &orders[Int(number - base)] }
  }

  /// Numbers of orders that have not ended, ascending.
  var open: [OrderNumber] { orders.indices.filter { !orders[$0].state.isFinal }.map { orders[$0].number } }

  /// The client id of an order.
  func clientOrderID(_ number: OrderNumber) -> ShortText { prefix.appending(number) ?? ShortText() }

  /// The number and the client id of the next order.
  @inline(__always)
  mutating func next() -> (number: OrderNumber, clientOrderID: ShortText) {
    let number = nextNumber
    latest = (number, clientOrderID(number))
    return latest
  }

  /// The OCO group of a position's orders.
  func groupID(_ number: PositionNumber) -> ShortText { groupPrefix.appending(number) ?? ShortText() }

  /// The order whose client id this is; `nil` for ids of others.
  @inline(__always)
  func number(clientOrderID: ShortText) -> OrderNumber? {
    // Most reports are of the order that was sent last.
    if clientOrderID == latest.clientOrderID, contains(latest.number) { return latest.number }
    return clientOrderID.number(after: prefix).flatMap { contains($0) ? $0 : nil }
  }
}
