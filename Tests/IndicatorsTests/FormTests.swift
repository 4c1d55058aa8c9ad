import Indicators
import Testing

/// An indicator run in three ways over the same bars, as plain columns of numbers.
struct Forms: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var batch: @Sendable (Bars) -> [Double]
  /// Warmed up over a span up to an index, a copy led astray there, then one by one.
  var mixed: @Sendable (Bars, Int) -> [Double]
  /// The first index at which it says it is ready, fed one by one.
  var readyAt: @Sendable (Bars) -> Int?

  init<Indicator: SeriesIndicator>(
    _ name: String, _ fresh: Indicator, flatten: @escaping @Sendable (Indicator.Value) -> [Double]
  ) {
    testDescription = name
    batch = { fresh.values(over: $0.closes).flatMap(flatten) }
    mixed = { bars, split in
      var state = fresh
      var values = [Indicator.Value](repeating: fresh.values(over: [0])[0], count: split)
      var output = values.mutableSpan
      state.update(over: bars.closes.span.extracting(..<split), into: &output)
      var copy = state
      for _ in 0..<50 { copy.update(1e6) }
      return (values + bars.closes[split...].map { state.update($0) }).flatMap(flatten)
    }
    readyAt = { bars in
      var state = fresh
      return bars.closes.firstIndex {
        state.update($0)
        return state.isReady
      }
    }
  }

  init<Indicator: RangeIndicator>(
    _ name: String, _ fresh: Indicator, flatten: @escaping @Sendable (Indicator.Value) -> [Double]
  ) {
    testDescription = name
    batch = { fresh.values(highs: $0.highs, lows: $0.lows, closes: $0.closes).flatMap(flatten) }
    mixed = { bars, split in
      var state = fresh
      var values = fresh.values(
        highs: [Double](repeating: 0, count: split), lows: [Double](repeating: 0, count: split),
        closes: [Double](repeating: 0, count: split))
      var output = values.mutableSpan
      state.update(
        highs: bars.highs.span.extracting(..<split), lows: bars.lows.span.extracting(..<split),
        closes: bars.closes.span.extracting(..<split), into: &output)
      var copy = state
      for _ in 0..<50 { copy.update(high: 1e6, low: 1e5, close: 2e5) }
      let rest = (split..<bars.count).map {
        state.update(high: bars.highs[$0], low: bars.lows[$0], close: bars.closes[$0])
      }
      return (values + rest).flatMap(flatten)
    }
    readyAt = { bars in
      var state = fresh
      return (0..<bars.count).first {
        state.update(high: bars.highs[$0], low: bars.lows[$0], close: bars.closes[$0])
        return state.isReady
      }
    }
  }

  init<Indicator: FlowIndicator>(_ name: String, _ fresh: Indicator) where Indicator.Value == Double {
    testDescription = name
    batch = { fresh.values(highs: $0.highs, lows: $0.lows, closes: $0.closes, volumes: $0.volumes) }
    mixed = { bars, split in
      var state = fresh
      var values = [Double](repeating: 0, count: split)
      var output = values.mutableSpan
      state.update(
        highs: bars.highs.span.extracting(..<split), lows: bars.lows.span.extracting(..<split),
        closes: bars.closes.span.extracting(..<split), volumes: bars.volumes.span.extracting(..<split), into: &output)
      var copy = state
      for _ in 0..<50 { copy.update(high: 1e6, low: 1e5, close: 2e5, volume: 1e9) }
      return values
        + (split..<bars.count).map {
          state.update(high: bars.highs[$0], low: bars.lows[$0], close: bars.closes[$0], volume: bars.volumes[$0])
        }
    }
    readyAt = { bars in
      var state = fresh
      return (0..<bars.count).first {
        state.update(high: bars.highs[$0], low: bars.lows[$0], close: bars.closes[$0], volume: bars.volumes[$0])
        return state.isReady
      }
    }
  }
}

