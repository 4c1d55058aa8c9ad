import TradingTypes

/// The session that is running, up to the last bar.
struct SessionSoFar {
  private(set) var index = Int.min
  /// When it opens, in nanoseconds.
  private(set) var open: Int64 = .max
  /// When it closes, in nanoseconds.
  private(set) var close: Int64 = .min
  /// Whether it may serve as a baseline once it is over.
  private(set) var isPresent = false
  private(set) var firstPrice = Double.nan
  private(set) var high = 0.0
  private(set) var low = 0.0
  private(set) var lastPrice = Double.nan
  private(set) var volume = 0.0
  private(set) var tradedValue = 0.0

  init() {}

  init(index: Int, open: Int64, close: Int64, isPresent: Bool, firstPrice: Double) {
    self.index = index
    self.open = open
    self.close = close
    self.isPresent = isPresent
    self.firstPrice = firstPrice
    high = -.infinity
    low = .infinity
  }

  mutating func add(_ bar: Bar) {
    high = max(high, bar.high)
    low = min(low, bar.low)
    lastPrice = bar.close
    volume += bar.volume
    tradedValue += (bar.high + bar.low + bar.close) / 3 * bar.volume
  }

  /// Volume-weighted mean of typical prices; not a number without volume.
  var vwap: Double { volume > 0 ? tradedValue / volume : .nan }

  /// The place of the last price between the low (0) and the high (1).
  var position: Double { high > low ? (lastPrice - low) / (high - low) : 0.5 }

  var summary: SessionSummary {
    SessionSummary(
      index: index, high: high, low: low, close: lastPrice, volume: volume, tradedValue: tradedValue,
      isPresent: isPresent)
  }
}
