import TradingTypes

/// A stop that follows the highest price at a distance and never loosens.
public struct TrailingStop: Hashable, Sendable {
  /// How far below the highest price.
  public var distance: Price
  /// The highest price since entry.
  public var highest: Price

  /// Makes a trailing stop that has seen one price.
  public init(distance: Price, highest: Price) {
    self.distance = distance
    self.highest = highest
  }

  /// Sees a price and answers the stop to use, rounded up to the tick; never below `current`.
  public mutating func observe(_ price: Price, current: Price, tick: Price) -> Price {
    if price > highest { highest = price }
    guard let raw = highest.subtracting(distance), raw > .zero, let stop = raw.rounded(.up, to: tick) else {
      return current
    }
    // Rounding up must not reach the price itself: such a stop would sell at once.
    return stop > current && stop < highest ? stop : current
  }
}
