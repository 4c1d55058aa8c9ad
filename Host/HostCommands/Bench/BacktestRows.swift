import Backtest
import CommandLineKit
import Runtime
import TradingCore
import TradingTypes
import Workload

extension Bench {
  /// The strategy of w1 and w4 as options of `host backtest`; w4 sets the periods itself.
  static let crossing = [
    "--strategy", "sma-cross", "--param", "mode=level", "--param", "quantity=100", "--cash", "10000000",
  ]
  static let periods = ["--param", "fast=20", "--param", "slow=50"]

  /// w1: the strategy through its plugin, bar by bar; from text, from a store and from memory.
  func crossingRows() throws -> [BenchRow] {
    let (text, store) = (try data.path(of: .minuteText), try data.storePath(of: .minuteText))
    let line = Bench.crossing + Bench.periods + ["--data"]
    let fromFiles = try [("csv", text), ("store", store)].flatMap { source, path in
      try measure("w1, \(source)") { repetition in
        let setup = try backtest(line + [path])
        return try crossingRow(setup, setup.source(), source: source, repetition) { outcome in
          (engine: outcome.engineNanoseconds, load: setup.openNanoseconds + outcome.readNanoseconds)
        }
      }
    }
    let (setup, bars, loadNanoseconds) = try loadedBacktest(line + [text])
    let parts = try Bench.crossingParts.flatMap { part in
      let outcome = try setup.plan.run(bars.source(0..<part.bars), wishes: .init(keepsTrades: false), log: log)
      return part.claims(outcome, cash: setup.plan.cash)
    }
    let fromMemory = try measure("w1, memory") { repetition in
      // Handing over bars that lie in memory is the engine's work too.
      var row = try crossingRow(setup, bars.source(), source: "memory", repetition) { outcome in
        (engine: outcome.engineNanoseconds + outcome.readNanoseconds, load: loadNanoseconds)
      }
      row.claims += parts
      return row
    }
    return fromFiles + fromMemory
  }

  private func crossingRow(
    _ setup: BacktestSetup, _ bars: any BarSource, source: String, _ repetition: Int,
    _ times: (BacktestOutcome) -> (engine: UInt64, load: UInt64)
  ) throws -> BenchRow {
    let drawdown = MoneyDrawdown(cash: setup.plan.cash)
    let outcome = try setup.plan.run(bars, wishes: .init(observer: drawdown, keepsTrades: false), log: log)
    let (engine, load) = times(outcome)
    let profit = outcome.profit(since: setup.plan.cash)
    return BenchRow(
      workload: .w1, source: source, repetition: repetition, figure: Double(engine) / Double(outcome.bars),
      unit: "ns/bar", engineSeconds: Double(engine) / 1e9, processorSeconds: Double(engine) / 1e9,
      loadSeconds: Double(load) / 1e9,
      result: [
        "bars": JSONValue(Int(outcome.bars)), "fills": JSONValue(Int(outcome.counters.fills)),
        "pnl": .string(profit), "max_drawdown_money": .string(drawdown.deepest),
      ], summary: "\(outcome.counters.fills) fills, P&L \(profit), drawdown \(drawdown.deepest)",
      claims: [
        Claim("bars", expected: WorkloadData.minuteCount, found: outcome.bars),
        Claim("fills", expected: 22_610, found: outcome.counters.fills),
        Claim("round trips", expected: 11_305, found: outcome.counters.trades),
        Claim("open positions", expected: 0, found: outcome.openPositions.count),
        Claim("P&L", expected: "-8596.097", found: profit),
        Claim("maximum drawdown", expected: "16143.739", found: drawdown.deepest),
      ])
  }

