import Indicators
import PluginSDK
import TradingTypes

/// RSI(2) and the average of one symbol's closes. All comparisons are exact, in billionths; the doubles only explain.
struct SymbolState {
  /// Held of the symbol.
  var position = Quantity.zero
  private let trend: Int
  private var closes: RecentCloses
  private var sum: Int128 = 0
  private var low = RSIBalance()
  private var high = RSIBalance()
  private var rsi = RSI(period: 2)
  /// RSI(2), 0 to 100 as TA-Lib gives it, for the record; NaN until two changes were seen.
  private(set) var index = Double.nan

  init(trend: Int) {
    self.trend = trend
    closes = RecentCloses(trend)
  }

  /// Takes a close.
  mutating func add(_ close: Price, _ entryBelow: RSIThreshold, _ exitAbove: RSIThreshold) {
    let previous = closes.nanos(back: 1)
    sum &+= Int128(close.nanos &- closes.nanos(back: trend))
    closes.append(close)
    index = rsi.update(Double(close.nanos))
    guard closes.count > 1 else { return }
    let change = close.nanos &- previous
    low.add(entryBelow.weighted(change))
    high.add(exitAbove.weighted(change))
  }

  var isLong: Bool { position > .zero }
  /// Whether RSI(2) is below the level to enter at. Where nothing ever moved it is 0, and no close is above its average.
  var isLow: Bool { closes.count > 2 && low.value < 0 }
  /// Whether RSI(2) is above the level to leave at.
  var isHigh: Bool { closes.count > 2 && high.value > 0 }
  /// Whether the last close is above the average, which is there from close number `trend` on.
  var isAboveTrend: Bool {
    closes.count >= trend && Int128(closes.nanos(back: 1)) &* Int128(trend) > sum
  }
  /// The average, for the record.
  var average: Double { double(sum) / Double(trend) / 1e9 }
}

/// Converts in two halves: `Double.init` of 128 bits takes a generic path of about a microsecond.
private func double(_ sum: Int128) -> Double {
  Double(Int64(truncatingIfNeeded: sum >> 64)) * 0x1p64 + Double(UInt64(truncatingIfNeeded: sum))
}
