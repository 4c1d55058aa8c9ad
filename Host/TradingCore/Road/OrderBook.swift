import TradingTypes

/// The session's orders by number. Ended orders are kept for a while, because reports can come late.
struct OrderBook: ~Copyable {
  private var orders = NumberedRing<Order>()
  private let prefix: ShortText
  private let groupPrefix: ShortText
  /// The order that was sent last; number 0 before the first.
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

  @inline(__always)
  mutating func append(_ order: consuming Order) {
    if orders.count >= OrderBook.retained * 2 { dropOldest() }
    orders.append(order)
    openCount &+= 1
  }

  @inline(never)
  private mutating func dropOldest() {
    let end = orders.first + OrderNumber(OrderBook.retained)
    while orders.first < end, orders[orders.first].state.isFinal { orders.removeFirst() }
  }

  /// Gives an order its next state.
  @inline(__always)
  mutating func move(_ number: OrderNumber, to state: OrderState) -> Order.Move {
    let move = orders[number].move(to: state)
    openCount &+= move.open
    unknownCount &+= move.unknown
    return move
  }

  /// Whether there is such an order and it has not ended.
  @inline(__always)
  func isOpen(_ number: OrderNumber?) -> Bool {
    guard let number, contains(number) else { return false }
    return !orders[number].state.isFinal
  }

  @inline(__always)
  func contains(_ number: OrderNumber) -> Bool { orders.contains(number) }

  @inline(__always)
  subscript(_ number: OrderNumber) -> Order {
    _read { yield orders[number] }
    _modify { yield &orders[number] }
  }

  /// Numbers of orders that have not ended, ascending.
  var open: [OrderNumber] { (orders.first..<orders.next).filter { !orders[$0].state.isFinal } }

  /// The client id of an order.
  func clientOrderID(_ number: OrderNumber) -> ShortText { prefix.appending(number) ?? ShortText() }

  /// The number and the client id of the next order.
  @inline(__always)
  mutating func next() -> (number: OrderNumber, clientOrderID: ShortText) {
    let number = orders.next
    let follows = latest.number > 0 && number == latest.number &+ 1
    if !follows || !latest.clientOrderID.countUp() { latest.clientOrderID = clientOrderID(number) }
    latest.number = number
    return latest
  }

  /// The OCO group of a position's orders.
  func groupID(_ number: PositionNumber) -> ShortText { groupPrefix.appending(number) ?? ShortText() }

  // These are `mutating` though they change nothing: otherwise the compiler copies the book to pass it on.

  /// The order whose client id this is; `nil` for ids of others.
  @inline(__always)
  mutating func number(clientOrderID: ShortText) -> OrderNumber? {
    // Most reports are of the order that was sent last.
    if clientOrderID == latest.clientOrderID, contains(latest.number) { return latest.number }
    return number(read: clientOrderID)
  }

  @inline(never)
  private mutating func number(read clientOrderID: ShortText) -> OrderNumber? {
    clientOrderID.number(after: prefix).flatMap { contains($0) ? $0 : nil }
  }
}
