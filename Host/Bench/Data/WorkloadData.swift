import TradingTypes

/// The data of the shared performance workload, generated to the bit (WORKLOAD.md, section 1).
public enum WorkloadData {
  /// Bars of the one-symbol set w1.
  public static let minuteCount = 1_000_000
  /// Bars of w1 that the sweep runs over.
  public static let sweepCount = 100_000
  /// Bars of w1 that the order test runs over: an order on each but the last.
  public static let orderCount = 100_001
  /// Symbols of the daily sets w2 and w3.
  public static let symbols = 500
  /// Days of w2.
  public static let historyDays = 2520
  /// Days of w3, which go on where w2 ends.
  public static let liveDays = 252
  /// The pairs of periods of the sweep: fast 5 to 50 by 5, slow 60 to 250 by 10.
  public static let sweepPairs: [(fast: Int, slow: Int)] = stride(from: 5, through: 50, by: 5).flatMap { fast in
    stride(from: 60, through: 250, by: 10).map { (fast, $0) }
  }

  static let minuteStart: Int64 = 1_577_836_800
  static let minuteStep: Int64 = 60
  static let dayStart: Int64 = 1_388_534_400
  static let dayStep: Int64 = 86_400

  /// The walk of w1.
  static func minuteWalk() -> BarWalk {
    BarWalk(
      seed: 20_240_608, firstClose: 50_000_000,
      shape: WalkShape(gap: 20, body: 520, upperWick: 150, lowerWick: 150, volumeBase: 1000, volumeRange: 99_001))
  }

  /// The walk of one symbol of w2 and w3, from its first bar.
  static func dayWalk(symbol: Int) -> BarWalk {
    var random = SplitMix64(seed: 77_000_001 + 1_000_003 * UInt64(symbol))
    let first = (10 + random.below(491)) * TickBar.ticksPerUnit
    return BarWalk(
      random: random, firstClose: first,
      shape: WalkShape(
        gap: 3000, body: 26_000, upperWick: 8000, lowerWick: 8000, volumeBase: 100_000, volumeRange: 9_900_001))
  }

  /// The first bars of w1, all with instrument 0 and without flags; a bar ends where the next begins.
  ///
  /// - Parameter count: how many, from 0 to ``minuteCount``; another number traps.
  public static func minuteBars(_ count: Int = minuteCount) -> [Bar] {
    precondition((0...minuteCount).contains(count), "w1 has \(minuteCount) bars")
    var walk = minuteWalk()
    return [Bar](unsafeUninitializedCapacity: count) { bars, initialized in
      var start = minuteStart * 1_000_000_000
      for index in 0..<count {
        let end = start + minuteStep * 1_000_000_000
        let ticks = walk.next()
        bars.initializeElement(
          at: index,
          to: Bar(
            start: Timestamp(nanoseconds: start), end: Timestamp(nanoseconds: end), open: TickBar.price(ticks.open),
            high: TickBar.price(ticks.high), low: TickBar.price(ticks.low), close: TickBar.price(ticks.close),
            volume: Double(ticks.volume), instrument: InstrumentID(0)))
        start = end
      }
      initialized = count
    }
  }
}
