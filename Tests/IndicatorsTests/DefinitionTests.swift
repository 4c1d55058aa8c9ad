import Indicators
import Testing

/// An indicator, and its definition computed plainly.
struct Definition: Sendable, CustomTestStringConvertible {
  var name: String
  var found: @Sendable (Bars) -> [Double]
  var expected: @Sendable (Bars) -> [Double]

  var testDescription: String { name }

  init(
    _ name: String, _ found: @escaping @Sendable (Bars) -> [Double], is expected: @escaping @Sendable (Bars) -> [Double]
  ) {
    self.name = name
    self.found = found
    self.expected = expected
  }
}

private func adx(_ bars: Bars, _ period: Int) -> [ADX.Value] {
  ADX(period: period).values(highs: bars.highs, lows: bars.lows, closes: bars.closes)
}

private func macdLine(_ x: [Double], aligned: Bool) -> [Double] {
  zip(Naive.ema(x, 5, from: aligned ? 4 : 0), Naive.ema(x, 9)).map { $0 - $1 }
}

let definitions = averages + ranges + flows

private let averages: [Definition] = [
  Definition("SMA 1", { SMA(period: 1).values(over: $0.closes) }, is: { $0.closes }),
  Definition("SMA 7", { SMA(period: 7).values(over: $0.closes) }, is: { Naive.windows($0.closes, 7, Naive.mean) }),
  Definition(
    "SMA 64, the longest window held in the value", { SMA(period: 64).values(over: $0.closes) },
    is: { Naive.windows($0.closes, 64, Naive.mean) }),
  Definition(
    "SMA 65, the shortest held in an array", { SMA(period: 65).values(over: $0.closes) },
    is: { Naive.windows($0.closes, 65, Naive.mean) }),
  Definition("rolling sum 5", { RollingSum(period: 5).values(over: $0.volumes) }) {
    Naive.windows($0.volumes, 5) { $0.reduce(0, +) }
  },
  Definition("rolling maximum 13", { RollingMaximum(period: 13).values(over: $0.highs) }) {
    Naive.windows($0.highs, 13) { $0.max()! }
  },
  Definition("rolling minimum 90", { RollingMinimum(period: 90).values(over: $0.lows) }) {
    Naive.windows($0.lows, 90) { $0.min()! }
  },
  Definition("standard deviation 10", { StandardDeviation(period: 10).values(over: $0.closes).map(\.deviation) }) {
    Naive.windows($0.closes, 10, Naive.deviation)
  },
  Definition(
    "fast standard deviation 10", { FastStandardDeviation(period: 10).values(over: $0.closes).map(\.deviation) }
  ) { Naive.windows($0.closes, 10, Naive.deviation) },
  Definition("fast mean 80", { FastStandardDeviation(period: 80).values(over: $0.closes).map(\.mean) }) {
    Naive.windows($0.closes, 80, Naive.mean)
  },
  Definition("z-score 6", { ZScore(period: 6).values(over: $0.closes) }) {
    Naive.windows($0.closes, 6) {
      let deviation = Naive.deviation($0)
      return deviation < 1e-9 ? 0 : ($0.last! - Naive.mean($0)) / deviation
    }
  },
  Definition("%b 6", { BollingerBands(period: 6, width: 1.5).values(over: $0.closes).map(\.percentB) }) {
    Naive.windows($0.closes, 6) {
      let reach = 1.5 * Naive.deviation($0)
      return reach < 1e-9 ? 0.5 : ($0.last! - Naive.mean($0) + reach) / (2 * reach)
    }
  },
  Definition("EMA 9", { EMA(period: 9).values(over: $0.closes) }, is: { Naive.ema($0.closes, 9) }),
  Definition(
    "MACD line, aligned", { MACD(fast: 5, slow: 9, signal: 1).values(over: $0.closes).map(\.line) },
    is: { macdLine($0.closes, aligned: true) }),
  Definition(
    "MACD line, own seeds", { MACD(fast: 5, slow: 9, signal: 4, seeds: .own).values(over: $0.closes).map(\.line) },
    is: { macdLine($0.closes, aligned: false) }),
  Definition(
    "MACD histogram", { MACD(fast: 5, slow: 9, signal: 4).values(over: $0.closes).map(\.histogram) },
    is: {
      let line = macdLine($0.closes, aligned: true)
      return zip(line, Naive.ema(line, 4, from: 8)).map { $0 - $1 }
    }),
  Definition(
    "RSI 2", { RSI(period: 2, whenFlat: 50).values(over: $0.closes) }, is: { Naive.rsi($0.closes, 2, whenFlat: 50) }),
  Definition("RSI 14", { RSI(period: 14).values(over: $0.closes) }, is: { Naive.rsi($0.closes, 14, whenFlat: 0) }),
]

