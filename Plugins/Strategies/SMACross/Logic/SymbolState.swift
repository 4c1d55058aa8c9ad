import PluginSDK
import TradingTypes

/// Two simple moving averages of one symbol's closes, and what is held of it.
///
/// The comparison is exact, in billionths: it never drifts from what fresh sums would give, and a tie is a tie. A close
/// allocates nothing and costs constant time, unless it is so high that a difference of averages needs more than 64 bits.
struct SymbolState: ~Copyable {
  /// Held of the symbol.
  var position = Quantity.zero
  /// `slow` times the sum of the fast average less `fast` times the sum of the slow one, modulo 2^64; its sign says which
  /// is above. A close that is not there yet counts as zero.
  private var difference: Int64 = 0
  private let fast: Int64
  private let slow: Int64
  /// While no close in the averages is above it, the difference is less than 2^63 either way: it weighs the closes, all of
  /// them above 0, with `fast` times `slow - fast` in sum on either side.
  private let ceiling: Int64
  /// From how many closes on the averages are full and none of them has a close above the ceiling.
  private var readyAt: Int64
  private var closes: RecentCloses

  init(fast: Int, slow: Int) {
    (self.fast, self.slow) = (Int64(fast), Int64(slow))
    ceiling = Int64.max / (self.fast * (self.slow - self.fast))
    readyAt = self.slow
    closes = RecentCloses(slow)
  }

  /// Takes a close and answers whether the position is to be entered or left after it.
  @inline(__always)
  mutating func isDue(after close: Price, _ mode: SMACross.Mode) -> Bool {
    let before = difference
    let leaving = closes.nanos(back: Int(slow))
    let now =
      before &+ (slow &- fast) &* close.nanos &- slow &* closes.nanos(back: Int(fast)) &+ fast &* leaving
    difference = now
    closes.append(close)
    if close.nanos > ceiling { readyAt = Int64(closes.count) &+ slow }
    guard closes.count > readyAt else { return isDueInFull(leaving, mode) }
    switch mode {
    case .level: return (now > 0) != isLong
    case .cross: return isLong ? now < 0 && before >= 0 : now > 0 && before <= 0
    }
  }

  /// The same where the averages just became full, or where the difference needs more bits: from all closes.
  @inline(never)
  private func isDueInFull(_ leaving: Int64, _ mode: SMACross.Mode) -> Bool {
    guard closes.count >= slow else { return false }
    var now: Int128 = 0
    for distance in 1...Int(slow) {
      now += Int128(distance <= fast ? slow - fast : -fast) * Int128(closes.nanos(back: distance))
    }
    guard mode == .cross else { return (now > 0) != isLong }
    // One close earlier the averages may not have been full.
    guard closes.count > slow else { return false }
    let change =
      Int128(slow - fast) * Int128(closes.nanos(back: 1)) - Int128(slow) * Int128(closes.nanos(back: Int(fast) + 1))
      + Int128(fast) * Int128(leaving)
    let before = now - change
    return isLong ? now < 0 && before >= 0 : now > 0 && before <= 0
  }

  /// Whether anything is held.
  var isLong: Bool { position > .zero }
  /// The fast average, for the record.
  var fastAverage: Double { closes.mean(last: Int(fast)) }
  /// The slow average, for the record.
  var slowAverage: Double { closes.mean(last: Int(slow)) }
}
