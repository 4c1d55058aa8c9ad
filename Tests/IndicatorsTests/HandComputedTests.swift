import Indicators
import Testing

/// A few inputs and the values worked out by hand.
struct HandComputed: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var found: [Double]
  var expected: [Double]

  init(_ name: String, _ found: [Double], _ expected: [Double]) {
    testDescription = name
    self.found = found
    self.expected = expected
  }
}

private let none = Double.nan

let handComputed: [HandComputed] = [
  HandComputed("SMA", SMA(period: 3).values(over: [1, 2, 6, 4, 5]), [none, none, 3, 4, 5]),
  HandComputed("EMA seeded with the mean", EMA(period: 3).values(over: [1, 2, 6, 5, 1]), [none, none, 3, 4, 2.5]),
  HandComputed(
    "EMA seeded with the first value", EMA(period: 3, seed: .firstValue).values(over: [1, 2, 6, 5]),
    [1, 1.5, 3.75, 4.375]),
  HandComputed(
    "RSI: U, D = 0.5, 0.25; 0.75, 0.125; 0.375, 0.0625", RSI(period: 2).values(over: [10, 11, 10.5, 11.5, 11.5]),
    [none, none, 200.0 / 3, 600.0 / 7, 600.0 / 7]),
  HandComputed("RSI of gains only", RSI(period: 2).values(over: [1, 2, 3, 4]), [none, none, 100, 100]),
  HandComputed("RSI of losses only", RSI(period: 2).values(over: [4, 3, 2, 1]), [none, none, 0, 0]),
  HandComputed("RSI of nothing, as TA-Lib", RSI(period: 2).values(over: [5, 5, 5, 5]), [none, none, 0, 0]),
  HandComputed(
    "RSI of nothing, as MR Combined", RSI(period: 2, whenFlat: 50).values(over: [5, 5, 5, 6]), [none, none, 50, 100]),
  HandComputed(
    "population deviation", StandardDeviation(period: 4).values(over: [2, 4, 4, 6, 8]).map(\.deviation),
    [none, none, none, 2.0.squareRoot(), 2.75.squareRoot()]),
  HandComputed(
    "z-score", ZScore(period: 3).values(over: [1, 1, 4, 4, 4]), [none, none, 2.0.squareRoot(), 0.5.squareRoot(), 0]),
  HandComputed(
    "true range with a gap up and a gap down",
    TrueRange().values(highs: [10, 14, 9], lows: [9, 12, 7], closes: [9.5, 13, 8]), [none, 4.5, 6]),
  HandComputed(
    "ATR", ATR(period: 2).values(highs: [10, 12, 14, 13], lows: [9, 10, 11, 12], closes: [10, 11, 13, 12]),
    [none, none, 2.5, 1.75]),
  HandComputed(
    "+DI and -DI: +DM 2, 0, TR 2, 3; 0, 1, 4 after",
    ADX(period: 2).values(highs: [10, 12, 12, 12], lows: [9, 11, 9, 8], closes: [10, 12, 10, 9])
      .map { $0.plusDI - $0.minusDI },
    [none, none, -25, -25]),
  HandComputed(
    "ADX of a steady rise",
    ADX(period: 2).values(highs: [2, 3, 4, 5], lows: [1, 2, 3, 4], closes: [2, 3, 4, 5]).map(\.adx),
    [none, none, none, 100]),
  HandComputed(
    "OBV starts with the first volume", OBV().values(closes: [5, 6, 6, 4], volumes: [10, 20, 30, 40]),
    [10, 30, 30, -10]),
  HandComputed(
    "MFI: flows +200, none at equal prices, -300",
    MFI(period: 2).values(
      highs: [9, 10, 10, 6], lows: [9, 10, 10, 6], closes: [9, 10, 10, 6], volumes: [1, 20, 70, 50]),
    [none, none, 100, 0]),
  HandComputed(
    "MFI where typical prices of 0.3 differ by rounding only",
    MFI(period: 1).values(highs: [0.7, 0.4], lows: [0.1, 0.2], closes: [0.1, 0.3], volumes: [10, 10]), [none, 0]),
  HandComputed(
    "stochastic",
    Stochastic(period: 2, slowing: 2, signal: 1)
      .values(highs: [4, 5, 6], lows: [2, 3, 4], closes: [3, 5, 4.5]).map(\.k), [none, none, 75]),
  HandComputed(
    "stochastic without range",
    Stochastic(period: 2, slowing: 1, signal: 1, whenFlat: 50)
      .values(highs: [4, 4], lows: [4, 4], closes: [4, 4]).map(\.k), [none, 50]),
  HandComputed(
    "VWAP before and after volume",
    VWAP().values(highs: [3, 3, 6], lows: [3, 3, 6], closes: [3, 3, 6], volumes: [0, 2, 4]), [none, 3, 5]),
  HandComputed("rate of change", RateOfChange(period: 2).values(over: [4, 5, 5, 4]), [none, none, 0.25, -0.2]),
  HandComputed(
    "volume against those before", RelativeVolume(period: 2, baseline: .before).values(over: [1, 3, 4, 7]),
    [none, none, 2, 2]),
  HandComputed(
    "volume against its own mean too", RelativeVolume(period: 2, baseline: .including).values(over: [1, 3, 1]),
    [none, 1.5, 0.5]),
  HandComputed(
    "volume against nothing", RelativeVolume(period: 2, baseline: .including).values(over: [0, 0, 2]), [none, none, 2]),
]

