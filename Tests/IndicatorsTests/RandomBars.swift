/// SplitMix64, as the shared performance workload defines it.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ n: UInt64) -> Int { Int(((next() >> 32) &* n) >> 32) }
}

/// Columns of bars.
struct Bars {
  var highs: [Double] = []
  var lows: [Double] = []
  var closes: [Double] = []
  var volumes: [Double] = []

  var count: Int { closes.count }
}

extension Bars {
  /// The bars of symbol `number` of the workload's sets w2 and w3 (2,520 and the next 252), in integer ticks as defined
  /// there.
  init(workload number: Int, count: Int) {
    var random = SplitMix64(seed: 77_000_001 + 1_000_003 * UInt64(number))
    var price = (10 + random.below(491)) * 100_000
    for _ in 0..<count {
      let g = random.below(6001) - 3000
      let b = random.below(52_001) - 26_000
      let h = random.below(8001)
      let l = random.below(8001)
      let volume = 100_000 + random.below(9_900_001)
      let open = price * (1_000_000 + g) / 1_000_000
      let close = open * (1_000_000 + b) / 1_000_000
      let top = max(open, close)
      let bottom = min(open, close)
      highs.append(Double(top + top * h / 1_000_000) / 100_000)
      lows.append(Double(bottom - bottom * l / 1_000_000) / 100_000)
      closes.append(Double(close) / 100_000)
      volumes.append(Double(volume))
      price = close
    }
  }

  /// A random walk on a coarse grid, so that equal closes, equal ranges and bars without range or volume all occur.
  init(coarseWalk seed: UInt64, count: Int) {
    var random = SplitMix64(seed: seed)
    var close = 100.0
    for _ in 0..<count {
      close = max(1, close + Double(random.below(5)) / 2 - 1)
      highs.append(close + Double(random.below(3)) / 2)
      lows.append(close - Double(random.below(3)) / 4)
      closes.append(close)
      volumes.append(Double(random.below(4) * 1000))
    }
  }
}
