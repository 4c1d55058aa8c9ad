import TradingTypes

/// Where a trade would enter and leave, exact, and rounded to the tick toward safety: a buy limit down, stop and target
/// up. The average true range of the bar decided on is frozen in the distances.
struct Plan: Equatable {
  /// The planned entry: the close, or the limit where entries are limit orders.
  let entry: Price
  /// The protective stop at the planned entry.
  let stop: Price
  /// How far the stop lies below the entry before rounding.
  let stopDistance: Price
  /// The target at the planned entry, whether it is used or not.
  let target: Price
  /// The mean of five closes, below which no target lies.
  let targetFloor: Price
  /// How far the target lies above the entry at least, before rounding.
  let targetDistance: Price
  /// The entry as a limit order.
  let limitEntry: Price

  /// Plans at a close; `nil` when a price cannot be represented (not finite, or above nine thousand million).
  init?(_ inputs: Inputs, _ instrument: Instrument, _ parameters: Parameters) {
    guard let close = Price(inputs.close), let floor = Price(inputs.sma5),
      let stopDistance = Price(inputs.atr14 * parameters.stopATR),
      let targetDistance = Price(inputs.atr14 * parameters.targetATR),
      let limitDistance = Price(inputs.atr14 * parameters.limitATR),
      let limitEntry = close.subtracting(limitDistance).flatMap({ $0.rounded(.down, to: instrument.tick(at: $0)) })
    else { return nil }
    entry = parameters.entry == .market ? close : limitEntry
    guard let stop = Plan.stop(entry, stopDistance, instrument),
      let target = Plan.target(entry, floor, targetDistance, instrument)
    else { return nil }
    self.stop = stop
    self.stopDistance = stopDistance
    self.target = target
    targetFloor = floor
    self.targetDistance = targetDistance
    self.limitEntry = limitEntry
  }

  /// The stop for an entry: the distance below it, up to the tick.
  static func stop(_ entry: Price, _ distance: Price, _ instrument: Instrument) -> Price? {
    entry.subtracting(distance).flatMap { $0.rounded(.up, to: instrument.tick(at: $0)) }
  }

  /// The target for an entry: the distance above it or the floor, whichever is higher, up to the tick.
  static func target(_ entry: Price, _ floor: Price, _ distance: Price, _ instrument: Instrument) -> Price? {
    entry.adding(distance).flatMap { max($0, floor).rounded(.up, to: instrument.tick(at: max($0, floor))) }
  }
}