  /// w6: an order on every bar but the last, from memory.
  func orderRows() throws -> [BenchRow] {
    let line = [
      "--strategy", "alternate", "--param", "quantity=100", "--param", "orders=\(WorkloadData.orderCount - 1)",
      "--cash", "10000000", "--data", try data.path(of: .minuteText),
    ]
    let (setup, bars, loadNanoseconds) = try loadedBacktest(line)
    let part = try Part(bars: 10_001, fills: 10_000, profit: "-663.026")
      .claims(
        setup.plan.run(bars.source(0..<10_001), wishes: .init(keepsTrades: false), log: log), cash: setup.plan.cash)
    return try measure("w6") { repetition in
      let source = bars.source(0..<WorkloadData.orderCount)
      let outcome = try setup.plan.run(source, wishes: .init(keepsTrades: false), log: log)
      let engine = outcome.engineNanoseconds + outcome.readNanoseconds
      let profit = outcome.profit(since: setup.plan.cash)
      return BenchRow(
        workload: .w6, source: "memory", repetition: repetition,
        figure: Double(engine) / Double(max(outcome.counters.orders, 1)), unit: "ns/order",
        engineSeconds: Double(engine) / 1e9, processorSeconds: Double(engine) / 1e9,
        loadSeconds: Double(loadNanoseconds) / 1e9,
        result: [
          "bars": JSONValue(Int(outcome.bars)), "orders": JSONValue(Int(outcome.counters.orders)),
          "fills": JSONValue(Int(outcome.counters.fills)), "pnl": .string(profit),
        ], summary: "\(outcome.counters.fills) fills, P&L \(profit)",
        claims: [
          Claim("orders", expected: WorkloadData.orderCount - 1, found: outcome.counters.orders),
          Claim("fills", expected: WorkloadData.orderCount - 1, found: outcome.counters.fills),
          Claim("P&L", expected: "1631.573", found: profit),
        ] + part)
    }
  }

  /// A backtest of the command line with its bars in memory.
  func loadedBacktest(
    _ line: [String], swept: [String] = []
  ) throws -> (setup: BacktestSetup, bars: BarArray, loadNanoseconds: UInt64) {
    progress.begin("reading w1")
    let setup = try backtest(line, swept: swept)
    let began = ProcessorTime.now
    let bars = try setup.loadBars()
    return (setup, bars, setup.openNanoseconds + ProcessorTime.now - began)
  }

  /// What `host backtest` would make of these options.
  func backtest(_ options: [String], swept: [String] = []) throws -> BacktestSetup {
    guard case .run(let parsed) = try HostProgram.specification.parse(["backtest"] + options + data.sharedOptions)
    else {
      preconditionFailure("a backtest of the bench asks for help")
    }
    return try BacktestSetup(BacktestOptions(parsed), HostEnvironment(parsed), swept: swept, streams)
  }

  /// What plugins say goes to stderr.
  var log: @Sendable (String) -> Void {
    let errors = streams.errors
    return { errors.line($0) }
  }

  /// The first bars of w1, and what the document says of them.
  struct Part {
    var bars: Int
    var fills: Int
    var profit: String

    func claims(_ outcome: BacktestOutcome, cash: Money) -> [Claim] {
      [
        Claim("fills of the first \(bars) bars", expected: fills, found: outcome.counters.fills),
        Claim("P&L of the first \(bars) bars", expected: profit, found: outcome.profit(since: cash)),
      ]
    }
  }

  private static let crossingParts = [
    Part(bars: 100_000, fills: 2310, profit: "-376.908"), Part(bars: 10_000, fills: 219, profit: "135.498"),
  ]
}

extension BacktestOutcome {
  /// What the account gained, positions at their last prices; `unknown` when it is not computable.
  func profit(since cash: Money) -> String {
    finalEquity.map { Money(nanos: $0.nanos - cash.nanos, currency: cash.currency).amount } ?? "unknown"
  }
}

/// How far equity fell below its peak, in money; the peak starts at the account's cash.
final class MoneyDrawdown: AccountObserver {
  private var peak: Int64
  private var greatest: Int64 = 0
  private var isUnknown = false
  private let currency: Currency

  init(cash: Money) {
    peak = cash.nanos
    currency = cash.currency
  }

  func take(_ marks: UnsafeBufferPointer<AccountMark>) {
    for mark in marks {
      if mark.equityNanos == AccountMark.unknown { isUnknown = true }
      peak = max(peak, mark.equityNanos)
      greatest = max(greatest, peak - mark.equityNanos)
    }
  }

  /// The greatest fall; `unknown` when equity was not computable at some mark.
  var deepest: String { isUnknown ? "unknown" : Money(nanos: greatest, currency: currency).amount }
}
