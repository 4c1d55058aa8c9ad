import PluginSDK
import PluginTestKit
import SMACrossLogic
import StrategyTestSupport
import Testing
import TradingTypes

/// Two averages and a range of closes.
struct Walk: Sendable, CustomTestStringConvertible {
  var fast: Int
  var slow: Int
  /// The least close and how far above it closes go, in ticks.
  var base: Int
  var ticks: Int
  /// Billionths in a tick.
  var tick: Int
  var testDescription: String { "\(fast)/\(slow) from \(base) in \(ticks) ticks of \(tick)" }

  static let all = [
    Walk(fast: 1, slow: 2, base: 1, ticks: 3, tick: 1_000_000_000),
    Walk(fast: 2, slow: 3, base: 10, ticks: 3, tick: 10_000_000),
    Walk(fast: 5, slow: 20, base: 100, ticks: 2, tick: 10_000_000),
    // Higher than 64 bits can weigh: always, and only now and then.
    Walk(fast: 4, slow: 8, base: 9_100_000, ticks: 3, tick: 1_000_000_000_000),
    Walk(fast: 3, slow: 8, base: 0, ticks: 4, tick: 200_000_000_000_000_000),
    Walk(fast: 10, slow: 30, base: 45, ticks: 3, tick: 1_000_000_000_000_000),
    Walk(fast: 250, slow: 500, base: 147, ticks: 2, tick: 1_000_000_000_000),
  ]

  /// Closes in billionths, above 0, with few different values so that the averages often meet.
  func closes(_ count: Int) -> [Int64] {
    var state = UInt64(fast * 1_000 + slow)
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return max(1_000, Int64((base + Int((state >> 33) % UInt64(ticks + 1))) * tick))
    }
  }
}

@Suite struct `SMA Cross against whole numbers` {
  /// `slow` times the fast sum less `fast` times the slow sum over the closes up to a place, anew.
  private func difference(_ walk: Walk, _ closes: [Int64], _ last: Int) -> Int128 {
    func sum(_ count: Int) -> Int128 { closes[(last + 1 - count)...last].reduce(0) { $0 + Int128($1) } }
    return sum(walk.fast) * Int128(walk.slow) - sum(walk.slow) * Int128(walk.fast)
  }

  @Test(arguments: Walk.all, ["level", "cross"])
  func `every decision is the one of exact arithmetic, however high the closes are`(
    _ walk: Walk, _ mode: String
  ) throws {
    let host = TestHost([
      "fast": .integer(Int64(walk.fast)), "slow": .integer(Int64(walk.slow)), "mode": .text(mode), "quantity": 1.0,
    ])
    let flat = try StrategyDriver(SMACross.self, host: host)
    let long = try StrategyDriver(SMACross.self, host: host)
    let closes = walk.closes(3 * walk.slow + 200)
    let bars = bars(closes.map { Double($0) / 1e9 })
    let one = Quantity("1")!
    try long.fill(
      Fill(
        instrument: InstrumentID(0), side: .buy, signalBar: bars[0].start, time: bars[0].start, price: Price("1")!,
        quantity: one, position: one))
    var (entries, exits, ties): ([Timestamp], [Timestamp], Int) = ([], [], 0)
    for (place, bar) in bars.enumerated() {
      try flat.bar(bar)
      try long.bar(bar)
      guard place + 1 >= walk.slow else { continue }
      let now = difference(walk, closes, place)
      if now == 0 { ties += 1 }
      if mode == "level" {
        if now > 0 { entries.append(bar.start) } else { exits.append(bar.start) }
      } else if place >= walk.slow {
        let before = difference(walk, closes, place - 1)
        if now > 0 && before <= 0 { entries.append(bar.start) }
        if now < 0 && before >= 0 { exits.append(bar.start) }
      }
    }
    #expect(flat.signals.map(\.barTime) == entries)
    #expect(long.signals.map(\.barTime) == exits)
    #expect(!entries.isEmpty && !exits.isEmpty)
    if walk.slow < 500 { #expect(ties > 0, "the walk must meet its averages") }
  }
}
