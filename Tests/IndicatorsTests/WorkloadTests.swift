import Indicators
import Testing

/// The sums, counts and rankings that the shared performance workload says any program must give (W2 and W3).
private struct MustGive {
  var column: ScanColumn
  var history: (sum: Double, cells: Int)
  var live: Double
}

private let mustGive: [MustGive] = [
  MustGive(column: .rsi2, history: (62_615_598.5008, 1_259_000), live: 6_247_406.464),
  MustGive(column: .rsi14, history: (62_114_920.1027, 1_253_000), live: 6_223_876.372),
  MustGive(column: .bollingerZ, history: (-31_037.8368, 1_250_500), live: -4_344.441),
  MustGive(column: .atr14, history: (6_574_666.8955, 1_253_000), live: 642_616.315),
  MustGive(column: .sma200, history: (288_714_402.9456, 1_160_500), live: 30_558_159.592),
  MustGive(column: .relativeVolume, history: (1_250_476.6218, 1_250_500), live: 126_066.919),
]

#if DEBUG
  private let isOptimised = false
#else
  private let isOptimised = true
#endif

@Suite struct `The shared performance workload` {
  /// Its 1.4 million bars take ten seconds without optimisation; `The scan of six indicators` checks four of its
  /// symbols against the definitions in every build.
  @Test(.enabled(if: isOptimised, "needs an optimised build: swift test -c release -Xswiftc -enable-testing"))
  func `comes out: 500 symbols over 2,520 bars, then 252 steps`() {
    let (symbols, days, live) = (500, 2520, 252)
    let rows = TimeMajor((0..<symbols).map { Bars(workload: $0, count: days + live) })
    var panel = ScanPanel(symbols: symbols)
    var table = ScanTable(rows: 1, width: symbols)
    var ranking = ScanRanking(capacity: symbols)
    var sums = [Double](repeating: 0, count: 6)
    var cells = [Int](repeating: 0, count: 6)
    func add() {
      for column in ScanColumn.allCases {
        for value in table.row(column, 0) where !value.isNaN {
          sums[column.rawValue] += value
          cells[column.rawValue] += 1
        }
      }
    }
    func rank(_ day: Int) {
      let closes = rows.closes.span.extracting(day * symbols..<(day + 1) * symbols)
      table.withValues(.sma200, row: 0) { means in
        table.withValues(.rsi2, row: 0) { ranking.rank(closes: closes, sma200: means, rsi2: $0) }
      }
    }

    for day in 0..<days {
      rows.step(&panel, day, into: &table, row: 0)
      add()
    }
    for row in mustGive {
      let sum = sums[row.column.rawValue]
      #expect(abs(sum - row.history.sum) <= 1e-8 * abs(row.history.sum), "\(row.column): \(sum)")
      #expect(cells[row.column.rawValue] == row.history.cells)
    }
    rank(days - 1)
    #expect(ranking.symbols.count == 233)
    #expect(ranking.symbols.prefix(10) == [475, 485, 122, 480, 493, 217, 45, 227, 179, 353])

    sums = [Double](repeating: 0, count: 6)
    for day in days..<days + live {
      rows.step(&panel, day, into: &table, row: 0)
      add()
    }
    for row in mustGive {
      // These sums are given to three decimals.
      #expect(abs(sums[row.column.rawValue] - row.live) <= 5.001e-4, "\(row.column): \(sums[row.column.rawValue])")
    }
    rank(days + live - 1)
    #expect(ranking.symbols.count == 226)
    #expect(ranking.symbols.prefix(10) == [462, 348, 202, 417, 419, 88, 442, 497, 44, 414])
  }
}
