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
  /// Of limit and stop-limit orders.
  public var limitPrice: Price?
  /// Of stop and stop-limit orders; of a trailing stop its first stop, `nil`: the price minus the distance.
  public var stopPrice: Price?
  /// Of a trailing stop.
  public var trailingDistance: Price?
  /// Bracket: places a limit exit for what fills, in one OCO group with ``stopLossPrice``.
  public var takeProfitPrice: Price?
  /// Bracket: places a stop exit for what fills.
  public var stopLossPrice: Price?
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
  @usableFromInline init(_ raw: wharf_order_request) throws(PluginError) {
    let clientOrderID = try ShortText(clientOrderID: raw.client_order_id, raw.client_order_id_length)
    guard let group = ShortText(raw.oco_group, raw.oco_group_length) else {
      throw PluginError(
        .invalid, "order \(clientOrderID): OCO group of \(raw.oco_group_length) bytes, expected 0 to 48")
    }
    guard let side = Side(rawValue: raw.side) else { throw unlisted("side of order \(clientOrderID)", raw.side) }
    guard let type = OrderType(rawValue: raw.order_type) else {
      throw unlisted("type of order \(clientOrderID)", raw.order_type)
    }
    guard let timeInForce = TimeInForce(rawValue: raw.time_in_force) else {
      throw unlisted("time in force of order \(clientOrderID)", raw.time_in_force)
    }
    guard raw.quantity > 0 else {
      throw PluginError(
        .invalid, "order \(clientOrderID): expected a quantity above 0, found \(Quantity(nanos: raw.quantity))")
    }
    self.init(
      clientOrderID: clientOrderID, instrument: InstrumentID(raw.instrument), side: side, type: type,
      timeInForce: timeInForce, quantity: Quantity(nanos: raw.quantity), ocoGroup: group,
      createdAt: Timestamp(nanoseconds: raw.created_at))
    limitPrice = try price(raw.limit_price, "limit price")
    stopPrice = try price(raw.stop_price, "stop price")
    trailingDistance = try price(raw.trailing_distance, "trailing distance")
    takeProfitPrice = try price(raw.take_profit_price, "take-profit price")
    stopLossPrice = try price(raw.stop_loss_price, "stop-loss price")
  }

  private func price(_ nanos: Int64, _ what: String) throws(PluginError) -> Price? {
    guard nanos >= 0 else {
      throw PluginError(
        .invalid, "order \(clientOrderID): expected a \(what) of 0 or above, found \(Price(nanos: nanos))")
    }
    return nanos == 0 ? nil : Price(nanos: nanos)
  }
}

extension ShortText {
  /// Reads a client order id; refuses an empty or overlong one.
  @usableFromInline init(clientOrderID pointer: UnsafePointer<CChar>?, _ length: UInt64) throws(PluginError) {
    guard let id = ShortText(pointer, length), !id.isEmpty else {
      throw PluginError(.invalid, "client order id of \(length) bytes, expected 1 to 48 ASCII characters")
    }
    self = id
  }
}
