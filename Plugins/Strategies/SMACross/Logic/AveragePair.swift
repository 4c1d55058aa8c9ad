import PluginSDK

/// Two simple moving averages of one series and which of them is above.
///
/// The sums are exact, in billionths: they never drift from what fresh sums would give, and a tie is a tie. A close
/// costs constant time and allocates nothing.
struct AveragePair {
  /// Where the fast average is.
  enum Relation: Int8 {
    case below = -1
    case equal = 0
    case above = 1
  }

  /// The longest average.
  static let longest = 500

  private let fast: Int
  private let slow: Int
  /// The last closes; what leaves an average before it is full is zero.
  private var ring: [Int64]
  /// The place of the next close, which holds the one that leaves the slow average.
  private var next = 0
  /// The place of the close that leaves the fast average.
  private var fastTail: Int
  private var seen = 0
  private var fastSum: Int128 = 0
  private var slowSum: Int128 = 0
  /// After the latest close; `nil` until the slow average is full.
  private(set) var relation: Relation?

  init(fast: Int, slow: Int) {
    precondition(0 < fast && fast < slow && slow <= AveragePair.longest, "averages of \(fast) and \(slow)")
    self.fast = fast
    self.slow = slow
    fastTail = slow - fast
    ring = Array(repeating: 0, count: slow)
  }

  /// Takes a close and answers the relation after it; `nil` until the slow average is full.
  mutating func add(_ close: Double) throws(PluginError) -> Relation? {
    guard close > 0, close < 9.2e9 else {
      throw PluginError(.invalid, "close \(close): expected above 0 and below 9.2e9")
    }
    let value = Int64(close * 1e9 + 0.5)
    fastSum &+= Int128(value &- ring[fastTail])
    slowSum &+= Int128(value &- ring[next])
    ring[next] = value
    next = next &+ 1 == slow ? 0 : next &+ 1
    fastTail = fastTail &+ 1 == slow ? 0 : fastTail &+ 1
    seen &+= 1
    guard seen >= slow else { return nil }
    let difference = fastSum &* Int128(slow) &- slowSum &* Int128(fast)
    relation = difference > 0 ? .above : difference < 0 ? .below : .equal
    return relation
  }

  /// The fast average, as the double nearest to it but for the last digit.
  var fastAverage: Double { AveragePair.double(fastSum) / Double(fast) / 1e9 }
  /// The slow average, likewise.
  var slowAverage: Double { AveragePair.double(slowSum) / Double(slow) / 1e9 }

  /// Converts in two halves: `Double.init` of 128 bits takes a generic path of about a microsecond.
  private static func double(_ sum: Int128) -> Double {
    Double(Int64(truncatingIfNeeded: sum >> 64)) * 0x1p64 + Double(UInt64(truncatingIfNeeded: sum))
  }
}
