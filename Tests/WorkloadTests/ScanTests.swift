import Indicators
import Testing
import Workload

@Suite struct `The scans of the workload` {
  /// A little of w2 and w3, enough for every window to be full.
  static let columns = DailyColumns.generated(symbols: 23, days: 240)

  /// The scan of each symbol by itself, added up.
  static func figures(of days: Range<Int>) -> ScanFigures {
    var sums = [Double](repeating: 0, count: 6)
    var cells = [Int](repeating: 0, count: 6)
    var last: [(symbol: Int, close: Double, values: ScanValues)] = []
    for symbol in 0..<columns.symbols {
      var state = ScanState()
      for day in 0..<days.upperBound {
        let index = day * columns.symbols + symbol
        let values = state.update(
          high: columns.highs[index], low: columns.lows[index], close: columns.closes[index],
          volume: columns.volumes[index])
        let row = [
          values.rsi2, values.rsi14, values.bollingerZ, values.atr14, values.sma200, values.relativeVolume,
        ]
        for (column, value) in row.enumerated() where days.contains(day) && !value.isNaN {
          sums[column] += value
          cells[column] += 1
        }
        if day == days.upperBound - 1 { last.append((symbol, columns.closes[index], values)) }
      }
    }
    let ranked = last.filter { $0.close > $0.values.sma200 }
      .sorted { ($0.values.rsi2, $0.symbol) < ($1.values.rsi2, $1.symbol) }
    var figures = ScanFigures()
    (figures.sums, figures.cells) = (sums, cells)
    (figures.ranked, figures.firstTen) = (ranked.count, ranked.prefix(10).map(\.symbol))
    return figures
  }

  static func agree(_ a: ScanFigures, _ b: ScanFigures) -> Bool {
    zip(a.sums, b.sums).allSatisfy { abs($0 - $1) <= 1e-11 * abs($1) + 1e-9 } && a.cells == b.cells
      && a.ranked == b.ranked && a.firstTen == b.firstTen
  }

  @Test(arguments: [1, 2, 3, 40]) func `come to the same on any number of threads`(_ threads: Int) {
    var scan = PanelScan(Self.columns, days: 230, threads: threads)
    #expect(scan.threads == min(threads, 23))
    for _ in 0..<2 {
      scan.run()
      let expected = Self.figures(of: 0..<230)
      #expect(expected.ranked > 0)
      #expect(Self.agree(scan.figures, expected))
    }
  }

  @Test func `step on from the history`() {
    var scan = LiveScan(Self.columns, history: 210)
    var time: UInt64 = 0
    for _ in 0..<2 {
      let times = scan.runSteps {
        time += 5
        return time
      }
      #expect(times.steps == [UInt64](repeating: 5, count: 30))
      #expect(Self.agree(scan.figures, Self.figures(of: 210..<240)))
    }
    #expect(scan.runUpdates() >= 0)
  }

  @Test func `notice a result that is not the document's`() {
    var scan = PanelScan(Self.columns, days: 230, threads: 1)
    scan.run()
    #expect(scan.figures.historyClaims.contains { !$0.holds })
    #expect(scan.figures.liveClaims.contains { !$0.holds })
  }

  @Test func `tell numbers that agree from numbers that do not`() {
    #expect(Claim("sum", expected: 2, found: 2.25, tolerance: 0.25).holds)
    #expect(!Claim("sum", expected: 2, found: 2.26, tolerance: 0.25).holds)
    #expect(!Claim("sum", expected: 2, found: .nan, tolerance: 0.25).holds)
    #expect(Claim("fills", expected: 3, found: 3).holds)
    #expect(!Claim("fills", expected: 3, found: 4).holds)
  }

  @Test(.enabled(if: isOptimised, "needs an optimised build")) func `give what the document says`() {
    let columns = DailyColumns.generated()
    for threads in [1, 3] {
      var scan = PanelScan(columns, days: WorkloadData.historyDays, threads: threads)
      scan.run()
      #expect(scan.figures.historyClaims.filter { !$0.holds } == [])
    }
    var live = LiveScan(columns, history: WorkloadData.historyDays)
    _ = live.runSteps()
    #expect(live.figures.liveClaims.filter { !$0.holds } == [])
  }
}
