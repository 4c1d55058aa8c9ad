import TradingTypes

/// An order the core knows.
struct Order: ~Copyable, Sendable {
  let purpose: OrderPurpose
  /// What was sent.
  let request: OrderRequest
  let signal: SignalNumber
  var position: PositionNumber
  /// Total asked for now; a replacement changes it.
  var quantity: Quantity
  private(set) var state: OrderState = .submitted
  /// The stop price now; a replacement changes it.
  var stopPrice: Price
  let exitReason: ExitReason?
  /// Cash held back for an entry until it fills or ends, in billionths.
  private var reserved: Int64
  /// What was held back when it was sent, in billionths.
  let reservedAtStart: Int64
  var cancelRequested = false
  var changeRequested = false

  /// What a move changes around an order.
  struct Move {
    let instrument: InstrumentID
    /// By how many the orders that have not ended change.
    let open: Int
    /// By how many the orders change whose outcome is not known.
    let unknown: Int
    /// Cash that is no longer held back, in billionths.
    let released: Int64
  }

  /// An order on its way to the venue.
  @inline(__always)
  init(
    purpose: OrderPurpose, request: OrderRequest, signal: SignalNumber, position: PositionNumber,
    exitReason: ExitReason?, reserve: Money
  ) {
    self.purpose = purpose
    self.request = request
    self.signal = signal
    self.position = position
    self.exitReason = exitReason
    quantity = request.quantity
    stopPrice = request.stopPrice
    reserved = reserve.nanos
    reservedAtStart = reserve.nanos
  }

  var instrument: InstrumentID { request.instrument }
  var side: Side { request.side }
  var filled: Quantity { state.filled(of: quantity) }
  /// What may still fill.
  var remaining: Quantity { state.isFinal ? .zero : Quantity(nanos: quantity.nanos - filled.nanos) }

  /// Goes on to a state.
  @inline(__always)
  mutating func move(to next: OrderState) -> Move {
    let before = state
    state = next
    return Move(
      instrument: instrument, open: (next.isFinal ? 0 : 1) &- (before.isFinal ? 0 : 1),
      unknown: (next.isUnknown ? 1 : 0) &- (before.isUnknown ? 1 : 0), released: reserved > 0 ? release() : 0)
  }

  /// Gives back the cash an entry no longer needs; answers how much that is.
  private mutating func release() -> Int64 {
    let remaining = remaining
    let kept: Int64
    switch remaining {
    case .zero: kept = 0
    case quantity: kept = reservedAtStart
    default: kept = reservation(for: remaining)
    }
    let (released, overflow) = reserved.subtractingReportingOverflow(kept)
    guard !overflow, released > 0 else { return 0 }
    reserved = kept
    return released
  }

  /// The share of what was held back that a part of the order needs, rounded up.
  private func reservation(for part: Quantity) -> Int64 {
    let whole = max(quantity.nanos, 1)
    let share = Int128(reservedAtStart) * Int128(part.nanos)
    return Int64(clamping: (share + Int128(whole) - 1) / Int128(whole))
  }
}
