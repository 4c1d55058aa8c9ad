import Foundation
import Testing
import Workload

/// What `host sweep` said.
private struct Sweep {
  let json: [String: Any]
  let errors: String

  init(_ arguments: [String], home: HostProcess.Folder) throws {
    let result = try HostProcess.run(["sweep"] + arguments + ["--json"], home: home)
    #expect(result.status == 0, "\(result.output) \(result.errors)")
    json = try result.json
    errors = result.errors
  }

  var rows: [[String: Any]] { json["rows"] as? [[String: Any]] ?? [] }
  var skipped: [[String: Any]] { json["skipped"] as? [[String: Any]] ?? [] }
  var best: [String: Any] { json["best"] as? [String: Any] ?? [:] }
  var folds: [[String: Any]] {
    (json["walk_forward"] as? [String: Any])?["folds"] as? [[String: Any]] ?? []
  }

  /// The row of a combination of whole numbers.
  func row(_ parameters: [String: Int]) -> [String: Any]? {
    rows.first { $0["params"] as? [String: Int] == parameters }
  }

  /// Everything but how long it took, as text.
  var settled: String {
    get throws {
      var object = json
      object["sweep_seconds"] = nil
      return String(decoding: try JSONSerialization.data(withJSONObject: object, options: .sortedKeys), as: UTF8.self)
    }
  }
}

@Suite struct `host sweep` {
  /// A folder with made-up daily bars in `AAA.csv`.
  private static func home() throws -> HostProcess.Folder {
    let home = try HostProcess.Folder()
    try home.write("AAA.csv", MadeUpBars.csv(symbol: 3))
    return home
  }

  private static func arguments(_ home: HostProcess.Folder, _ more: [String]) -> [String] {
    ["--strategy", "sma-cross", "--data", "\(home.path)/AAA.csv", "--market", "equity"] + more
  }

  private static let grid = ["--param", "fast=5:20:5", "--param", "slow=10,20", "--param", "mode=level"]

  @Test func `runs what the strategy takes and lists what it refuses with the reason`() throws {
    let home = try Self.home()
    let sweep = try Sweep(Self.arguments(home, Self.grid), home: home)
    #expect(sweep.json["schema"] as? Int == 1)
    #expect(sweep.json["trials"] as? Int == 4)
    #expect(sweep.json["combinations"] as? Int == 8)
    #expect(sweep.json["metric"] as? String == "pnl")
    #expect(sweep.rows.count == 4)
    #expect(sweep.skipped.count == 4)
    for row in sweep.skipped {
      let parameters = try #require(row["params"] as? [String: Any])
      #expect(try #require(parameters["fast"] as? Int) >= #require(parameters["slow"] as? Int))
      #expect((row["reason"] as? String)?.contains("option fast: expected less than slow") == true)
    }
  }

  @Test func `ranks by the metric and calls the first the best`() throws {
    let home = try Self.home()
    for metric in ["pnl", "sharpe", "max_drawdown"] {
      let sweep = try Sweep(Self.arguments(home, Self.grid + ["--metric", metric]), home: home)
      let values = sweep.rows.map { row in
        (row[metric] as? Double) ?? (row[metric] as? String).flatMap(Double.init) ?? .nan
      }
      #expect(values == values.sorted(by: >))
      #expect(sweep.best["params"] as? [String: AnyHashable] == sweep.rows[0]["params"] as? [String: AnyHashable])
      #expect(sweep.json["deflated_sharpe"] as? Double == sweep.best["deflated_sharpe"] as? Double)
      let probability = try #require(sweep.json["deflated_sharpe"] as? Double)
      #expect((0...1).contains(probability))
    }
  }

  @Test func `gives the same on any number of threads`() throws {
    let home = try Self.home()
    let arguments = Self.arguments(home, Self.grid + ["--walk-forward", "3"])
    let alone = try Sweep(arguments + ["--workers", "1"], home: home).settled
    #expect(try Sweep(arguments + ["--workers", "4"], home: home).settled == alone)
  }

  @Test func `draws what the seed says`() throws {
    let home = try Self.home()
    let wide = Self.arguments(home, ["--param", "fast=2:9:1", "--param", "slow=10:40:1", "--random", "5"])
    let sweep = try Sweep(wide + ["--seed", "7"], home: home)
    #expect(sweep.json["trials"] as? Int == 5)
    #expect(sweep.json["combinations"] as? Int == 248)
    #expect(try Sweep(wide + ["--seed", "7"], home: home).settled == sweep.settled)
    #expect(try Sweep(wide + ["--seed", "8"], home: home).settled != sweep.settled)
  }

