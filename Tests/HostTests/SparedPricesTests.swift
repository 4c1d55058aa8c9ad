import Backtest
import CommandLineKit
import Foundation
import TradingCore
import TradingTypes
import Testing

@testable import HostCommands

/// A backtest's account is spared the prices that cannot matter to its orders; nothing may show it.
@Suite struct `An account that is spared prices` {
  /// Strategies with what makes them trade often on made-up bars.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var arguments: [String]
    var paper = ""
  }

  static let eager = [
    "--strategy", "mr-combined", "--param", "ev_minimum=-1", "--param", "p_minimum=0", "--param", "score_minimum=0.2",
    "--param", "warm_up_trades=0", "--param", "value_minimum=0", "--param", "volume_minimum=0",
  ]

  static let cases = [
    Case(testDescription: "stops and time stops", arguments: eager + ["--param", "stop_atr=1"]),
    Case(
      testDescription: "stops, targets and partial fills",
      arguments: eager + ["--param", "target=true", "--param", "stop_atr=0.8"],
      paper: "{ volume_share: 0.00002, fee_rate: 0.0005 }"),
    Case(
      testDescription: "limit entries and targets with slippage",
      arguments: eager + ["--param", "target=true", "--param", "target_atr=0.5", "--param", "entry=limit"],
      paper: "{ slippage_rate: 0.001, spread_rate: 0.001 }"),
    Case(
      testDescription: "two strategies at once",
      arguments: eager + [
        "--strategy", "sma-cross", "--param", "fast=3", "--param", "slow=8", "--param", "quantity=30",
      ],
      paper: "{ volume_share: 0.00001 }"),
    Case(
      testDescription: "an account that is soon used up",
      arguments: RecordedStretch.smaCross + ["--cash", "3000", "--commission-rate", "0.003"]),
  ]

  /// Symbols whose bars have holes, at other places for each.
  private static func home(seed: UInt64, _ paper: String) throws -> HostProcess.Folder {
    let home = try HostProcess.Folder()
    try FileManager.default.createDirectory(atPath: "\(home.path)/bars", withIntermediateDirectories: true)
    for symbol in 1...5 as ClosedRange<UInt64> {
      let lines = MadeUpBars.csv(symbol: seed * 10 + symbol, days: 500).split(separator: "\n")
      let kept = lines.enumerated().filter { index, _ in index == 0 || (UInt64(index) * (seed + symbol)) % 13 != 5 }
      try home.write("bars/S\(symbol).csv", kept.map(\.element).joined(separator: "\n") + "\n")
    }
    let plugins = URL(fileURLWithPath: HostProcess.executable).deletingLastPathComponent().path
    let settings = paper.isEmpty ? "" : "  paper: \(paper)\n"
    try home.write(
      "study.yaml",
      """
      risk:
        max_exposure_per_symbol_percent: 100
        max_portfolio_heat_percent: 100
      plugins:
        paths: ["\(plugins)"]
      \(settings)
      """)
    return home
  }

  /// What there is to compare of a backtest.
  private struct Result {
    var outcome: BacktestOutcome
    var curve: AccountCurve

    init(_ setup: BacktestSetup, _ bars: BarArray, tellsEveryPrice: Bool) throws {
      curve = AccountCurve(start: setup.plan.cash, keepsSeries: true, samples: false)
      var wishes = BacktestPlan.Wishes(observer: curve, keepsTrades: true, keepsFills: true)
      wishes.tellsEveryPrice = tellsEveryPrice
      outcome = try setup.plan.run(bars.source(), wishes: wishes) { _ in }
    }
  }

  @Test(arguments: cases, 1...4) func `trades and is worth the same as one that is told of all`(
    _ example: Case, _ seed: Int
  ) throws {
    let home = try Self.home(seed: UInt64(seed), example.paper)
    let words =
      ["backtest"] + example.arguments + [
        "--data", "\(home.path)/bars", "--market", "equity", "--home", home.path, "--config", "\(home.path)/study.yaml",
      ]
    let log = open("\(home.path)/log", O_RDWR | O_CREAT, 0o600)
    defer { close(log) }
    let streams = StandardStreams(mode: .text, output: log, error: log)
    var pair: [Result] = []
    let exit = runCommandLine(HostProgram.specification, arguments: words, streams: streams) { parsed, streams in
      let setup = try BacktestSetup(BacktestOptions(parsed), HostEnvironment(parsed), streams)
      let bars = try setup.loadBars()
      pair = try [false, true].map { try Result(setup, bars, tellsEveryPrice: $0) }
      return .ok
    }
    let said = try String(contentsOfFile: "\(home.path)/log", encoding: .utf8)
    try #require(exit == .ok, "\(said)")
    let (spared, told) = (pair[0], pair[1])
    #expect(spared.outcome.trades.count > 3)
    #expect(spared.outcome.trades == told.outcome.trades)
    #expect(spared.outcome.fills == told.outcome.fills)
    #expect(spared.outcome.counters == told.outcome.counters)
    #expect(spared.outcome.openPositions == told.outcome.openPositions)
    #expect(spared.outcome.finalEquity == told.outcome.finalEquity)
    #expect(spared.curve.series.count > 400)
    #expect(spared.curve.series.elementsEqual(told.curve.series) { $0 == $1 })
  }
}
