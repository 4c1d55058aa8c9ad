import Indicators
import Testing

/// The six columns of a scan of one symbol by the definitions.
private func naiveScan(_ bars: Bars) -> [ScanColumn: [Double]] {
  [
    .rsi2: Naive.rsi(bars.closes, 2, whenFlat: 0), .rsi14: Naive.rsi(bars.closes, 14, whenFlat: 0),
    .bollingerZ: Naive.windows(bars.closes, 20) {
      let deviation = Naive.deviation($0)
      return deviation < 1e-9 ? 0 : ($0.last! - Naive.mean($0)) / deviation
    },
    .atr14: Naive.atr(bars, 14), .sma200: Naive.windows(bars.closes, 200, Naive.mean),
    .relativeVolume: Naive.windows(bars.volumes, 20) { $0.last! / Naive.mean($0) },
  ]
}

extension ScanValues {
  subscript(column: ScanColumn) -> Double {
    switch column {
    case .rsi2: rsi2
    case .rsi14: rsi14
    case .bollingerZ: bollingerZ
    case .atr14: atr14
    case .sma200: sma200
    case .relativeVolume: relativeVolume
    }
  }
}

extension ScanTable {
  func row(_ column: ScanColumn, _ row: Int) -> [Double] {
    withValues(column, row: row) { values in values.indices.map { values[$0] } }
  }
}

/// Bars of several symbols, an instant a row.
struct TimeMajor {
  var highs: [Double] = []
  var lows: [Double] = []
  var closes: [Double] = []
  var volumes: [Double] = []
  let symbols: Int

  init(_ bars: [Bars]) {
    symbols = bars.count
    for index in 0..<(bars.first?.count ?? 0) {
      for one in bars {
        highs.append(one.highs[index])
        lows.append(one.lows[index])
        closes.append(one.closes[index])
        volumes.append(one.volumes[index])
      }
    }
  }

  func step(_ panel: inout ScanPanel, _ index: Int, into table: inout ScanTable, row: Int) {
    let range = index * symbols..<(index + 1) * symbols
    panel.update(
      highs: highs.span.extracting(range), lows: lows.span.extracting(range), closes: closes.span.extracting(range),
      volumes: volumes.span.extracting(range), into: &table, row: row)
  }
}

@Suite struct `The scan of six indicators` {
  @Test func `agrees with the definitions on the workload's bars`() {
    for number in [0, 1, 7, 499] {
      let bars = Bars(workload: number, count: 700)
      var state = ScanState()
      var table = ScanTable(rows: 1, width: bars.count)
      state.update(
        highs: bars.highs.span, lows: bars.lows.span, closes: bars.closes.span, volumes: bars.volumes.span,
        into: &table, row: 0)
      let expected = naiveScan(bars)
      for column in ScanColumn.allCases {
        let agreement = Agreement(table.row(column, 0), expected[column]!)
        #expect(agreement.mismatches.isEmpty && agreement.compared == 700 - column.firstBar, "\(column): \(agreement)")
        #expect(agreement.worstRelative <= 1e-11 || agreement.worstAbsolute <= 1e-12, "\(column): \(agreement)")
      }
    }
  }

  @Test(arguments: [1, 2, 3])
  func `agrees with the single indicators where closes repeat`(_ seed: UInt64) {
    let bars = Bars(coarseWalk: seed, count: 450)
    var state = ScanState()
    let found = (0..<bars.count).map {
      state.update(high: bars.highs[$0], low: bars.lows[$0], close: bars.closes[$0], volume: bars.volumes[$0])
    }
    let expected: [ScanColumn: [Double]] = [
      .rsi2: RSI(period: 2).values(over: bars.closes), .rsi14: RSI(period: 14).values(over: bars.closes),
      .bollingerZ: ZScore(period: 20).values(over: bars.closes),
      .atr14: ATR(period: 14).values(highs: bars.highs, lows: bars.lows, closes: bars.closes),
      .sma200: SMA(period: 200).values(over: bars.closes),
      .relativeVolume: RelativeVolume(period: 20, baseline: .including).values(over: bars.volumes),
    ]
    for column in ScanColumn.allCases {
      let agreement = Agreement(found.map { $0[column] }, expected[column]!)
      #expect(agreement.mismatches.isEmpty, "\(column): \(agreement)")
      #expect(agreement.worstRelative <= 1e-12 || agreement.worstAbsolute <= 1e-12, "\(column): \(agreement)")
    }
  }

