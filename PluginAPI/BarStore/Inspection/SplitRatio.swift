/// The ratio of a jump in prices that looks like a split.
public struct SplitRatio: Hashable, Sendable, CustomStringConvertible {
  /// Shares after the split for so many before it.
  public let new: Int
  /// Shares before the split.
  public let old: Int

  /// How far a jump may be from the ratio: the market moves overnight too.
  private static let tolerance = 0.04

  /// The usual split that a close and the next open look like; `nil`: none. From 2:1 on any whole ratio is usual, and 3:2.
  public init?(close: Double, open: Double) {
    let ratio = max(close / open, open / close)
    let isFall = open < close
    let (many, few): (Int, Int)
    if ratio.rounded() >= 2, ratio < 1e6, abs(ratio / ratio.rounded() - 1) <= SplitRatio.tolerance {
      (many, few) = (Int(ratio.rounded()), 1)
    } else if abs(ratio / 1.5 - 1) <= SplitRatio.tolerance / 2 {
      (many, few) = (3, 2)
    } else {
      return nil
    }
    new = isFall ? many : few
    old = isFall ? few : many
  }

  /// What old prices are divided by to be comparable with new ones.
  public var factor: Double { Double(new) / Double(old) }

  /// `7:1` for seven new shares in place of one.
  public var description: String { "\(new):\(old)" }
}