@Suite struct `Values worked out by hand` {
  @Test(arguments: handComputed)
  func `come out`(_ row: HandComputed) {
    let agreement = Agreement(row.found, row.expected)
    #expect(agreement.mismatches.isEmpty, "found \(row.found), expected \(row.expected)")
    #expect(agreement.worstRelative <= 1e-15, "found \(row.found), expected \(row.expected)")
  }

  @Test func `Bollinger bands and their %b`() {
    let value = BollingerBands(period: 4, width: 2).values(over: [2, 4, 4, 6])[3]
    let deviation = 2.0.squareRoot()
    #expect(value.middle == 4)
    #expect(value.upper == 4 + 2 * deviation)
    #expect(value.lower == 4 - 2 * deviation)
    #expect(abs(value.percentB - (deviation + 2) / 4) <= 1e-15)
  }

  @Test func `MACD lines appear together when aligned and one by one with own seeds`() {
    let ramp = (0..<6).map { Double($0 * $0) }
    let aligned = MACD(fast: 1, slow: 2, signal: 2).values(over: ramp)
    let own = MACD(fast: 1, slow: 2, signal: 2, seeds: .own).values(over: ramp)
    #expect(aligned[1].line.isNaN && own[1].line == 0.5)
    // The slow average, weight 2/3: 0.5, 2.8333, ...; the line 4 - 2.8333; the signal's seed the mean of both.
    #expect(aligned[2] == own[2])
    #expect(abs(aligned[2].line - 7.0 / 6) < 1e-15 && abs(aligned[2].signal - 5.0 / 6) < 1e-15)
    #expect(abs(aligned[2].histogram - 1.0 / 3) < 1e-15)
  }

  @Test func `a z-score can be asked of a value that is not in the window`() {
    var window = StandardDeviation(period: 2)
    window.update(1)
    #expect(window.moments.zScore(of: 1).isNaN)
    let before = window.update(3)
    #expect(before.zScore(of: 4) == 2 && !before.isFlat)
    #expect(Moments(of: [7, 7, 7].span) == Moments(mean: 7, deviation: 0))
    #expect(Moments(of: [7, 7, 7].span).zScore(of: 9) == 0)
    #expect(Moments(of: [Double]().span).mean.isNaN)
  }
}
