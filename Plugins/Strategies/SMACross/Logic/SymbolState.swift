import PluginSDK
import TradingTypes

/// Two simple moving averages of one symbol's closes, and what is held of it.
///
/// The comparison is exact, in billionths: it never drifts from what fresh sums would give, and a tie is a tie. A close
/// costs constant time and allocates nothing.
struct SymbolState: ~Copyable {
  /// Held of the symbol.
  var position = Quantity.zero
  /// `slow` times the sum of the fast average less `fast` times the sum of the slow one: its sign says which is above.
  private var difference: Int128 = 0
  private let fast: Int64
  private let slow: Int64
  private var closes: RecentCloses

  init(fast: Int, slow: Int) {
    (self.fast, self.slow) = (Int64(fast), Int64(slow))
    closes = RecentCloses(slow)
  }

  /// Takes a close and answers whether the position is to be entered or left after it.
  @inline(__always)
  mutating func isDue(after close: Price, _ mode: SMACross.Mode) -> Bool {
    let before = difference
    // A close that is not there yet counts as zero, so the sums are right from the first full average on.
    let change =
      product(slow &- fast, close.nanos) &+ product(fast, closes.nanos(back: Int(slow)))
      &- product(slow, closes.nanos(back: Int(fast)))
    let now = before &+ change
    difference = now
    closes.append(close)
    guard closes.count >= slow else { return false }
    switch mode {
    case .level: return (now > 0) != isLong
    case .cross: return isLong ? now < 0 && before >= 0 : now > 0 && before <= 0 && closes.count > slow
    }
  }

  /// Whether anything is held.
  var isLong: Bool { position > .zero }
  /// The fast average, for the record.
  var fastAverage: Double { closes.mean(last: Int(fast)) }
  /// The slow average, for the record.
  var slowAverage: Double { closes.mean(last: Int(slow)) }
}

@inline(__always) private func product(_ weight: Int64, _ nanos: Int64) -> Int128 {
  Int128(weight) &* Int128(nanos)
}
