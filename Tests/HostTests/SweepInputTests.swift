import Foundation
import Testing

@Suite struct `Bad input of a sweep` {
  struct Row: CustomTestStringConvertible {
    var name: String
    var arguments: [String]
    var status: Int32
    var code: String
    var strategy = "sma-cross"
    var testDescription: String { name }
  }

  static let rows: [Row] = [
    Row(name: "a range without a step", arguments: ["--param", "fast=5:50"], status: 64, code: "bad_parameter"),
    Row(name: "an empty value", arguments: ["--param", "fast=5,,7"], status: 64, code: "bad_parameter"),
    Row(
      name: "a parameter named twice", arguments: ["--param", "fast=5", "--param", "fast=6"], status: 64,
      code: "parameter_twice"),
    Row(
      name: "too many combinations", arguments: ["--param", "fast=1:2000:1", "--param", "slow=1:2000:1"], status: 64,
      code: "too_many_trials"),
    Row(name: "an unknown parameter", arguments: ["--param", "speed=1,2"], status: 64, code: "unknown_parameter"),
    Row(
      name: "a value outside its bounds at the end of a range", arguments: ["--param", "fast=5:2000000:1999995"],
      status: 78, code: "out_of_bounds"),
    Row(
      name: "a value outside its bounds at the beginning", arguments: ["--param", "fast=0:10:5"], status: 78,
      code: "out_of_bounds"),
    Row(
      name: "half a bar", arguments: ["--param", "fast=5:6:0.5"], status: 78, code: "wrong_value"),
    Row(name: "a choice that is none", arguments: ["--param", "mode=cross,flat"], status: 78, code: "wrong_value"),
    Row(
      name: "nothing that the strategy takes", arguments: ["--param", "fast=60,70", "--param", "slow=50"], status: 64,
      code: "all_refused"),
    Row(name: "a seed without a draw", arguments: ["--seed", "3"], status: 64, code: "seed_without_random"),
    Row(name: "a metric that is none", arguments: ["--metric", "luck"], status: 64, code: "invalid_value"),
    Row(name: "no worker", arguments: ["--workers", "0"], status: 64, code: "invalid_value"),
    Row(name: "windows of nothing", arguments: ["--walk-forward", "0:5"], status: 64, code: "bad_walk_forward"),
    Row(
      name: "windows longer than the data", arguments: ["--walk-forward", "5000:10"], status: 64,
      code: "bad_walk_forward"),
    Row(name: "no strategy", arguments: [], status: 64, code: "missing_option", strategy: ""),
    Row(name: "a strategy that is none", arguments: [], status: 66, code: "unknown_plugin", strategy: "none-such"),
    Row(name: "a range without bars", arguments: ["--from", "2030-01-01"], status: 65, code: "empty_range"),
  ]

  @Test(arguments: rows) func `gets an error that says what, where, expected, found and what to do`(_ row: Row) throws {
    let home = try HostProcess.Folder()
    try home.write("AAA.csv", MadeUpBars.csv(symbol: 3))
    let strategy = row.strategy.isEmpty ? [] : ["--strategy", row.strategy]
    let result = try HostProcess.run(
      ["sweep", "--data", "\(home.path)/AAA.csv", "--json"] + strategy + row.arguments, home: home)
    #expect(result.status == row.status, "\(result.output) \(result.errors)")
    #expect(result.errorCode == row.code, "\(result.output)")
    let error = try #require(try result.json["error"] as? [String: Any])
    for key in ["message", "where", "expected", "remedy"] {
      #expect((error[key] as? String)?.isEmpty == false, "\(key) of \(result.output)")
    }
  }
}
