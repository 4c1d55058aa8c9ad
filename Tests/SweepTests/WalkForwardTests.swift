import Sweep
import Testing
import TradingTypes

/// A specification, a history and its folds, `in-sample/out-of-sample` each.
struct WindowCase: Sendable, CustomTestStringConvertible {
  var text: String
  var bars: Int
  var folds: [String]
  var testDescription: String { "\(text) of \(bars) bars" }

  static let all = [
    WindowCase(text: "100:50", bars: 250, folds: ["0..<100/100..<150", "50..<150/150..<200", "100..<200/200..<250"]),
    WindowCase(
      text: "rolling:100:50", bars: 210, folds: ["0..<100/100..<150", "50..<150/150..<200", "100..<200/200..<210"]),
    WindowCase(
      text: "anchored:100:50", bars: 210, folds: ["0..<100/100..<150", "0..<150/150..<200", "0..<200/200..<210"]),
    WindowCase(text: "100:50", bars: 101, folds: ["0..<100/100..<101"]),
    WindowCase(text: "100:5000", bars: 150, folds: ["0..<100/100..<150"]),
    WindowCase(text: "1:1", bars: 3, folds: ["0..<1/1..<2", "1..<2/2..<3"]),
    WindowCase(text: "3", bars: 100, folds: ["0..<25/25..<50", "25..<50/50..<75", "50..<75/75..<100"]),
    WindowCase(text: "3", bars: 10, folds: ["0..<2/2..<5", "2..<5/5..<7", "5..<7/7..<10"]),
    WindowCase(text: "anchored:2", bars: 9, folds: ["0..<3/3..<6", "0..<6/6..<9"]),
    WindowCase(text: "1", bars: 2, folds: ["0..<1/1..<2"]),
  ]
}

@Suite struct `Walk-forward windows` {
  @Test(arguments: WindowCase.all) func `follow each other without a gap`(_ example: WindowCase) throws {
    let folds = try WalkForwardWindows(example.text).folds(bars: example.bars)
    #expect(folds.map { "\($0.inSample)/\($0.outOfSample)" } == example.folds)
    for fold in folds { #expect(fold.inSample.upperBound == fold.outOfSample.lowerBound) }
    for (fold, next) in zip(folds, folds.dropFirst()) {
      #expect(fold.outOfSample.upperBound == next.outOfSample.lowerBound)
    }
    #expect(folds.last?.outOfSample.upperBound == example.bars)
  }

  @Test(arguments: [
    "", "0", "-3", "+3", "x", "100:", ":50", "100:0", "0:50", "100:50:10", "folding:3", "anchored", "anchored:",
    "rolling:1:2:3", "3.5", "99999999999999999999",
  ])
  func `what is no specification is refused`(_ text: String) throws {
    let fault = try #require(throws: SweepFault.self) { try WalkForwardWindows(text) }
    #expect(fault.code == "bad_walk_forward")
    #expect(fault.place == "--walk-forward \(text)")
  }

  @Test(arguments: [("100:50", 100), ("100:50", 0), ("3", 3), ("1001", 1_000_000), ("1:1", 10_000)])
  func `windows that do not fit the data are refused`(_ text: String, _ bars: Int) throws {
    let windows = try WalkForwardWindows(text)
    let fault = try #require(throws: SweepFault.self) { try windows.folds(bars: bars) }
    #expect(fault.found == "\(bars) bars")
  }
}

@Suite struct `Walk-forward results` {
  /// A fold whose only trial went from 1000 to `inside` over `bars` bars, and then to `outside` over half as many.
  private func fold(_ inside: String, _ outside: String?, bars: Int) throws -> WalkForwardResult.Fold {
    let windows = try #require(try WalkForwardWindows("\(bars):\(bars / 2)").folds(bars: bars * 3 / 2).first)
    func run(_ end: String, _ bars: Int) -> TrialFigures {
      figures(Array(repeating: "1000", count: bars - 1) + [end])
    }
    return WalkForwardResult.Fold(
      windows: windows,
      inSample: SweepResult(plan: try plan("x=1"), metric: .pnl, outcomes: [.figures(run(inside, bars))]),
      outOfSample: outside.map { run($0, bars / 2) })
  }

  @Test func `efficiency compares what a bar earned in and out of sample`() throws {
    let result = WalkForwardResult(folds: [try fold("1100", "1030", bars: 20), try fold("1300", "990", bars: 20)])
    #expect(result.folds[0].efficiency == 0.6)
    // 20 over 20 bars against 400 over 40 bars.
    #expect(result.efficiency == 0.1)
    #expect(result.profit == dollars("20"))
    #expect(result.winningFolds == 0.5)
  }

  @Test func `without a profit in sample there is no efficiency`() throws {
    #expect(WalkForwardResult(folds: [try fold("990", "1030", bars: 20)]).efficiency == nil)
    #expect(WalkForwardResult(folds: [try fold("1000", "1030", bars: 20)]).efficiency == nil)
  }

  @Test func `a fold without a result leaves the whole undefined`() throws {
    let result = WalkForwardResult(folds: [try fold("1100", "1030", bars: 20), try fold("1100", nil, bars: 20)])
    #expect(result.efficiency == nil && result.profit == nil && result.winningFolds == nil)
    #expect(WalkForwardResult(folds: []).efficiency == nil)
    #expect(WalkForwardResult(folds: []).winningFolds == nil)
  }
}
