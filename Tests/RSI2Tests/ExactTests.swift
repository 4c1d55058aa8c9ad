import PluginSDK
import PluginTestKit
import RSI2Logic
import StrategyTestSupport
import Testing
import TradingTypes

/// RSI(2) of whole ticks as a fraction of whole numbers: averages times two to the number of changes.
private struct WholeRSI {
  var gains = 0
  var losses = 0
  var changes = 0

  mutating func add(_ change: Int) {
    // The first change is not halved by the one after it alone, but with it: it weighs as much.
    let weight = 1 << max(changes - 1, 0)
    gains += max(change, 0) * weight
    losses += max(-change, 0) * weight
    changes += 1
  }

  func isBelow(_ percent: Int) -> Bool { 100 * gains < percent * (gains + losses) }
  func isAbove(_ percent: Int) -> Bool { 100 * gains > percent * (gains + losses) }
}

@Suite struct `RSI2 against whole numbers` {
  @Test(arguments: [25, 50, 75], [1, 2, 3, 5])
  func `every decision on few ticks is the one of exact arithmetic`(_ level: Int, _ trend: Int) throws {
    var random = SplitMix(seed: UInt64(level * 10 + trend))
    var ties = 0
    for _ in 0..<300 {
      let host = TestHost([
        "entry_below": .decimal(nanos: Int64(level) * 1_000_000_000), "quantity": 1.0,
        "exit_above": .decimal(nanos: Int64(level) * 1_000_000_000), "trend": .integer(Int64(trend)),
      ])
      let flat = try StrategyDriver(RSI2.self, host: host)
      let long = try StrategyDriver(RSI2.self, host: host)
      try long.fill(holding(1, bars([1])[0]))
      var ticks = [50]
      for _ in 0..<30 { ticks.append(ticks.last! + Int(random.next() % 5) - 2) }
      var whole = WholeRSI()
      var (entries, exits): ([Double], [Double]) = ([], [])
      for (index, bar) in bars(ticks.map { Double($0) / 10 }).enumerated() {
        if index > 0 { whole.add(ticks[index] - ticks[index - 1]) }
        if index > 1, index + 1 >= trend, whole.isBelow(level),
          ticks[index] * trend > ticks[(index + 1 - trend)...index].reduce(0, +)
        {
          entries.append(bar.close)
        }
        if index > 1, !whole.isBelow(level), !whole.isAbove(level) { ties += 1 }
        if index > 1, whole.isAbove(level) { exits.append(bar.close) }
        try flat.bar(bar)
        try long.bar(bar)
      }
      #expect(flat.signals.map(\.close) == entries, "\(ticks)")
      #expect(long.signals.map(\.close) == exits, "\(ticks)")
    }
    #expect(ties > 20, "the walk must meet its level")
  }
}

/// SplitMix64.
private struct SplitMix {
  var seed: UInt64

  mutating func next() -> UInt64 {
    seed &+= 0x9E37_79B9_7F4A_7C15
    var z = seed
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
