import Foundation
import Testing

@Suite struct `A third-party plugin` {
  static func row(_ id: String, in home: HostProcess.Folder, _ options: [String] = []) throws -> [String: Any] {
    let result = try StrangerPlugin.host(["list-plugins", "--json"] + options, in: home)
    let plugins = try #require(try result.json["plugins"] as? [[String: Any]], "\(result.errors)")
    return try #require(plugins.first { $0["id"] as? String == id })
  }

  static func backtest(_ home: HostProcess.Folder, _ options: [String] = []) throws -> HostProcess.Result {
    try home.write("AAA.csv", MadeUpBars.csv(symbol: 5, days: 30))
    return try StrangerPlugin.host(
      ["backtest", "--strategy", "stranger", "--data", "\(home.path)/AAA.csv", "--json"] + options, in: home)
  }

  private func text(_ row: [String: Any], _ key: String) -> String? { row[key] as? String }

  @Test func `is used when it was approved, and again only when its change was`() throws {
    let home = try HostProcess.Folder()
    try StrangerPlugin(permissions: ["http:api.example.com"]).build(in: home)
    var row = try Self.row("stranger", in: home)
    #expect(text(row, "status") == "needs_approval" && text(row, "isolation") == "isolated")
    #expect(text(row, "source") == "third-party" && row["approved"] as? Bool == false)
    #expect(text(row, "reason") == "new: not approved yet, asks for http:api.example.com")
    #expect(text(row, "remedy") == "run host approve-plugin stranger")
    let refused = try Self.backtest(home)
    #expect(refused.status == 77 && refused.errorCode == "plugin_not_approved", "\(refused.output)")

    try StrangerPlugin.trust("stranger", in: home)
    row = try Self.row("stranger", in: home)
    #expect(text(row, "status") == "ready" && text(row, "isolation") == "in-process")
    #expect(row["approved"] as? Bool == true && row["reason"] is NSNull)
    let used = try Self.backtest(home)
    #expect(used.status == 0, "\(used.output) \(used.errors)")

    try StrangerPlugin(version: "1.1.0", permissions: ["http:other.example.com"]).build(in: home)
    row = try Self.row("stranger", in: home)
    #expect(text(row, "status") == "needs_approval" && text(row, "isolation") == "isolated")
    let reason = try #require(text(row, "reason"))
    #expect(
      reason.hasPrefix(
        "changed since it was approved: version 1.0.0 to 1.1.0, permissions added: http:other.example.com, permissions "
          + "removed: http:api.example.com, SHA-256 "), "\(reason)")
    #expect(try Self.backtest(home).status == 77)

