import Foundation
import Testing

/// One stretch of data with one configuration, run in every mode.
struct RecordedStretch: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// Options of both commands.
  var arguments: [String]
  /// Where a paper session is cut off, one life after the other.
  var places: [Int] = []

  /// Limits that are reached and costs of every kind, so that each rule has a say.
  static let configuration = """
    risk:
      max_positions: 2
      max_daily_loss: 60
      max_exposure_per_symbol_percent: 15
    plugins:
      paper:
        fee_rate: 0.0005
        slippage_rate: 0.0004
        spread_rate: 0.0003
        volume_share: 0.00002
    """

  static let smaCross = ["--strategy", "sma-cross", "--param", "fast=3", "--param", "slow=8", "--param", "quantity=20"]

  /// Whether its data is the bundled history; else it is that of `host run`.
  var isBundled: Bool { testDescription.contains("indices") }

  static let all = [
    RecordedStretch(
      testDescription: "sma-cross on all of three symbols", arguments: smaCross, places: [0, 1, 7, 40, 160]),
    RecordedStretch(
      testDescription: "sma-cross on two symbols between two days",
      arguments: smaCross + ["--from", "2016-03-01", "--to", "2016-09-30", "--symbols", "AAA,CCC", "--cash", "20000"]),
    RecordedStretch(
      testDescription: "sma-cross without the bars before",
      arguments: smaCross + ["--from", "2016-05-01", "--no-warm-up", "--commission-rate", "0.002"]),
    RecordedStretch(
      testDescription: "sma-cross from before the first bar", arguments: smaCross + ["--from", "2010-01-01"]),
    RecordedStretch(
      testDescription: "mr-combined on two indices",
      arguments: ["--strategy", "mr-combined", "--from", "2009-01-02", "--to", "2012-12-31"], places: [3, 12, 90]),
    RecordedStretch(
      testDescription: "mr-combined with targets and sma-cross on two indices",
      arguments: ["--strategy", "mr-combined", "--param", "target=true"] + smaCross + [
        "--from", "2010-06-01", "--to", "2012-06-30",
      ]),
  ]
}

@Suite struct `One recorded stretch in every mode` {
  /// A home with bars and the configuration.
  static func home() throws -> HostProcess.Folder {
    let home = try `host run`.home()
    try home.write("study.yaml", RecordedStretch.configuration)
    return home
  }

  /// Runs a command over a stretch; both commands take the same options.
  static func run(
    _ command: [String], _ arguments: [String], ledger: String, home: HostProcess.Folder,
    environment: [String: String] = [:]
  ) throws -> HostProcess.Result {
    let common = [
      "--config", "\(home.path)/study.yaml", "--market", "equity", "--json", "--ledger", "\(home.path)/\(ledger)",
    ]
    return try HostProcess.run(command + common + arguments, home: home, environment: environment)
  }

  @Test(arguments: RecordedStretch.all)
  func `leaves one decision log as backtest, as paper replay, and as paper replay that was killed`(
    _ stretch: RecordedStretch
  ) throws {
    let home = try Self.home()
    let arguments = stretch.arguments + (stretch.isBundled ? [] : ["--data", "\(home.path)/bars"])
    let backtest = try Self.run(["backtest", "--no-series"], arguments, ledger: "backtest.db", home: home)
    #expect(backtest.status == 0, "\(backtest.output) \(backtest.errors)")
    #expect(try #require(backtest.json["trades"] as? Int) > 5)
    let paper = try Self.run(["run", "--approve", "all"], arguments, ledger: "paper.db", home: home)
    #expect(paper.status == 0, "\(paper.output) \(paper.errors)")
    let digest = try `host run`.digest(home, "backtest.db")
    #expect(try `host run`.digest(home, "paper.db") == digest)
    for key in ["signals", "orders", "fills", "trades", "fees", "bars"] {
      let (one, other) = (try backtest.json[key] as? NSObject, try paper.json[key] as? NSObject)
      #expect(one != nil && one == other, "\(key)")
    }
    guard !stretch.places.isEmpty else { return }
    for place in stretch.places {
      let life = try Self.run(
        ["run", "--approve", "all"], arguments, ledger: "killed.db", home: home,
        environment: ["WHARF_DRILL_PLACE": "\(place)"])
      #expect(life.wasKilled, "\(life.output) \(life.errors)")
    }
    let last = try Self.run(["run", "--approve", "all"], arguments, ledger: "killed.db", home: home)
    #expect(last.status == 0, "\(last.output) \(last.errors)")
    #expect(try `host run`.digest(home, "killed.db") == digest)
  }

  @Test func `another number in the configuration leaves another decision log`() throws {
    let home = try Self.home()
    let arguments = RecordedStretch.smaCross + ["--data", "\(home.path)/bars", "--no-series"]
    _ = try Self.run(["backtest"], arguments, ledger: "one.db", home: home)
    try home.write("study.yaml", RecordedStretch.configuration.replacing("0.0005", with: "0.0006"))
    _ = try Self.run(["backtest"], arguments, ledger: "other.db", home: home)
    #expect(try `host run`.digest(home, "one.db") != `host run`.digest(home, "other.db"))
  }

  @Test(
    .enabled(if: SharedData.path != nil, "needs the shared history"),
    arguments: [
      ["--strategy", "mr-combined"],
      ["--strategy", "sma-cross", "--param", "fast=10", "--param", "slow=30", "--param", "quantity=100"],
    ])
  func `leaves one decision log of three years of 30 symbols`(_ strategy: [String]) throws {
    let home = try HostProcess.Folder()
    try home.write("study.yaml", "risk:\n  max_positions: 8\n")
    let arguments =
      strategy + [
        "--data", try #require(SharedData.path) + "/data/equity/daily/yahoo", "--from", "2015-01-01", "--to",
        "2017-12-31",
      ]
    let backtest = try Self.run(["backtest", "--no-series"], arguments, ledger: "backtest.db", home: home)
    #expect(try #require(backtest.json["trades"] as? Int) > 20, "\(backtest.errors)")
    let paper = try Self.run(["run", "--approve", "all"], arguments, ledger: "paper.db", home: home)
    #expect(paper.status == 0, "\(paper.output) \(paper.errors)")
    #expect(try `host run`.digest(home, "paper.db") == `host run`.digest(home, "backtest.db"))
  }
}
