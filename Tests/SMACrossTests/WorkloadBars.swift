import TradingTypes

/// The first bars of the performance workload: SplitMix64 with seed 20240608 from 500.00000 on, minutes from 2020 on.
func workloadBars(_ count: Int) -> [Bar] {
  var state: UInt64 = 20_240_608
  func below(_ n: UInt64) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((((z ^ (z >> 31)) >> 32) * n) >> 32)
  }
  var price = 50_000_000
  return (0..<count).map { index in
    let (gap, body) = (below(41) - 20, below(1041) - 520)
    let (upper, lower, volume) = (below(151), below(151), 1000 + below(99_001))
    let open = price * (1_000_000 + gap) / 1_000_000
    let close = open * (1_000_000 + body) / 1_000_000
    let (top, bottom) = (max(open, close), min(open, close))
    price = close
    let start = Timestamp(seconds: 1_577_836_800 + 60 * Int64(index))!
    func ticks(_ value: Int) -> Double { Double(value) / 100_000 }
    return Bar(
      start: start, end: start.adding(seconds: 60), open: ticks(open), high: ticks(top + top * upper / 1_000_000),
      low: ticks(bottom - bottom * lower / 1_000_000), close: ticks(close), volume: Double(volume),
      instrument: InstrumentID(0))
  }
}
