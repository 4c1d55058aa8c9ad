import PluginSDK
import TradingTypes

/// The account's totals; its counts tell whether every other record is there.
struct AccountRecord {
  static let format: UInt32 = 1

  var currency: String
  var cash: Int64
  var orders: UInt32
  var reports: UInt32

  var bytes: [UInt8] {
    var record = RecordWriter()
    record.put(AccountRecord.format)
    record.put(currency)
    record.put(cash)
    record.put(orders)
    record.put(reports)
    return record.bytes
  }

  init(currency: String, cash: Int64, orders: UInt32, reports: UInt32) {
    self.currency = currency
    self.cash = cash
    self.orders = orders
    self.reports = reports
  }

  init(_ bytes: [UInt8]) throws(RecordFault) {
    var record = RecordReader(bytes)
    let format = try record.next(UInt32.self)
    guard format == AccountRecord.format else {
      throw RecordFault(text: "expected format \(AccountRecord.format), found \(format); use the plugin that wrote it")
    }
    currency = try record.text()
    cash = try record.next()
    orders = try record.next()
    reports = try record.next()
    try record.end()
  }
}

extension Book {
  var bytes: [UInt8] {
    var record = RecordWriter()
    for value in [lastQuote, lastBar, last, bid, ask, used, position, averagePrice] { record.put(value) }
    record.put(lastClose)
    record.put(previousVolume)
    record.put(session)
    record.put(UInt8(isOpening ? 1 : 0) | UInt8(isInSession ? 2 : 0) | UInt8(sessionHasBar ? 4 : 0))
    return record.bytes
  }

  mutating func read(_ bytes: [UInt8]) throws(RecordFault) {
    var record = RecordReader(bytes)
    lastQuote = try record.next()
    lastBar = try record.next()
    last = try record.next()
    bid = try record.next()
    ask = try record.next()
    used = try record.next()
    position = try record.next()
    averagePrice = try record.next()
    lastClose = try record.number()
    previousVolume = try record.number()
    session = try record.next()
    let flags = try record.next(UInt8.self)
    isOpening = flags & 1 != 0
    isInSession = flags & 2 != 0
    sessionHasBar = flags & 4 != 0
    try record.end()
  }
}

extension LoggedReport {
  var bytes: [UInt8] {
    var record = RecordWriter()
    for value in [time, quantity, first, second, cumulative, stop] { record.put(value) }
    record.put(order)
    record.put(UInt8(truncatingIfNeeded: kind.rawValue) | cause.rawValue << 3 | (isFirstOfCall ? 32 : 0))
    record.put(reason.rawValue)
    return record.bytes
  }

  init(_ bytes: [UInt8]) throws(RecordFault) {
    var record = RecordReader(bytes)
    time = try record.next()
    quantity = try record.next()
    first = try record.next()
    second = try record.next()
    cumulative = try record.next()
    stop = try record.next()
    order = try record.next()
    sequence = 0
    let packed = try record.next(UInt8.self)
    reason = try record.listed()
    try record.end()
    guard packed < 64, let kind = OrderReport.Kind(rawValue: Int32(packed & 7)),
      let cause = Cause(rawValue: packed >> 3 & 3)
    else { throw RecordFault(text: "expected a listed kind and cause, found \(packed)") }
    (self.kind, self.cause, isFirstOfCall) = (kind, cause, packed & 32 != 0)
  }
}

/// An order as it is saved: its place, where it trades, and its working part while it has one.
struct OrderRecord {
  var place: UInt32
  /// Empty: an instrument that did not exist; then `order.instrument` is what was asked for.
  var symbol: String
  var order: Order
  var resting: Resting?

  var bytes: [UInt8] {
    var record = RecordWriter()
    record.put(place)
    record.put(symbol)
    record.put(order.instrument)
    record.put(order.fingerprint)
    record.put(order.quantity)
    record.put(order.filled)
    record.put(order.side.rawValue)
    record.put(order.type.rawValue)
    record.put(order.timeInForce.rawValue)
    record.put(order.state.rawValue)
    guard let terms = resting else { return record.bytes }
    record.put(terms.group.description)
    for value in [
      terms.limit, terms.stop, terms.distance, terms.acceptedAt, terms.reserved, terms.triggeredAt,
      terms.bracket.takeProfit, terms.bracket.stopLoss,
    ] { record.put(value) }
    for value in [terms.session, terms.parent, terms.bracket.takeProfitChild, terms.bracket.stopLossChild] {
      record.put(value)
    }
    return record.bytes
  }

  init(place: UInt32, symbol: String, order: Order, resting: Resting?) {
    self.place = place
    self.symbol = symbol
    self.order = order
    self.resting = resting
  }

  init(_ id: ShortText, _ bytes: [UInt8]) throws(RecordFault) {
    var record = RecordReader(bytes)
    place = try record.next()
    symbol = try record.text()
    let instrument = try record.next(UInt32.self)
    let fingerprint = try record.next(UInt64.self)
    let quantity = try record.next(Int64.self)
    let filled = try record.next(Int64.self)
    order = Order(
      id: id, hash: OrderIndex.hash(id), number: place + 1, fingerprint: fingerprint, quantity: quantity,
      filled: filled, instrument: instrument,
      side: try record.listed(), type: try record.listed(), timeInForce: try record.listed(),
      state: try record.listed())
    if order.isWorking {
      let group = try record.text()
      guard let group = ShortText(group) else { throw RecordFault(text: "expected an OCO group, found \(group)") }
      var terms = Resting(acceptedAt: 0)
      terms.group = group
      terms.limit = try record.next()
      terms.stop = try record.next()
      terms.distance = try record.next()
      terms.acceptedAt = try record.next()
      terms.reserved = try record.next()
      terms.triggeredAt = try record.next()
      terms.bracket.takeProfit = try record.next()
      terms.bracket.stopLoss = try record.next()
      terms.session = try record.next()
      terms.parent = try record.next()
      terms.bracket.takeProfitChild = try record.next()
      terms.bracket.stopLossChild = try record.next()
      resting = terms
    }
    try record.end()
  }
}
