/// How far the bars of a walk move, in parts per million, and what they trade.
struct WalkShape: Sendable {
  /// The open, from the close before.
  var gap: Int64
  /// The close, from the open.
  var body: Int64
  /// The high, from the upper of open and close.
  var upperWick: Int64
  /// The low, from the lower of open and close.
  var lowerWick: Int64
  /// The least volume, and how many volumes there are from it up.
  var volumeBase: Int64
  var volumeRange: UInt64
}

/// A bar in whole ticks.
struct TickBar: Equatable {
  /// How many ticks make one unit of money.
  static let ticksPerUnit: Int64 = 100_000

  var open: Int64
  var high: Int64
  var low: Int64
  var close: Int64
  var volume: Int64

  /// A price of so many ticks.
  @inline(__always) static func price(_ ticks: Int64) -> Double { Double(ticks) / Double(ticksPerUnit) }
}

/// A random walk in bars, in integers alone, so that every machine and language walks the same way.
struct BarWalk {
  private let shape: WalkShape
  private var random: SplitMix64
  private var close: Int64

  private static let million: Int64 = 1_000_000

  init(seed: UInt64, firstClose: Int64, shape: WalkShape) {
    self.init(random: SplitMix64(seed: seed), firstClose: firstClose, shape: shape)
  }

  init(random: SplitMix64, firstClose: Int64, shape: WalkShape) {
    self.random = random
    self.shape = shape
    close = firstClose
  }

  /// The next bar, from five draws: gap, body, upper wick, lower wick, volume.
  @inline(__always) mutating func next() -> TickBar {
    let gap = symmetric(shape.gap)
    let body = symmetric(shape.body)
    let upper = random.below(UInt64(shape.upperWick + 1))
    let lower = random.below(UInt64(shape.lowerWick + 1))
    let volume = shape.volumeBase + random.below(shape.volumeRange)
    let open = close * (BarWalk.million + gap) / BarWalk.million
    close = open * (BarWalk.million + body) / BarWalk.million
    let (top, bottom) = (max(open, close), min(open, close))
    return TickBar(
      open: open, high: top + top * upper / BarWalk.million, low: bottom - bottom * lower / BarWalk.million,
      close: close, volume: volume)
  }

  /// A draw from `-reach` to `reach`.
  @inline(__always) private mutating func symmetric(_ reach: Int64) -> Int64 {
    random.below(UInt64(2 * reach + 1)) - reach
  }
}