private let ranges: [Definition] = [
  Definition(
    "true range", { TrueRange().values(highs: $0.highs, lows: $0.lows, closes: $0.closes) }, is: Naive.trueRanges),
  Definition(
    "ATR 14", { ATR().values(highs: $0.highs, lows: $0.lows, closes: $0.closes) }, is: { Naive.atr($0, 14) }),
  Definition("ADX 5", { adx($0, 5).map(\.adx) }, is: { Naive.adx($0, 5).adx }),
  Definition("+DI 5", { adx($0, 5).map(\.plusDI) }, is: { Naive.adx($0, 5).plus }),
  Definition("-DI 14", { adx($0, 14).map(\.minusDI) }, is: { Naive.adx($0, 14).minus }),
]

private let flows: [Definition] = [
  Definition("OBV", { OBV().values(closes: $0.closes, volumes: $0.volumes) }, is: Naive.obv),
  Definition(
    "MFI 6",
    { MFI(period: 6).values(highs: $0.highs, lows: $0.lows, closes: $0.closes, volumes: $0.volumes) },
    is: { Naive.mfi($0, 6) }),
  Definition(
    "raw stochastic %K",
    { Stochastic(period: 5, slowing: 1, signal: 1).values(highs: $0.highs, lows: $0.lows, closes: $0.closes).map(\.k) },
    is: { Naive.stochasticK($0, 5) }),
  Definition(
    "slow stochastic %D",
    { Stochastic(period: 5, slowing: 3, signal: 2).values(highs: $0.highs, lows: $0.lows, closes: $0.closes).map(\.d) },
    is: { Naive.windows(Naive.windows(Naive.stochasticK($0, 5), 3, Naive.mean), 2, Naive.mean) }),
  Definition(
    "VWAP", { VWAP().values(highs: $0.highs, lows: $0.lows, closes: $0.closes, volumes: $0.volumes) },
    is: Naive.vwap),
  Definition(
    "volume against the mean before", { RelativeVolume(period: 7, baseline: .before).values(over: $0.volumes) },
    is: { bars in Naive.windows(bars.volumes, 8) { $0.last! / Naive.mean($0.dropLast()) } }),
  Definition(
    "volume against the mean including it",
    { RelativeVolume(period: 7, baseline: .including).values(over: $0.volumes) },
    is: { Naive.windows($0.volumes, 7) { $0.last! / Naive.mean($0) } }),
  Definition(
    "rate of change 5", { RateOfChange(period: 5).values(over: $0.closes) },
    is: { bars in Naive.windows(bars.closes, 6) { $0.last! / $0.first! - 1 } }),
]

@Suite struct `Agreement with the definitions` {
  @Test(arguments: definitions, [1, 2, 3])
  func `on walks with equal closes and empty bars`(_ definition: Definition, _ seed: UInt64) {
    let bars = Bars(coarseWalk: seed, count: 250)
    let agreement = Agreement(definition.found(bars), definition.expected(bars))
    #expect(agreement.mismatches.isEmpty, "\(agreement)")
    #expect(agreement.compared > 150)
    // The walk's numbers are of the order of 1 to 100, and volumes of 1,000: an absolute error of 1e-9 is rounding.
    #expect(agreement.worstAbsolute <= 1e-9 || agreement.worstRelative <= 1e-12, "\(agreement)")
  }

  @Test(arguments: definitions)
  func `on a series shorter than any window nothing is invented`(_ definition: Definition) {
    let bars = Bars(coarseWalk: 4, count: 1)
    let agreement = Agreement(definition.found(bars), definition.expected(bars))
    #expect(agreement.mismatches.isEmpty, "\(agreement)")
    #expect(definition.found(Bars()).isEmpty)
  }
}
