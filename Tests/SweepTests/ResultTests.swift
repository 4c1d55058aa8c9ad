import BacktestStatistics
import Sweep
import Testing
import TradingTypes

@Suite struct `Results of a sweep` {
  private let flat = figures(["1000", "1000", "1000", "1000"])
  private let steady = figures(["1000", "1010", "1021", "1030"], trades: ["10", "20"])
  private let wild = figures(["1000", "900", "1200", "1100"], trades: ["-100", "300", "-100"])
  private let losing = figures(["1000", "990", "995", "970"], trades: ["-30"])

  private func result(_ metric: SweepMetric, _ outcomes: [TrialOutcome]) throws -> SweepResult {
    SweepResult(plan: try plan("x=1:\(outcomes.count):1"), metric: metric, outcomes: outcomes)
  }

  @Test(arguments: [
    (SweepMetric.pnl, [2, 1, 0, 3]), (.totalReturn, [2, 1, 0, 3]), (.annualGrowth, [2, 1, 0, 3]),
    (.sharpe, [1, 2, 3, 0]), (.sortino, [2, 3, 0, 1]), (.profitFactor, [2, 3, 0, 1]), (.maxDrawdown, [0, 1, 3, 2]),
    (.winRate, [1, 2, 3, 0]),
  ])
  func `trials stand in order of the metric, undefined ones last`(_ metric: SweepMetric, _ ranking: [Int]) throws {
    let result = try result(metric, [flat, steady, wild, losing].map { .figures($0) })
    #expect(result.ranking == ranking)
    #expect(result.best == ranking[0])
  }

  @Test func `every metric has the name of its key in the results`() {
    let names = ["pnl", "return", "cagr", "sharpe", "sortino", "profit_factor", "max_drawdown", "win_rate"]
    #expect(SweepMetric.allCases.map(\.rawValue) == names)
  }

  @Test func `equally good trials keep their order`() throws {
    let outcomes: [TrialOutcome] = [losing, steady, flat, steady, flat, steady].map { .figures($0) }
    #expect(try result(.pnl, outcomes).ranking == [1, 3, 5, 2, 4, 0])
  }

  @Test func `profits that differ by a billionth are told apart`() throws {
    let large = figures(["1000", "9000000000"])
    let larger = figures(["1000", "9000000000.000000001"])
    #expect(large.equity.profit?.double == larger.equity.profit?.double)
    #expect(try result(.pnl, [.figures(large), .figures(larger)]).best == 1)
  }

  @Test func `refused trials are listed with their reasons and never ranked`() throws {
    let result = try result(.pnl, [.refused("fast is not below slow"), .figures(losing), .refused("too short")])
    #expect(result.ranking == [1])
    #expect(result.refused == [0, 2])
    #expect(result.refusal(0) == "fast is not below slow")
    #expect(result.refusal(1) == nil)
    #expect(result.figures(2) == nil)
  }

  @Test func `without a defined metric no trial is the best`() throws {
    #expect(try result(.sharpe, [.figures(flat), .figures(flat)]).best == nil)
    #expect(try result(.sharpe, [.refused("no")]).best == nil)
  }

  @Test func `the deflated ratio counts every trial that ran`() throws {
    let outcomes: [TrialOutcome] = [.figures(flat), .figures(steady), .refused("no"), .figures(wild), .figures(losing)]
    let ratios = [steady, wild, losing].compactMap { $0.equity.returns?.sharpe }
    let expected = steady.equity.returns?.deflatedSharpe(among: ratios, trials: 4)
    let result = try result(.sharpe, outcomes)
    #expect(expected != nil)
    #expect(result.deflatedSharpe(1) == expected)
    #expect(result.deflatedSharpe(0) == nil)
    #expect(result.deflatedSharpe(2) == nil)
    // More trials of the same spread make the same ratio less credible.
    let fewer = try #require(steady.equity.returns?.deflatedSharpe(among: ratios, trials: 3))
    #expect(try #require(expected) < fewer)
    #expect(try self.result(.sharpe, [.figures(steady)]).deflatedSharpe(0) == nil)
  }
}
