import Backtest
import CommandLineKit
import Sweep
import TradingCore
import TradingTypes
import Workload

extension Bench {
  /// w4: the pairs of periods, each a backtest of its own, on one thread and on all processors.
  func sweepRows() throws -> [BenchRow] {
    let line = Bench.crossing + ["--data", try data.path(of: .minuteText)]
    let (setup, bars, loadNanoseconds) = try loadedBacktest(line, swept: ["fast", "slow"])
    return try Set([1, processorCount()]).sorted().flatMap { threads in
      try measure("w4, " + Figures.count(threads, "thread", "threads")) { repetition in
        let watch = Stopwatch()
        let trials = try sweep(setup.plan, bars, threads)
        var row = row(trials, threads, repetition, seconds: (watch.wallSeconds, watch.processSeconds))
        row.loadSeconds = Double(loadNanoseconds) / 1e9
        return row
      }
    }
  }

  /// One pair's backtest.
  private struct Trial: Sendable {
    var fast: Int
    var slow: Int
    var fills: Int
    var nanos: Int64
  }

  private func sweep(_ plan: BacktestPlan, _ bars: BarArray, _ threads: Int) throws -> [Trial] {
    let pairs = WorkloadData.sweepPairs
    let log = self.log
    do {
      return try runTrials(pairs.count, workers: threads) {
      } body: { (_: inout Void, number: Int) throws -> Trial in
        let pair = pairs[number]
        let outcome = try plan.run(
          bars.source(0..<WorkloadData.sweepCount),
          parameters: [.init(name: "fast", text: "\(pair.fast)"), .init(name: "slow", text: "\(pair.slow)")],
          wishes: .init(keepsTrades: false), log: log)
        return Trial(
          fast: pair.fast, slow: pair.slow, fills: Int(outcome.counters.fills),
          nanos: (outcome.finalEquity?.nanos ?? .min / 2) - plan.cash.nanos)
      }
    } catch .failed(let error) {
      throw error
    } catch .cancelled {
      preconditionFailure("nobody cancels a bench")
    }
  }

  private func row(
    _ trials: [Trial], _ threads: Int, _ repetition: Int, seconds: (wall: Double, processors: Double)
  ) -> BenchRow {
    func money(_ nanos: Int64) -> String { Money(nanos: nanos, currency: .usd).amount }
    let fills = trials.reduce(0) { $0 + $1.fills }
    let profit = money(trials.reduce(0) { $0 + $1.nanos })
    let best = trials.max { $0.nanos < $1.nanos }
    let bestPair = best.map { "\($0.fast), \($0.slow)" } ?? "none"
    return BenchRow(
      workload: .w4, source: "memory", threads: threads, repetition: repetition, figure: seconds.wall, unit: "s",
      engineSeconds: seconds.wall, wallSeconds: seconds.wall, processorSeconds: seconds.processors, loadSeconds: 0,
      result: [
        "bars": JSONValue(WorkloadData.sweepCount), "trials": JSONValue(trials.count), "fills": JSONValue(fills),
        "pnl": .string(profit),
        "best": best.map {
          [
            "fast": JSONValue($0.fast), "slow": JSONValue($0.slow), "pnl": .string(money($0.nanos)),
            "fills": JSONValue($0.fills),
          ]
        } ?? .null,
      ],
      summary: "\(fills) fills, P&L \(profit), best (\(bestPair)) \(best.map { money($0.nanos) } ?? Figures.missing)",
      claims: [
        Claim("trials", expected: 200, found: trials.count), Claim("fills", expected: 246_902, found: fills),
        Claim("sum of P&Ls", expected: "-257916.278", found: profit),
        Claim("best pair", expected: "45, 250", found: bestPair),
        Claim("P&L of the best pair", expected: "2345.595", found: best.map { money($0.nanos) } ?? "none"),
        Claim("fills of the best pair", expected: 576, found: best?.fills ?? 0),
      ])
  }
}
