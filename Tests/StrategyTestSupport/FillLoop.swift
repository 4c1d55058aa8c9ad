import PluginSDK
import PluginTestKit
import TradingTypes

/// Fills what a strategy wants whole at the next bar's open, without costs.
public struct FillLoop<S: Strategy> {
  /// What runs the strategy.
  public let driver: StrategyDriver<S>
  /// The trades that were closed.
  public private(set) var trades: [Trade] = []
  /// How many fills there were.
  public private(set) var fills = 0
  /// What the fills brought and cost.
  public private(set) var cash = 0.0
  /// What is held.
  public private(set) var held = Quantity.zero
  private var handled = 0
  private var entry: (time: Timestamp, price: Double)?

  /// Makes a loop around a strategy.
  public init(_ driver: StrategyDriver<S>) { self.driver = driver }

  /// Offers bars and fills what was wanted before each.
  public mutating func run(_ bars: [Bar]) throws(PluginError) {
    for bar in bars {
      for signal in driver.signals[handled...] { try fill(signal, on: bar) }
      handled = driver.signals.count
      try driver.bar(bar)
    }
  }

  private mutating func fill(_ signal: Signal, on bar: Bar) throws(PluginError) {
    let quantity = signal.ownQuantity!
    let side: Side = signal.action == .enterLong ? .buy : .sell
    fills += 1
    cash -= (side == .buy ? 1 : -1) * quantity.double * bar.open
    held = side == .buy ? held.adding(quantity)! : held.subtracting(quantity)!
    if side == .buy {
      entry = (bar.start, bar.open)
    } else if let entry {
      trades.append(
        Trade(
          entryTime: entry.time, exitTime: bar.start, quantity: quantity, entryPrice: entry.price, exitPrice: bar.open))
    }
    try driver.fill(
      Fill(
        instrument: bar.instrument, side: side, exitReason: signal.exitReason, signalBar: signal.barTime,
        time: bar.start, price: Price(bar.open)!, quantity: quantity, position: held))
  }
}

/// Daily bars that open and close at the given prices.
public func bars(_ closes: [Double], instrument: UInt32 = 0) -> [Bar] {
  closes.enumerated().map { index, close in
    let start = CivilDate(daysSinceEpoch: 18_000 + Int32(index)).midnightUTC
    return Bar(
      start: start, end: start.adding(seconds: 75_600), open: close, high: close, low: close, close: close, volume: 1,
      instrument: InstrumentID(instrument))
  }
}