  @Test func `judges each fold's best on the days after it, as a sweep of those days does`() throws {
    let home = try Self.home()
    let sweep = try Sweep(Self.arguments(home, Self.grid + ["--walk-forward", "100:50"]), home: home)
    #expect(sweep.folds.count >= 3)
    for fold in sweep.folds {
      let out = try #require(fold["out_of_sample"] as? [String: Any])
      let inside = try #require(fold["in_sample"] as? [String: Any])
      let parameters = try #require(fold["params"] as? [String: Any])
      func days(_ window: [String: Any]) throws -> [String] {
        let (from, to) = (try #require(window["from"] as? String), try #require(window["to"] as? String))
        return ["--from", String(from.prefix(10)), "--to", String(to.prefix(10))]
      }
      let single = parameters.flatMap { ["--param", "\($0.key)=\($0.value)"] }
      let alone = try Sweep(Self.arguments(home, single + days(out)), home: home)
      for key in ["pnl", "final_equity"] { #expect(alone.best[key] as? String == out[key] as? String) }
      for key in ["bars", "fills", "trades"] { #expect(alone.best[key] as? Int == out[key] as? Int) }
      // The parameters are the best of the days before, and of no others.
      let before = try Sweep(Self.arguments(home, Self.grid + days(inside)), home: home)
      #expect(before.best["pnl"] as? String == inside["pnl"] as? String)
      #expect(before.best["params"] as? [String: AnyHashable] == parameters as? [String: AnyHashable])
    }
  }

  @Test func `prints the best with its luck, and all rows when asked`() throws {
    let home = try Self.home()
    let wide = Self.arguments(home, ["--param", "fast=2:9:1", "--param", "slow=8:12:1"])
    let result = try HostProcess.run(["sweep"] + wide, home: home)
    #expect(result.status == 0)
    #expect(result.output.contains("best by pnl: fast="))
    #expect(result.output.contains("after 37 trials"))
    #expect(result.output.contains("and 17 more; --all lists them"))
    #expect(result.output.contains("3 combinations refused by the strategy"))
    #expect(result.errors.contains("sweep (40 trials)"))
    let all = try HostProcess.run(["sweep"] + wide + ["--all"], home: home)
    #expect(!all.output.contains("--all lists them"))
  }
}

@Suite struct `host sweep on the performance workload` {
  @Test func `gives the fills and the profit of each pair exactly`() throws {
    let home = try HostProcess.Folder()
    var text = Data()
    WorkloadFile.minuteText.write(rows: 10_000) { text.append(contentsOf: $0) }
    try text.write(to: URL(fileURLWithPath: "\(home.path)/w1.csv"))
    let sweep = try Sweep(
      [
        "--strategy", "sma-cross", "--data", "\(home.path)/w1.csv", "--cash", "10000000", "--param", "fast=20,45",
        "--param", "slow=50,250", "--param", "mode=level", "--param", "quantity=100",
      ], home: home)
    let row = try #require(
      sweep.rows.first { row in
        let parameters = row["params"] as? [String: Any] ?? [:]
        return parameters["fast"] as? Int == 20 && parameters["slow"] as? Int == 50
      })
    #expect(row["fills"] as? Int == 219)
    #expect(row["pnl"] as? String == "135.498")
    #expect(row["bars"] as? Int == 10_000)
  }
}

/// A reference back test and what its JSON file says.
struct ReferenceSweep: Sendable, CustomTestStringConvertible {
  var data: String
  var commission: String
  var equity: Double
  var trades: Int
  var drawdown: Double
  var sharpe: Double
  var testDescription: String { "\(data) at \(commission)" }

  static let all = [
    ReferenceSweep(
      data: "GOOG_daily", commission: "0", equity: 13_383.94, trades: 49, drawdown: .nan, sharpe: 0.32949412005066986),
    ReferenceSweep(
      data: "GOOG_daily", commission: "0.001", equity: 13_153.61, trades: 49, drawdown: .nan,
      sharpe: 0.30838855015143285),
    ReferenceSweep(
      data: "SPY_minute", commission: "0", equity: 10_039, trades: 23, drawdown: .nan, sharpe: 3.662297030637069),
    ReferenceSweep(
      data: "SPY_minute", commission: "0.001", equity: 9645.008, trades: 23, drawdown: -0.03555619862865966,
      sharpe: -26.83799966959243),
  ]
}

@Suite(.enabled(if: SharedData.path != nil, "needs the shared reference data"))
struct `host sweep on the reference back tests` {
  @Test(arguments: ReferenceSweep.all) func `has the reference among its rows`(_ reference: ReferenceSweep) throws {
    let home = try HostProcess.Folder()
    let shared = try #require(SharedData.path)
    let sweep = try Sweep(
      [
        "--strategy", "sma-cross", "--data", "\(shared)/data/reference/indicators/\(reference.data)_input.csv",
        "--cash", "10000", "--commission-rate", reference.commission, "--param", "fast=10:20:10", "--param",
        "slow=50,100", "--param", "mode=cross", "--param", "quantity=50",
      ], home: home)
    #expect(sweep.rows.count == 4)
    let row = try #require(
      sweep.rows.first { row in
        let parameters = row["params"] as? [String: Any] ?? [:]
        return parameters["fast"] as? Int == 20 && parameters["slow"] as? Int == 50
      })
    #expect(row["trades"] as? Int == reference.trades)
    let equity = try #require((row["final_equity"] as? String).flatMap(Double.init))
    #expect(abs(equity - reference.equity) < 0.005)
    let sharpe = try #require(row["sharpe"] as? Double)
    #expect(abs(sharpe - reference.sharpe) < 1e-9 * abs(reference.sharpe))
    if !reference.drawdown.isNaN {
      let drawdown = try #require(row["max_drawdown"] as? Double)
      #expect(abs(drawdown - reference.drawdown) < 1e-11)
    }
  }
}