let forms: [(Forms, readyAt: Int)] = [
  (Forms("SMA 20", SMA(period: 20)) { [$0] }, 19),
  (Forms("SMA 100", SMA(period: 100)) { [$0] }, 99),
  (Forms("EMA 20", EMA(period: 20)) { [$0] }, 19),
  (Forms("EMA 20 from the first value", EMA(period: 20, seed: .firstValue)) { [$0] }, 0),
  (Forms("MACD", MACD()) { [$0.line, $0.signal, $0.histogram] }, 33),
  (Forms("MACD, own seeds", MACD(seeds: .own)) { [$0.line, $0.signal, $0.histogram] }, 33),
  (Forms("Wilder average 14", WilderAverage(period: 14)) { [$0] }, 13),
  (Forms("RSI 14", RSI(period: 14)) { [$0] }, 14),
  (Forms("standard deviation 20", StandardDeviation(period: 20)) { [$0.mean, $0.deviation] }, 19),
  (Forms("fast standard deviation 20", FastStandardDeviation(period: 20)) { [$0.mean, $0.deviation] }, 19),
  (Forms("fast standard deviation 70", FastStandardDeviation(period: 70)) { [$0.mean, $0.deviation] }, 69),
  (Forms("z-score 20", ZScore(period: 20)) { [$0] }, 19),
  (Forms("Bollinger bands", BollingerBands()) { [$0.upper, $0.middle, $0.lower, $0.percentB] }, 19),
  (Forms("rolling sum 70", RollingSum(period: 70)) { [$0] }, 69),
  (Forms("rolling maximum 9", RollingMaximum(period: 9)) { [$0] }, 8),
  (Forms("volume before", RelativeVolume(period: 20, baseline: .before)) { [$0] }, 20),
  (Forms("volume including", RelativeVolume(period: 20, baseline: .including)) { [$0] }, 19),
  (Forms("rate of change 5", RateOfChange(period: 5)) { [$0] }, 5),
  (Forms("true range", TrueRange()) { [$0] }, 1),
  (Forms("ATR 14", ATR(period: 14)) { [$0] }, 14),
  (Forms("ADX 14", ADX(period: 14)) { [$0.adx, $0.plusDI, $0.minusDI] }, 27),
  (Forms("stochastic", Stochastic()) { [$0.k, $0.d] }, 17),
  (Forms("MFI 14", MFI(period: 14)), 14),
  (Forms("VWAP", VWAP()), 0),
]

@Suite struct `Batch and incremental` {
  @Test(arguments: forms.map(\.0), [1, 37, 150])
  func `give the same bits, wherever one goes on from the other and whatever a copy does`(_ forms: Forms, _ split: Int)
  {
    let bars = Bars(workload: split, count: 300)
    let batch = forms.batch(bars)
    #expect(batch.contains { !$0.isNaN })
    #expect(identical(batch, forms.mixed(bars, split)))
  }

  @Test(arguments: forms.indices)
  func `are ready exactly when the last part is defined`(_ index: Int) {
    let (forms, expected) = forms[index]
    let bars = Bars(workload: index, count: 150)
    let values = forms.batch(bars)
    let width = values.count / bars.count
    let complete = stride(from: 0, to: values.count, by: width).map { row in
      (row..<row + width).allSatisfy { !values[$0].isNaN }
    }
    #expect(forms.readyAt(bars) == expected)
    #expect(complete.firstIndex(of: true) == expected)
    #expect(complete[expected...].allSatisfy { $0 })
  }

  @Test func `OBV goes on from a span and is independent of its copies`() {
    let bars = Bars(workload: 3, count: 90)
    var state = OBV()
    var values = [Double](repeating: 0, count: 40)
    var output = values.mutableSpan
    state.update(
      closes: bars.closes.span.extracting(..<40), volumes: bars.volumes.span.extracting(..<40), into: &output)
    var copy = state
    copy.update(close: 1e9, volume: 1e9)
    values += (40..<90).map { state.update(close: bars.closes[$0], volume: bars.volumes[$0]) }
    #expect(identical(values, OBV().values(closes: bars.closes, volumes: bars.volumes)))
  }

  @Test func `a reset VWAP is a new one`() {
    var state = VWAP()
    state.update(high: 9, low: 9, close: 9, volume: 5)
    state.reset()
    #expect(!state.isReady && state.value.isNaN)
    #expect(state.update(high: 2, low: 2, close: 2, volume: 1) == 2)
  }

  @Test func `columns that do not fit trap instead of reading past an end`() async {
    await #expect(processExitsWith: .failure) {
      _ = ATR().values(highs: [1, 2], lows: [1], closes: [1, 2])
    }
    await #expect(processExitsWith: .failure) {
      var state = SMA(period: 2)
      var short = [Double](repeating: 0, count: 1)
      var output = short.mutableSpan
      state.update(over: [1, 2].span, into: &output)
    }
    await #expect(processExitsWith: .failure) { _ = SMA(period: 0) }
  }
}
