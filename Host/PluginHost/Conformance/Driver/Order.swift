internal import WharfABI

/// An order before it has an address: a market buy of ten units for the day, unless it is changed.
struct Order {
  var id: String
  var instrument: UInt32
  var side = Int32(WHARF_SIDE_BUY)
  var type = Int32(WHARF_ORDER_MARKET)
  var timeInForce = Int32(WHARF_TIF_GTC)
  var group = ""
  var quantity = 10 * CheckMarket.second
  var limitPrice: Int64 = 0
  var stopPrice: Int64 = 0
  var trailingDistance: Int64 = 0
  var takeProfitPrice: Int64 = 0
  var stopLossPrice: Int64 = 0
  var createdAt: Int64

  init(_ id: String, _ instrument: UInt32, at time: Int64) {
    self.id = id
    self.instrument = instrument
    createdAt = time
  }

  /// Makes it a limit order.
  mutating func limit(at price: Int64) {
    type = Int32(WHARF_ORDER_LIMIT)
    limitPrice = Order.cents(price)
  }

  /// Makes it a stop order.
  mutating func stop(at price: Int64) {
    type = Int32(WHARF_ORDER_STOP)
    stopPrice = Order.cents(price)
  }

  /// The same, selling.
  var selling: Order {
    var order = self
    order.side = Int32(WHARF_SIDE_SELL)
    return order
  }

  func raw(_ arena: Arena) -> wharf_order_request {
    var raw = wharf_order_request()
    raw.struct_size = UInt32(MemoryLayout<wharf_order_request>.size)
    raw.instrument = instrument
    raw.side = side
    raw.order_type = type
    raw.time_in_force = timeInForce
    (raw.client_order_id, raw.client_order_id_length) = arena.text(Array(id.utf8))
    (raw.oco_group, raw.oco_group_length) = arena.text(Array(group.utf8))
    raw.quantity = quantity
    raw.limit_price = limitPrice
    raw.stop_price = stopPrice
    raw.trailing_distance = trailingDistance
    raw.take_profit_price = takeProfitPrice
    raw.stop_loss_price = stopLossPrice
    raw.created_at = createdAt
    return raw
  }

  /// A price in billionths.
  static func nanos(_ price: Double) -> Int64 { cents(Int64((price * 1e9).rounded())) }
  /// A price on the tick of the instruments.
  static func cents(_ price: Int64) -> Int64 { price / 10_000_000 * 10_000_000 }
}
