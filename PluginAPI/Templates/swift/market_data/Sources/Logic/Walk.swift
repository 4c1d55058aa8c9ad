import TradingTypes

/// A random walk of daily bars, one a weekday from Monday 2015-01-05 on:
///
///     open_0 = 100; u1...u4 are uniform in [0, 1), from splitmix64 started at the seed
///     close = open * (1 + volatility * (2 * u1 - 1)), at least 1
///     high  = max(open, close) * (1 + volatility * u2 / 2), low = min(open, close) * (1 - volatility * u3 / 2)
///     open of the next bar = close; volume = floor(1000000 * (0.5 + u4)); prices are rounded to cents
struct Walk {
  private(set) var index = 0
  private var random: UInt64
  private var price = 100.0

  init(seed: UInt64) { random = seed }

  /// The start of the bar with this number.
  static func start(of index: Int) -> Timestamp {
    CivilDate(daysSinceEpoch: 16_440).adding(days: index / 5 * 7 + index % 5).midnightUTC
  }

  /// The next bar.
  mutating func next(_ volatility: Double) -> Bar {
    let (u1, u2, u3, u4) = (uniform(), uniform(), uniform(), uniform())
    let (start, open) = (Walk.start(of: index), price)
    let close = max(cents(open * (1 + volatility * (2 * u1 - 1))), 1)
    let high = cents(max(open, close) * (1 + volatility * u2 / 2))
    let low = cents(min(open, close) * (1 - volatility * u3 / 2))
    price = close
    index += 1
    return Bar(
      start: start, end: start.adding(seconds: 86_400), open: open, high: high, low: low, close: close,
      volume: (1_000_000 * (0.5 + u4)).rounded(.down), instrument: InstrumentID(0))
  }

  private func cents(_ price: Double) -> Double { (price * 100 + 0.5).rounded(.down) / 100 }

  private mutating func uniform() -> Double {
    random &+= 0x9e37_79b9_7f4a_7c15
    var x = random
    x = (x ^ (x >> 30)) &* 0xbf58_476d_1ce4_e5b9
    x = (x ^ (x >> 27)) &* 0x94d0_49bb_1331_11eb
    return Double((x ^ (x >> 31)) >> 11) * 0x1p-53
  }
}