    let approved = try StrangerPlugin.host(["approve-plugin", "stranger", "--yes", "--json"], in: home).json
    #expect(approved["approved"] as? Bool == true && approved["is_new"] as? Bool == false)
    let changes = try #require(approved["changes"] as? [[String: Any]])
    #expect(changes.compactMap { $0["field"] as? String } == ["version", "permissions", "sha256", "isolation"])
    #expect(changes[0]["from"] as? String == "1.0.0" && changes[0]["to"] as? String == "1.1.0")
    #expect(changes[1]["added"] as? [String] == ["http:other.example.com"])
    #expect(changes[1]["removed"] as? [String] == ["http:api.example.com"])
    // The wall that was taken down for the old file stands again.
    #expect(changes[3]["from"] as? String == "in-process" && changes[3]["to"] as? String == "isolated")
    row = try Self.row("stranger", in: home)
    #expect(text(row, "status") == "ready" && text(row, "isolation") == "isolated")
  }

  @Test func `whose content alone changed is refused by name, with the reason, though nobody listed it`() throws {
    let home = try HostProcess.Folder()
    try StrangerPlugin().build(in: home)
    try StrangerPlugin.trust("stranger", in: home)
    try StrangerPlugin(inStart: "abort()").build(in: home)
    let refused = try Self.backtest(home)
    #expect(refused.status == 77 && refused.errorCode == "plugin_not_approved", "\(refused.output)")
    let error = try #require(try refused.json["error"] as? [String: Any])
    #expect((error["message"] as? String)?.contains("changed since it was approved: SHA-256 ") == true, "\(error)")
    #expect(error["remedy"] as? String == "run host approve-plugin stranger")
  }

  struct Answer: CustomTestStringConvertible {
    var input: String
    var status: Int32
    var testDescription: String { "\(input.debugDescription) gives \(status)" }
  }

  @Test(arguments: [
    Answer(input: "", status: 77), Answer(input: "\n\n", status: 77), Answer(input: "y\nok\n", status: 77),
    Answer(input: "no\n", status: 77), Answer(input: "NO\nYES\n", status: 77), Answer(input: " YES\n", status: 77),
    Answer(input: "\nYES\n", status: 0), Answer(input: "yes\n", status: 0),
  ]) func `is allowed by the whole word only, never by an empty line or the end of the input`(_ row: Answer) throws {
    let home = try HostProcess.Folder()
    try StrangerPlugin().build(in: home)
    let result = try StrangerPlugin.host(["approve-plugin", "stranger", "--json"], in: home, input: row.input)
    #expect(result.status == row.status, "\(result.output)")
    if row.status != 0 { #expect(result.errorCode == "not_approved") }
    #expect(FileManager.default.fileExists(atPath: "\(home.path)/plugins.lock") == (row.status == 0))
    #expect(result.errors.contains("ask for nothing outside the host"), "\(result.errors)")
  }

  @Test func `is shown with all that it asks for, and with a strong warning where no wall is wanted`() throws {
    let home = try HostProcess.Folder()
    let path = try StrangerPlugin(permissions: ["process:git", "secret:KEY"]).build(in: home)
    let shown = try StrangerPlugin.host(["approve-plugin", path, "--isolation", "in-process"], in: home).errors
    for part in [
      "stranger 1.0.0: Stranger", path, "strategy", "process:git  (the host runs the command git for it)",
      "secret:KEY  (the host puts the secret KEY into its requests; it never sees it)", "speed: how fast",
      "its positions: protect", "never made; run host check-plugin", "in-process, there is no wall",
    ] { #expect(shown.contains(part), "\(part) is missing in \(shown)") }
    let isolated = try StrangerPlugin.host(["approve-plugin", path], in: home).errors
    #expect(!isolated.contains("there is no wall") && isolated.contains("isolated"))
  }

  @Test func `runs behind its wall, where a crash takes nobody down and makes nobody a suspect`() throws {
    let home = try HostProcess.Folder()
    try StrangerPlugin().build(in: home)
    try #require(try StrangerPlugin.host(["approve-plugin", "stranger", "--yes"], in: home).status == 0)
    #expect(try Self.backtest(home).status == 0)
    try StrangerPlugin(inCreate: "abort()").build(in: home)
    try #require(try StrangerPlugin.host(["approve-plugin", "stranger", "--yes"], in: home).status == 0)
    let crashed = try Self.backtest(home)
    #expect(!crashed.wasKilled && crashed.errorCode == "plugin_failed", "\(crashed.output)")
    #expect(crashed.errors.contains("SIGABRT"), "\(crashed.errors)")
    #expect(try !StrangerPlugin.host(["list-plugins"], in: home).errors.contains("the host died"))
  }

  @Test func `is approved in sight of what its check said, which the lock keeps`() throws {
    let home = try HostProcess.Folder()
    let path = try StrangerPlugin().build(in: home)
    let checked = try StrangerPlugin.host(["check-plugin", path, "--level", "1", "--seed", "7", "--json"], in: home)
      .json
    let (passed, failed) = (try #require(checked["passed"] as? Int), try #require(checked["failed"] as? Int))
    try #require(passed > 0)
    let shown = try StrangerPlugin.host(["approve-plugin", "stranger"], in: home).errors
    #expect(shown.contains("\(passed) passed, \(failed) failed at level 1, "), "\(shown)")
    let approved = try StrangerPlugin.host(["approve-plugin", "stranger", "--yes", "--json"], in: home).json
    let verdict = try #require((approved["plugin"] as? [String: Any])?["check"] as? [String: Any])
    #expect(verdict["passed"] as? Int == passed && verdict["seed"] as? Int == 7 && verdict["level"] as? Int == 1)
    // Another file has not been checked.
    try StrangerPlugin(version: "1.1.0").build(in: home)
    #expect(try StrangerPlugin.host(["approve-plugin", "stranger"], in: home).errors.contains("never made"))
  }

  @Test func `that the configuration disables is not used, though only the command line makes that whole`() throws {
    let home = try HostProcess.Folder()
    try StrangerPlugin(required: true).build(in: home)
    try StrangerPlugin.trust("stranger", in: home)
    let settings = "plugins:\n  stranger: {speed: 2}\n"
    try home.write("config.yaml", settings)
    #expect(try Self.backtest(home, ["--param", "key=1"]).status == 0)
    try home.write("config.yaml", settings + "  disabled: [stranger]\n")
    let refused = try Self.backtest(home, ["--param", "key=1"])
    #expect(refused.status == 78 && refused.errorCode == "plugin_unusable", "\(refused.output)")
  }

  @Test func `can be approved where it lies, wherever it is moved then`() throws {
    let (home, elsewhere) = (try HostProcess.Folder(), try HostProcess.Folder())
    let path = try StrangerPlugin().build(in: elsewhere)
    let approved = try StrangerPlugin.host(["approve-plugin", path, "--yes", "--json"], in: home).json
    #expect(approved["is_listed"] as? Bool == false && approved["is_new"] as? Bool == true)
    #expect(try StrangerPlugin.host(["approve-plugin", path], in: home).status == 0)
    try FileManager.default.copyItem(atPath: path, toPath: "\(home.path)/renamed.so")
    #expect(text(try Self.row("stranger", in: home), "status") == "ready")
  }

  @Test func `is not used any more when its approval was taken back`() throws {
    let home = try HostProcess.Folder()
    try StrangerPlugin().build(in: home)
    try StrangerPlugin.trust("stranger", in: home)
    #expect(try StrangerPlugin.host(["revoke-plugin", "stranger"], in: home).status == 0)
    #expect(text(try Self.row("stranger", in: home), "status") == "needs_approval")
    let again = try StrangerPlugin.host(["revoke-plugin", "stranger", "--json"], in: home)
    #expect(again.status == 66 && again.errorCode == "not_approved")
  }

  @Test(
    arguments: [
      (["approve-plugin", "nobody"], 66, "unknown_plugin"), (["approve-plugin", "./nothing.so"], 66, "no_such_file"),
      (["approve-plugin", "sma-cross", "--isolation", "isolated"], 64, "first_party"),
      (["approve-plugin", "stranger", "--isolation", "none"], 64, "invalid_value"),
      (["approve-plugin", "HOME/text.so", "--yes"], 78, "plugin_unusable"),
    ] as [([String], Int32, String)])
  func `is refused with what is wrong when there is nothing to approve`(
    _ arguments: [String], _ status: Int32, _ code: String
  ) throws {
    let home = try HostProcess.Folder()
    try home.write("text.so", "not a plugin")
    let words = arguments.map { $0.replacingOccurrences(of: "HOME", with: home.path) }
    let result = try StrangerPlugin.host(words + ["--json"], in: home)
    #expect(result.status == status && result.errorCode == code, "\(result.output)")
  }

  @Test func `of the host needs no approval`() throws {
    let home = try HostProcess.Folder()
    let result = try StrangerPlugin.host(["approve-plugin", "sma-cross", "--json"], in: home).json
    #expect(result["approved"] as? Bool == true)
    let plugin = try #require(result["plugin"] as? [String: Any])
    #expect(plugin["source"] as? String == "first-party" && plugin["isolation"] as? String == "in-process")
    #expect(!FileManager.default.fileExists(atPath: "\(home.path)/plugins.lock"))
  }

  @Test(arguments: ["", "{", "{\"schema\":1,\"plugins\":{},\"checked\":{}", "[]"])
  func `is used by nobody while the lock is damaged, but safe mode starts`(_ lock: String) throws {
    let home = try HostProcess.Folder()
    try StrangerPlugin().build(in: home)
    try home.write("plugins.lock", lock)
    for command in [["list-plugins"], ["approve-plugin", "stranger", "--yes"], ["revoke-plugin", "stranger"]] {
      let result = try StrangerPlugin.host(command + ["--json"], in: home)
      #expect(result.status == 78 && result.errorCode == "bad_plugin_lock", "\(result.output)")
      let error = try #require(try result.json["error"] as? [String: Any])
      #expect((error["where"] as? String)?.hasPrefix("\(home.path)/plugins.lock: ") == true, "\(error)")
      #expect((error["remedy"] as? String)?.contains("approve your plugins again") == true)
    }
    #expect(try String(contentsOfFile: "\(home.path)/plugins.lock", encoding: .utf8) == lock)
    #expect(text(try Self.row("stranger", in: home, ["--safe-mode"]), "status") == "disabled")
  }
}
