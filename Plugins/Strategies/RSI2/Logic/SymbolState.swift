import Indicators
import PluginSDK
import TradingTypes

/// RSI(2) and the average of one symbol's closes. All comparisons are exact, in billionths; the doubles only explain.
struct SymbolState: ~Copyable {
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

  /// Takes a close and answers whether the position is to be entered or left after it.
  mutating func isDue(after close: Price, _ entryBelow: RSIThreshold, _ exitAbove: RSIThreshold) -> Bool {
    let previous = closes.nanos(back: 1)
    sum &+= Int128(close.nanos &- closes.nanos(back: trend))
    closes.append(close)
    index = rsi.update(Double(close.nanos))
    guard closes.count > 1 else { return false }
    let change = close.nanos &- previous
    low.add(entryBelow.weighted(change))
    high.add(exitAbove.weighted(change))
    guard closes.count > 2 else { return false }
    if isLong { return high.value > 0 }
    // Where nothing ever moved the index is 0, and no close is above its average.
    return low.value < 0 && closes.count >= trend && product(close.nanos, trend) > sum
  }

  /// Whether anything is held.
  var isLong: Bool { position > .zero }
  /// The average, for the record.
  var average: Double { closes.mean(last: trend) }
}

private func product(_ nanos: Int64, _ count: Int) -> Int128 { Int128(nanos) &* Int128(count) }
