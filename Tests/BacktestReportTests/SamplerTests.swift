import Testing
import TradingTypes

@testable import BacktestReport

@Suite struct `Samplers` {
  static let shapes: [(samples: Int, capacity: Int)] = [
    (0, 8), (1, 8), (7, 8), (8, 8), (9, 8), (16, 8), (17, 8), (1000, 8), (1000, 2), (1000, 3), (999, 64), (5000, 512),
  ]

  @Test(arguments: shapes)
  func `every bucket of an account tells exactly of its own samples`(_ shape: (samples: Int, capacity: Int)) {
    var numbers = SeededNumbers(UInt64(shape.samples + shape.capacity))
    let values = numbers.walk(from: 1000, steps: shape.samples)
    var sampler = AccountSampler(startingEquity: 1000, capacity: shape.capacity)
    for (index, value) in values.enumerated() { sampler.add(at: minute(index), equity: value) }

    let span = sampler.instantsPerBucket
    #expect(sampler.instantCount == shape.samples)
    #expect(sampler.buckets.count == (shape.samples + span - 1) / span)
    #expect(sampler.buckets.count <= shape.capacity)
    #expect(span == 1 || sampler.buckets.count * 2 > shape.capacity - 1)
    var peak = -Double.infinity
    for (index, bucket) in sampler.buckets.enumerated() {
      let range = index * span..<min((index + 1) * span, values.count)
      let own = values[range]
      var drawdown = 0.0
      for value in own {
        peak = max(peak, value)
        drawdown = min(drawdown, value / peak - 1)
      }
      let expected = AccountSampler.Bucket(
        time: minute(range.lowerBound), lastTime: minute(range.upperBound - 1), first: own.first!, low: own.min()!,
        high: own.max()!, last: own.last!, drawdown: drawdown)
      #expect(bucket == expected)
    }
  }

  @Test(arguments: shapes)
  func `every bucket of a price tells exactly of its own bars`(_ shape: (samples: Int, capacity: Int)) {
    var numbers = SeededNumbers(UInt64(shape.samples * 3 + shape.capacity))
    let closes = numbers.walk(from: 50, steps: shape.samples)
    let bars = closes.enumerated().map { index, close in
      bar(minute(index), close * 0.999, close * (1.001 + numbers.next()), close * (0.998 - numbers.next() / 2), close)
    }
    var sampler = PriceSampler(capacity: shape.capacity)
    for bar in bars { sampler.add(bar) }
    #expect(sampler.barCount == bars.count)
    #expect(sampler.buckets.count <= shape.capacity)
    expect(sampler, tellsOf: bars)
    let coarse = sampler.coarsened(to: 5)
    #expect(coarse.buckets.count <= 5)
    expect(coarse, tellsOf: bars)
  }

  private func expect(_ sampler: PriceSampler, tellsOf bars: [Bar]) {
    let span = sampler.barsPerBucket
    for (index, bucket) in sampler.buckets.enumerated() {
      let own = bars[index * span..<min((index + 1) * span, bars.count)]
      #expect(
        bucket
          == PriceSampler.Bucket(
            time: own.first!.start, open: own.first!.open, high: own.map(\.high).max()!, low: own.map(\.low).min()!,
            close: own.last!.close))
    }
  }

  @Test func `a coarsened sampler goes on as if it had always been coarse`() {
    var whole = PriceSampler(capacity: 64)
    for index in 0..<60 { whole.add(bar(minute(index), 1, 2, 0.5, Double(index + 1))) }
    var coarse = whole.coarsened(to: 10)
    let bars = (0..<131).map { bar(minute($0), 1, 2, 0.5, Double($0 + 1)) }
    for bar in bars[60...] { coarse.add(bar) }
    expect(coarse, tellsOf: bars)
    #expect(coarse.barCount == 131)
  }

  @Test func `a second value for an instant replaces the first and keeps its extremes`() {
    var sampler = AccountSampler(startingEquity: 100)
    sampler.add(at: minute(0), equity: 100)
    sampler.add(at: minute(0), equity: 80)
    sampler.add(at: minute(0), equity: 95)
    #expect(sampler.instantCount == 1)
    #expect(sampler.buckets[0].last == 95)
    #expect(sampler.buckets[0].low == 80)
    #expect(sampler.buckets[0].drawdown == 80.0 / 100 - 1)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `what is not finite is left out`(_ value: Double) {
    var account = AccountSampler(startingEquity: 100)
    account.add(at: minute(0), equity: value)
    #expect(account.buckets.isEmpty)
    var price = PriceSampler()
    price.add(bar(minute(0), 1, value, 1, 1))
    #expect(price.buckets.isEmpty)
  }

  @Test func `many instruments share one budget`() {
    var curves = PriceCurves(instruments: 3, pointBudget: 3 * 300)
    for index in 0..<5000 {
      curves.add(bar(minute(index), 1, 2, 0.5, 1, of: UInt32(index % 2)))
    }
    #expect(curves[InstrumentID(0)].barCount == 2500)
    #expect(curves[InstrumentID(1)].buckets.count <= 300)
    #expect(curves[InstrumentID(2)].buckets.isEmpty)
  }
}