  @Test func `says 0 for the RSI and the z of a symbol that never moves`() {
    var state = ScanState()
    var last = state.update(high: 100.1, low: 100.1, close: 100.1, volume: 7)
    for _ in 0..<300 { last = state.update(high: 100.1, low: 100.1, close: 100.1, volume: 7) }
    #expect(last.rsi2 == 0 && last.rsi14 == 0 && last.bollingerZ == 0 && last.atr14 == 0)
    #expect(abs(last.sma200 - 100.1) <= 1e-13 && last.relativeVolume == 1)
  }

  @Test(arguments: [1, 2, 5, 16, 17])
  func `gives the same bits bar by bar, as a series and in vector lanes`(_ symbols: Int) {
    let bars = (0..<symbols).map { Bars(workload: 40 + $0, count: 460) }
    let rows = TimeMajor(bars)
    var panel = ScanPanel(symbols: symbols)
    var lanes = ScanTable(rows: 460, width: symbols)
    for index in 0..<460 { rows.step(&panel, index, into: &lanes, row: index) }

    var series = ScanTable(rows: symbols, width: 460)
    for (symbol, one) in bars.enumerated() {
      var whole = ScanState()
      whole.update(
        highs: one.highs.span, lows: one.lows.span, closes: one.closes.span, volumes: one.volumes.span, into: &series,
        row: symbol)
      var single = ScanState()
      let values = (0..<460).map {
        single.update(high: one.highs[$0], low: one.lows[$0], close: one.closes[$0], volume: one.volumes[$0])
      }
      for column in ScanColumn.allCases {
        let incremental = values.map { $0[column] }
        #expect(identical(series.row(column, symbol), incremental), "\(column)")
        #expect(identical((0..<460).map { lanes[column, row: $0, symbol] }, incremental), "\(column)")
      }
    }
  }

  @Test(arguments: [1, 13, 20, 199, 230])
  func `goes on from a series in any bar`(_ split: Int) {
    let bars = Bars(workload: 3, count: 500)
    var whole = ScanState()
    var parts = ScanState()
    var table = ScanTable(rows: 3, width: 500)
    func run(_ state: inout ScanState, _ range: Range<Int>, into table: inout ScanTable, row: Int) {
      state.update(
        highs: bars.highs.span.extracting(range), lows: bars.lows.span.extracting(range),
        closes: bars.closes.span.extracting(range), volumes: bars.volumes.span.extracting(range), into: &table, row: row
      )
    }
    run(&whole, 0..<500, into: &table, row: 0)
    run(&parts, 0..<split, into: &table, row: 1)
    run(&parts, split..<500, into: &table, row: 2)
    for column in ScanColumn.allCases {
      let joined = table.row(column, 1)[..<split] + table.row(column, 2)[..<(500 - split)]
      #expect(identical(table.row(column, 0), Array(joined)), "\(column)")
    }
  }

  @Test func `ranks the oversold in an uptrend, ties by number, the undefined never`() {
    var ranking = ScanRanking(capacity: 8)
    let closes: [Double] = [10, 10, 10, 10, 10, 10]
    let means: [Double] = [9, 9, 10, 9, .nan, 9]
    ranking.rank(closes: closes.span, sma200: means.span, rsi2: [30, 4.5, 1, 0, 2, 4.5].span)
    #expect(ranking.symbols == [3, 1, 5, 0])
    ranking.rank(closes: closes.span, sma200: means.span, rsi2: [.nan, 1, 1, .nan, 1, 0].span)
    #expect(ranking.symbols == [5, 1])
  }
}
