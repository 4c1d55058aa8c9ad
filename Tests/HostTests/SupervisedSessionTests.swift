import Foundation
import Testing

/// A plugin that fails in a session: the host and all other plugins go on.
@Suite(.serialized) struct `A session whose strategy fails` {
  let home: HostProcess.Folder

  init() throws {
    home = try `host run`.home()
    try WildPlugin.install(in: home)
  }

  private static let steady = [
    "--strategy", "sma-cross", "--param", "fast=3", "--param", "slow=8", "--param", "quantity=20",
  ]

  private func run(
    _ ledger: String, _ wild: [String], with others: [String] = steady, environment: [String: String] = [:]
  ) throws -> HostProcess.Result {
    try HostProcess.run(
      ["run", "--approve", "all", "--json", "--data", "\(home.path)/bars", "--ledger", "\(home.path)/\(ledger)"]
        + others + (wild.isEmpty ? [] : ["--strategy", "wild"] + wild),
      home: home, environment: environment.merging(["WHARF_PLUGIN_PATH": home.path]) { $1 })
  }

  /// The rows of a strategy in a ledger, without the numbers that count those of all.
  private func rows(_ kind: String, of strategy: String, in ledger: String) throws -> [[String: String]] {
    let listed = try HostProcess.run([kind, "--ledger", "\(home.path)/\(ledger)", "--json"], home: home)
    let rows = try #require(try listed.json[kind] as? [[String: Any]])
    return try rows.filter { $0["strategy"] as? String == strategy }.map { row in
      try row.filter { !["id", "signal", "order", "position"].contains($0.key) }.mapValues { value in
        let text = try JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys])
        return String(decoding: text, as: UTF8.self)
      }
    }
  }

  private func remarks(_ result: HostProcess.Result) throws -> String {
    (try result.json["remarks"] as? [String] ?? []).joined(separator: "\n")
  }

  /// What a failure is called in the log, by how the plugin goes wrong and behind which wall.
  static let failures: [(mode: WildPlugin.Mode, isolation: String, text: String)] = [
    (.fault, "in-process", "strategy.on_bar: fault: status: expected ok, found fault"),
    (.fault, "isolated", "strategy.on_bar: fault: status: expected ok, found fault"),
    (.crash, "isolated", "strategy.on_bar: signal: ended by signal 11 (SIGSEGV)"),
    (.abort, "isolated", "strategy.on_bar: signal: ended by signal 6 (SIGABRT)"),
    (.exit, "isolated", "strategy.on_bar: exit: "),
  ]

  @Test(arguments: failures)
  func `goes on as if there were none, and the one that took its place decides`(
    _ wrong: (mode: WildPlugin.Mode, isolation: String, text: String)
  ) throws {
    try WildPlugin.install(in: home, isolation: wrong.isolation)
    let calm = try run("calm.db", [])
    let failed = try run("failed.db", WildPlugin.parameters(wrong.mode, from: "2016-06-01", until: "2016-06-01"))
    #expect(failed.status == 0, "\(failed.errors)")
    let (trades, others) = (
      try rows("trades", of: "sma-cross", in: "calm.db"), try rows("trades", of: "sma-cross", in: "failed.db")
    )
    #expect(trades.count > 10)
    #expect(trades == others)
    #expect(
      try rows("signals", of: "sma-cross", in: "calm.db") == rows("signals", of: "sma-cross", in: "failed.db"))
    #expect(try calm.json["equity"] as? String == failed.json["equity"] as? String)
    #expect(try rows("signals", of: "wild", in: "failed.db").isEmpty, "what it answered while failing does not count")
    #expect(failed.errors.contains("plugin failure: wild 1.2.3"))
    #expect(failed.errors.contains("instance 1: \(wrong.text)"), "\(failed.errors)")
    #expect(failed.errors.contains("works again as instance 2"))
    #expect(try remarks(failed).contains("plugin wild failed 1 times and works again"))
  }

  @Test(arguments: [(WildPlugin.Mode.fault, "in-process"), (.crash, "isolated")])
  func `gives it up after the third failure, until a person releases it`(
    _ mode: WildPlugin.Mode, _ isolation: String
  ) throws {
    try WildPlugin.install(in: home, isolation: isolation)
    let result = try run("three.db", WildPlugin.parameters(mode, from: "2016-06-01", warm: true))
    #expect(result.status == 0, "\(result.errors)")
    #expect(try remarks(result).contains("plugin wild failed 3 times and is quarantined"))
    #expect(result.errors.contains("instance 3: strategy.on_bar: "))
    #expect(!result.errors.contains("instance 4"))
    let refused = try run("refused.db", WildPlugin.parameters(.quiet, from: "2016-06-01"))
    #expect(refused.status == 77)
    #expect(refused.errorCode == "plugin_quarantined")
    #expect(try StrangerPlugin.host(["release-plugin", "wild", "--json"], in: home).status == 0)
    #expect(try run("released.db", WildPlugin.parameters(.quiet, from: "2016-06-01")).status == 0)
  }

  @Test(arguments: [("hold", 1, 0), ("protect", 1, 0), ("flatten", 0, 1)])
  func `leaves its position as it declared`(_ policy: String, _ open: Int, _ trades: Int) throws {
    try WildPlugin.install(in: home, onFailure: policy)
    let result = try run(
      "policy.db", WildPlugin.parameters(.fault, from: "2016-06-01", warm: true, buys: true), with: [])
    #expect(try result.json["open_positions"] as? Int == open, "\(result.errors)")
    let rows = try rows("trades", of: "wild", in: "policy.db")
    #expect(rows.count == trades)
    #expect(rows.allSatisfy { $0["exit_reason"] == #""flatten""# && $0["exit_detail"] == #""strategy_quarantined""# })
    #expect(result.errors.contains("on_failure: \(policy)"))
  }

  /// A crash that does not come again must not change what an earlier life recorded.
  @Test(arguments: [4, 90, 150]) func `is resumed to the same record though nothing fails any more`(_ place: Int) throws
  {
    let wild = WildPlugin.parameters(.fault, from: "2016-02-01", until: "2016-02-01", buys: true)
    let calm = try run("calm.db", wild)
    #expect(try remarks(calm).contains("plugin wild failed"))
    let cut = try run("cut.db", wild, environment: ["WHARF_DRILL_PLACE": "\(place)"])
    #expect(cut.wasKilled)
    // The record says how often it failed; what is counted by the wall clock is another matter.
    try? FileManager.default.removeItem(atPath: "\(home.path)/state/plugin-failures.json")
    let before = cut.errors.contains("plugin failure")
    let after = try run("cut.db", wild, environment: before ? ["WILD_QUIET": "1"] : [:])
    #expect(after.status == 0, "\(after.errors)")
    #expect(before == (place > 50), "one place before the failure, and others after it")
    #expect(try `host run`.digest(home, "calm.db") == `host run`.digest(home, "cut.db"))
  }

  @Test func `says so when it fails where its record knows of no failure`() throws {
    let wild = WildPlugin.parameters(.fault, from: "2016-02-01", until: "2016-02-01")
    let cut = try run("cut.db", wild, environment: ["WILD_QUIET": "1", "WHARF_DRILL_PLACE": "60"])
    #expect(cut.wasKilled)
    let failed = try run("cut.db", wild)
    #expect(failed.status == 70, "\(failed.errors)")
    #expect(failed.errorCode == "plugin_failed")
    #expect(failed.output.contains("strategy.on_bar"))
    #expect(try run("cut.db", wild, environment: ["WILD_QUIET": "1"]).status == 0)
  }

  @Test(arguments: [(WildPlugin.Mode.fault, "in-process", "fault"), (.crash, "isolated", "signal")])
  func `has no backtest, which ends with 70 and the plugin's name`(
    _ mode: WildPlugin.Mode, _ isolation: String, _ kind: String
  ) throws {
    try WildPlugin.install(in: home, isolation: isolation)
    let result = try StrangerPlugin.host(
      ["backtest", "--strategy", "wild", "--data", "\(home.path)/bars", "--json"]
        + WildPlugin.parameters(mode, from: "2016-06-01"), in: home)
    #expect(result.status == 70, "\(result.output)")
    #expect(result.errorCode == "plugin_failed")
    #expect(result.output.contains("wild 1.2.3"))
    let record = try String(contentsOfFile: "\(home.path)/state/plugin-failures.json", encoding: .utf8)
    #expect(record.contains(#""kind":"\#(kind)""#), "\(record)")
  }
}
