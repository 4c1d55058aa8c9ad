import PluginSDK

/// Two simple moving averages of one series and which of them is above.
///
/// The sums are exact, in billionths: they never drift from what a fresh sum would be, and a tie is a tie.
struct AveragePair {
  /// Where the fast average is.
  enum Relation: Int8 {
    case below = -1
    case equal = 0
    case above = 1
  }

  private let fast: Int
  private let slow: Int
  private var ring: [Int64]
  /// The place of the next close in the ring, and of the close that leaves the fast average.
  private var next = 0
  private var fastTail: Int
  private var seen = 0
  private var fastSum: Int128 = 0
  private var slowSum: Int128 = 0
  /// After the latest close; `nil` until the slow average is full.
  private(set) var relation: Relation?

  init(fast: Int, slow: Int) {
    self.fast = fast
    self.slow = slow
    fastTail = slow - fast
    ring = Array(repeating: 0, count: slow)
  }

  /// Takes a close and answers the relation after it; `nil` until the slow average is full.
  mutating func add(_ close: Double) throws(PluginError) -> Relation? {
    let scaled = close * 1e9 + 0.5
    guard scaled > 0, scaled < 9.2e18 else {
      throw PluginError(.invalid, "close \(close): expected above 0 and below 9.2e9")
    }
    let value = Int64(scaled)
    // The ring starts with zeros, so what leaves a sum before it is full is zero.
    fastSum &+= Int128(value &- ring[fastTail])
    slowSum &+= Int128(value &- ring[next])
    ring[next] = value
    next = next &+ 1 == slow ? 0 : next &+ 1
    fastTail = fastTail &+ 1 == slow ? 0 : fastTail &+ 1
    seen &+= 1
    guard seen >= slow else { return nil }
    let (left, right) = (fastSum &* Int128(slow), slowSum &* Int128(fast))
    relation = left > right ? .above : left < right ? .below : .equal
    return relation
  }

  var fastAverage: Double { Double(fastSum) / Double(fast) / 1e9 }
  var slowAverage: Double { Double(slowSum) / Double(slow) / 1e9 }
}
