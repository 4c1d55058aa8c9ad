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
