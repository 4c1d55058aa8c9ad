import Indicators
import Testing

/// The last `period` inputs, kept by the test.
private struct Tail {
  var values: [Double] = []
  let period: Int

  mutating func append(_ value: Double) {
    values.append(value)
    if values.count > period { values.removeFirst() }
  }
}

@Suite struct `Precision over long and high series` {
  @Test func `a million updates leave no more error than the first ones`() {
    var random = SplitMix64(seed: 11)
    var average = SMA(period: 20)
    var deviation = FastStandardDeviation(period: 20)
    var sum = RollingSum(period: 20)
    var tail = Tail(period: 20)
    var worst = 0.0
    for step in 0..<1_000_000 {
      // Now and then a number a million times larger passes through, whose rounding a running sum would keep for ever.
      let input = (step % 5003 == 0 ? 1e8 : 100) + Double(random.below(1000)) / 1000
      let mean = average.update(input)
      let moments = deviation.update(input)
      let total = sum.update(input)
      tail.append(input)
      guard step > 100, step % 997 == 0 || step > 999_900 else { continue }
      let exact = Moments(of: tail.values.span)
      worst = max(worst, abs(mean - exact.mean) / exact.mean)
      worst = max(worst, abs(total - 20 * exact.mean) / total)
      worst = max(worst, abs(moments.deviation - exact.deviation) / exact.deviation)
    }
    #expect(worst <= 1e-12)
  }

  @Test(arguments: [1e-9, 1, 1e6, 1e12])
  func `a high level takes no digits from the deviation`(_ level: Double) {
    // Whole steps of 1/8192 of the level's last place are exact, so the deviation of the pattern is known exactly.
    let step = level.ulp * 8192
    var fast = FastStandardDeviation(period: 20)
    var plain = StandardDeviation(period: 20)
    var worst = 0.0
    for index in 0..<10_000 {
      let input = level + step * Double(index % 20)
      let found = (fast.update(input), plain.update(input))
      guard index >= 19 else { continue }
      let exact = step * 33.25.squareRoot()
      worst = max(worst, abs(found.0.deviation - exact) / exact, abs(found.1.deviation - exact) / exact)
    }
    #expect(worst <= 1e-12)
  }

  @Test func `equal closes are flat at once, whatever came before`() {
    for quiet in [100.1, 0.1, 1e-8, 12_345_678.9] {
      var fast = FastStandardDeviation(period: 20)
      var z = ZScore(period: 20)
      var average = SMA(period: 20)
      for index in 0..<33 {
        for input in [quiet * Double(index + 1), 1e9] {
          _ = (fast.update(input), z.update(input), average.update(input))
        }
      }
      for index in 0..<50 {
        let found = (fast.update(quiet), z.update(quiet), average.update(quiet))
        guard index >= 19 else { continue }
        #expect(found.0 == Moments(mean: quiet, deviation: 0) && found.1 == 0 && found.2 == quiet)
      }
    }
  }

  @Test func `a price that has left the window is forgotten to the last bit`() {
    // The same last 40 inputs after two different pasts of whole blocks: the same bits.
    var calm = SMA(period: 20)
    var wild = SMA(period: 20)
    var calmFold = RollingSum(period: 20)
    var wildFold = RollingSum(period: 20)
    for index in 0..<40 {
      _ = (calm.update(1), wild.update(1e15 * Double(index)), calmFold.update(1), wildFold.update(1e15 * Double(index)))
    }
    for index in 0..<40 {
      let input = 100 + Double(index) / 7
      let averages = (calm.update(input), wild.update(input))
      let sums = (calmFold.update(input), wildFold.update(input))
      if index >= 19 { #expect(averages.0 == averages.1 && sums.0 == sums.1) }
    }
  }

  @Test func `totals of a million fractions keep their digits`() {
    var balance = OBV()
    var average = VWAP()
    var last = 0.0
    for index in 0..<1_000_000 {
      last = balance.update(close: Double(index), volume: 0.1)
      average.update(high: 0.1, low: 0.1, close: 0.1, volume: 0.1)
    }
    #expect(last == 100_000)
    #expect(abs(average.value - 0.1) <= 1e-16)
  }
}

@Suite struct `Numbers that are not finite` {
  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `windows show them while they are inside and recover after`(_ odd: Double) {
    let clean = Bars(workload: 5, count: 200).closes
    for place in [60, 79, 80, 81] {
      var spoiled = clean
      spoiled[place] = odd
      let pairs: [(String, [Double], [Double])] = [
        ("SMA", SMA(period: 20).values(over: spoiled), SMA(period: 20).values(over: clean)),
        (
          "fast deviation", FastStandardDeviation(period: 20).values(over: spoiled).map(\.deviation),
          FastStandardDeviation(period: 20).values(over: clean).map(\.deviation)
        ),
        ("z-score", ZScore(period: 20).values(over: spoiled), ZScore(period: 20).values(over: clean)),
        ("sum", RollingSum(period: 20).values(over: spoiled), RollingSum(period: 20).values(over: clean)),
      ]
      for (name, found, expected) in pairs {
        let inside = found[place..<place + 20]
        #expect(inside.allSatisfy { !$0.isFinite }, "\(name), \(odd) at \(place)")
        #expect(
          identical(Array(found[(place + 20)...]), Array(expected[(place + 20)...])), "\(name), \(odd) at \(place)")
      }
    }
  }

  @Test func `extremes let a NaN win over any number while it is inside`() {
    let input = [1, 5, .nan, 2, 3, 4, 9]
    let top = RollingMaximum(period: 3).values(over: input)
    let bottom = RollingMinimum(period: 3).values(over: input)
    #expect(top[2...4].allSatisfy { $0.isNaN } && bottom[2...4].allSatisfy { $0.isNaN })
    #expect(top[5] == 4 && bottom[5] == 2 && top[6] == 9 && bottom[6] == 3)
  }

  @Test func `averages that never forget stay undefined, and never show a plausible number`() {
    let clean = Bars(workload: 6, count: 120)
    var bars = clean
    bars.closes[60] = .nan
    // The true range uses a close at the next bar only, so all are looked at from there.
    let columns = [
      EMA(period: 5).values(over: bars.closes), RSI(period: 2).values(over: bars.closes),
      MACD().values(over: bars.closes).map(\.line),
      OBV().values(closes: bars.closes, volumes: bars.volumes),
      VWAP().values(highs: bars.highs, lows: bars.lows, closes: bars.closes, volumes: bars.volumes),
      ATR().values(highs: bars.highs, lows: bars.lows, closes: bars.closes),
    ]
    for column in columns {
      let after = column.suffix(59)
      #expect(after.allSatisfy { $0.isNaN })
    }

    bars = clean
    bars.highs[60] = .nan
    let ranges = ATR().values(highs: bars.highs, lows: bars.lows, closes: bars.closes)
    #expect(ranges[59].isFinite && ranges[60...].allSatisfy { $0.isNaN })
    let index = ADX().values(highs: bars.highs, lows: bars.lows, closes: bars.closes)
    #expect(index[59].adx.isFinite && index[60...].allSatisfy { $0.adx.isNaN })
    let flow = MFI().values(highs: bars.highs, lows: bars.lows, closes: bars.closes, volumes: bars.volumes)
    #expect(flow[60...74].allSatisfy { $0.isNaN } && flow[75...].allSatisfy { $0.isFinite })
  }
}
