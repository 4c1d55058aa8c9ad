import Indicators
import Testing

/// One column of the reference files and how it is computed here.
struct ReferenceColumn: Sendable, CustomTestStringConvertible {
  var name: String
  /// The greatest absolute difference allowed, instead of a relative one.
  var absolute: Double?
  var compute: @Sendable (Bars) -> [Double]

  var testDescription: String { name }

  init(_ name: String, absolute: Double? = nil, _ compute: @escaping @Sendable (Bars) -> [Double]) {
    self.name = name
    self.absolute = absolute
    self.compute = compute
  }
}

private func adx(_ bars: Bars) -> [ADX.Value] {
  ADX(period: 14).values(highs: bars.highs, lows: bars.lows, closes: bars.closes)
}

private func stochastic(_ bars: Bars) -> [Stochastic.Value] {
  Stochastic(period: 14, slowing: 3, signal: 3).values(highs: bars.highs, lows: bars.lows, closes: bars.closes)
}

private func macd(_ bars: Bars, _ seeds: MACDSeeds) -> [MACD.Value] { MACD(seeds: seeds).values(over: bars.closes) }

private func bands(_ bars: Bars) -> [BollingerBands.Value] { BollingerBands().values(over: bars.closes) }

let referenceColumns: [ReferenceColumn] = [
  ReferenceColumn("rsi_2") { RSI(period: 2).values(over: $0.closes) },
  ReferenceColumn("rsi_14") { RSI(period: 14).values(over: $0.closes) },
  ReferenceColumn("bb_upper_20_2", absolute: 1e-6) { bands($0).map(\.upper) },
  ReferenceColumn("bb_middle_20_2", absolute: 1e-6) { bands($0).map(\.middle) },
  ReferenceColumn("bb_lower_20_2", absolute: 1e-6) { bands($0).map(\.lower) },
  ReferenceColumn("atr_14") { ATR(period: 14).values(highs: $0.highs, lows: $0.lows, closes: $0.closes) },
  ReferenceColumn("adx_14") { adx($0).map(\.adx) },
  ReferenceColumn("plus_di_14") { adx($0).map(\.plusDI) },
  ReferenceColumn("minus_di_14") { adx($0).map(\.minusDI) },
  ReferenceColumn("macd_12_26_9") { macd($0, .aligned).map(\.line) },
  ReferenceColumn("macd_signal_12_26_9") { macd($0, .aligned).map(\.signal) },
  ReferenceColumn("macd_hist_12_26_9") { macd($0, .aligned).map(\.histogram) },
  ReferenceColumn("sma_200") { SMA(period: 200).values(over: $0.closes) },
  ReferenceColumn("ema_20") { EMA(period: 20).values(over: $0.closes) },
  ReferenceColumn("obv") { OBV().values(closes: $0.closes, volumes: $0.volumes) },
  ReferenceColumn("mfi_14") {
    MFI(period: 14).values(highs: $0.highs, lows: $0.lows, closes: $0.closes, volumes: $0.volumes)
  },
  ReferenceColumn("stoch_slowk_14_3") { stochastic($0).map(\.k) },
  ReferenceColumn("stoch_slowd_14_3_3") { stochastic($0).map(\.d) },
  ReferenceColumn("variant_macd_own_seeds") { macd($0, .own).map(\.line) },
  ReferenceColumn("variant_macd_signal_own_seeds") { macd($0, .own).map(\.signal) },
  ReferenceColumn("variant_ema_20_first_value") { EMA(period: 20, seed: .firstValue).values(over: $0.closes) },
]

@Suite(
  .enabled(if: SharedData.isPresent, "reference indicator values are not here; set WHARF_SHARED to the shared folder"))
struct `Agreement with TA-Lib` {
  @Test(arguments: ["GOOG_daily", "SPY_minute"], referenceColumns)
  func `each column agrees cell by cell, and is undefined at the same cells`(
    _ series: String, _ column: ReferenceColumn
  ) throws {
    let input = try #require(NumberTable.all["\(series)_input"])
    let bars = Bars(highs: input["high"], lows: input["low"], closes: input["close"], volumes: input["volume"])
    let expected = try #require(NumberTable.all[series])[column.name]
    try #require(bars.count > 1900 && expected.count == bars.count)
    let agreement = Agreement(column.compute(bars), expected)
    #expect(agreement.mismatches.isEmpty, "\(agreement)")
    #expect(agreement.compared > bars.count - 200)
    if let absolute = column.absolute {
      #expect(agreement.worstAbsolute <= absolute, "\(agreement)")
    } else {
      #expect(agreement.worstRelative <= 1e-8, "\(agreement)")
    }
  }

  @Test(arguments: ["GOOG_daily", "SPY_minute"])
  func `no column of the reference is left out`(_ series: String) throws {
    let names = try #require(NumberTable.all[series]).columns.keys.sorted()
    #expect(names == referenceColumns.map(\.name).sorted())
  }
}
