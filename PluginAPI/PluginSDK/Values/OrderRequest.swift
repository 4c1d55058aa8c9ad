import TradingTypes
import WharfABI

/// An order the host wants placed.
public struct OrderRequest: Hashable, Sendable {
  /// 1 to 48 ASCII characters, unique for ever.
  public var clientOrderID: ShortText
  /// What to trade.
  public var instrument: InstrumentID
  /// Which way.
  public var side: Side
  /// How it is executed.
  public var type: OrderType
  /// How long it lives.
  public var timeInForce: TimeInForce
  /// How much; positive.
  public var quantity: Quantity
  /// The prices below in billionths, as the host gives them; 0: none.
  @usableFromInline var limit: Int64 = 0
  @usableFromInline var stop: Int64 = 0
  @usableFromInline var distance: Int64 = 0
  @usableFromInline var takeProfit: Int64 = 0
  @usableFromInline var stopLoss: Int64 = 0
  /// Orders of one group cancel each other: what one fills, the others shrink by; empty: none.
  public var ocoGroup: ShortText
  /// When the host made it.
  public var createdAt: Timestamp

  /// Makes an order from what every order has; set what else its type needs.
  public init(
    clientOrderID: ShortText, instrument: InstrumentID, side: Side, type: OrderType, timeInForce: TimeInForce,
    quantity: Quantity, ocoGroup: ShortText = ShortText(), createdAt: Timestamp
  ) {
    self.clientOrderID = clientOrderID
    self.instrument = instrument
    self.side = side
    self.type = type
    self.timeInForce = timeInForce
    self.quantity = quantity
    self.ocoGroup = ocoGroup
    self.createdAt = createdAt
  }
}

extension OrderRequest {
  /// Of limit and stop-limit orders.
  @inlinable public var limitPrice: Price? {
    get { OrderRequest.price(limit) }
    set { limit = newValue?.nanos ?? 0 }
  }

  /// Of stop and stop-limit orders; of a trailing stop its first stop, `nil`: the price minus the distance.
  @inlinable public var stopPrice: Price? {
    get { OrderRequest.price(stop) }
    set { stop = newValue?.nanos ?? 0 }
  }

  /// Of a trailing stop.
  @inlinable public var trailingDistance: Price? {
    get { OrderRequest.price(distance) }
    set { distance = newValue?.nanos ?? 0 }
  }

  /// Bracket: places a limit exit for what fills, in one OCO group with ``stopLossPrice``.
  @inlinable public var takeProfitPrice: Price? {
    get { OrderRequest.price(takeProfit) }
    set { takeProfit = newValue?.nanos ?? 0 }
  }

  /// Bracket: places a stop exit for what fills.
  @inlinable public var stopLossPrice: Price? {
    get { OrderRequest.price(stopLoss) }
    set { stopLoss = newValue?.nanos ?? 0 }
  }

  /// Whether it names a price, which a plain market order does not.
  @inlinable public var hasPrices: Bool { limit | stop | distance | takeProfit | stopLoss != 0 }
}

extension OrderRequest {
  /// Reads what the host wants placed.
  @inlinable @inline(__always)
  init(_ raw: UnsafePointer<wharf_order_request>) throws(PluginError) {
    guard let id = ShortText(raw.pointee.client_order_id, raw.pointee.client_order_id_length), !id.isEmpty,
      let side = Side(rawValue: raw.pointee.side), let type = OrderType(rawValue: raw.pointee.order_type),
      let timeInForce = TimeInForce(rawValue: raw.pointee.time_in_force), raw.pointee.quantity > 0,
      raw.pointee.limit_price | raw.pointee.stop_price | raw.pointee.trailing_distance
        | raw.pointee.take_profit_price | raw.pointee.stop_loss_price >= 0
    else { throw OrderRequest.refusal(of: raw.pointee) }
    clientOrderID = id
    instrument = InstrumentID(raw.pointee.instrument)
    self.side = side
    self.type = type
    self.timeInForce = timeInForce
    quantity = Quantity(nanos: raw.pointee.quantity)
    limit = raw.pointee.limit_price
    stop = raw.pointee.stop_price
    distance = raw.pointee.trailing_distance
    takeProfit = raw.pointee.take_profit_price
    stopLoss = raw.pointee.stop_loss_price
    ocoGroup = raw.pointee.oco_group_length == 0 ? ShortText() : try OrderRequest.group(raw)
    createdAt = Timestamp(nanoseconds: raw.pointee.created_at)
  }

  @usableFromInline @inline(never)
  static func group(_ raw: UnsafePointer<wharf_order_request>) throws(PluginError) -> ShortText {
    guard let group = ShortText(raw.pointee.oco_group, raw.pointee.oco_group_length) else {
      throw refusal(of: raw.pointee)
    }
    return group
  }

  @inlinable @inline(__always)
  static func price(_ nanos: Int64) -> Price? { nanos == 0 ? nil : Price(nanos: nanos) }

  /// What is wrong with a request that cannot be read.
  @usableFromInline @inline(never)
  static func refusal(of raw: wharf_order_request) -> PluginError {
    guard let id = ShortText(raw.client_order_id, raw.client_order_id_length), !id.isEmpty else {
      return PluginError(
        .invalid, "client order id of \(raw.client_order_id_length) bytes, expected 1 to 48 ASCII characters")
    }
    guard ShortText(raw.oco_group, raw.oco_group_length) != nil else {
      return PluginError(.invalid, "order \(id): OCO group of \(raw.oco_group_length) bytes, expected 0 to 48")
    }
    guard Side(rawValue: raw.side) != nil else { return unlisted("side of order \(id)", raw.side) }
    guard OrderType(rawValue: raw.order_type) != nil else { return unlisted("type of order \(id)", raw.order_type) }
    guard TimeInForce(rawValue: raw.time_in_force) != nil else {
      return unlisted("time in force of order \(id)", raw.time_in_force)
    }
    guard raw.quantity > 0 else {
      return PluginError(
        .invalid, "order \(id): expected a quantity above 0, found \(Quantity(nanos: raw.quantity))")
    }
    let prices = [
      (raw.limit_price, "limit price"), (raw.stop_price, "stop price"), (raw.trailing_distance, "trailing distance"),
      (raw.take_profit_price, "take-profit price"), (raw.stop_loss_price, "stop-loss price"),
    ]
    let (price, name) = prices.first { $0.0 < 0 } ?? (0, "price")
    return PluginError(.invalid, "order \(id): expected a \(name) of 0 or above, found \(Price(nanos: price))")
  }
}
