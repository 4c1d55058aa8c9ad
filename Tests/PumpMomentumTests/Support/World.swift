import MarketCalendar
import TradingTypes

/// Numbers of SplitMix64 (Steele, Lea and Flood 2014), the same from the same seed.
struct SeededNumbers {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int(((z ^ (z >> 31)) >> 32) % UInt64(bound))
  }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
}

/// How a made-up market behaves.
struct World {
  var seed: UInt64
  var barSeconds: Int64 = 60
  /// Percent of the bars that are missing.
  var missingBars = 20
  /// Percent of the sessions that are missing.
  var missingSessions = 10
  /// Percent of the bars without volume.
  var emptyBars = 5
  /// One pump in so many bars.
  var barsPerPump = 500
  /// The bars of the first session that are missing at its start.
  var late = 0
  var price = 20.0
  var fractionalVolume = false

  /// Bars of an instrument in some sessions: a random walk that is pumped now and then.
  func bars(_ sessions: [Session], id: UInt32 = 0) -> [Bar] {
    var numbers = SeededNumbers(seed &+ UInt64(id) &* 7919)
    var (price, pump, bars) = (price, 0, [Bar]())
    for (place, session) in sessions.enumerated() {
      if place > 0, numbers.chance(missingSessions) { continue }
      var start = place == 0 ? session.open.adding(seconds: Int64(late) * barSeconds) : session.open
      while start < session.close {
        let isMissing = numbers.chance(missingBars)
        if numbers.below(barsPerPump) == 0 { pump = 4 + numbers.below(12) }
        let open = price
        price *= 1 + Double(numbers.below(2001) - 1000) / 1e6
        if pump > 0 { price *= 1 + Double(numbers.below(25)) / 1000 } else if price > self.price { price *= 0.999 }
        var volume = Double(2000 + numbers.below(8000)) * (pump > 0 ? 8 + Double(numbers.below(40)) : 1)
        if fractionalVolume { volume /= 1.37 }
        if numbers.chance(emptyBars) { volume = 0 }
        pump = max(0, pump - 1)
        let wick = 1 + Double(numbers.below(1000)) / 1e6
        if !isMissing {
          bars.append(
            Bar(
              start: start, end: start.adding(seconds: barSeconds), open: open, high: max(open, price) * wick,
              low: min(open, price) / wick, close: price, volume: volume, instrument: InstrumentID(id)))
        }
        start = start.adding(seconds: barSeconds)
      }
    }
    return bars
  }
}

extension SessionCalendar {
  /// The sessions from a date on.
  func sessions(from date: String, count: Int) -> [Session] {
    let first = session(onOrAfter: CivilDate(date)!)!
    return (0..<count).map { session($0, after: first)! }
  }
}
