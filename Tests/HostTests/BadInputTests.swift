import Foundation
import Testing

@Suite struct `Bad input` {
  struct Row: CustomTestStringConvertible {
    var name: String
    var arguments: [String]
    var status: Int32
    var code: String
    var configuration = ""
    var files: [String: String] = [:]
    var testDescription: String { name }
  }

  static let good = "timestamp,open,high,low,close,volume\n2016-01-04T00:00:00Z,10,11,9,10,100\n"

  static let rows: [Row] = [
    Row(name: "no such file", arguments: ["run", "--data", "HOME/none.csv"], status: 66, code: "no_such_file"),
    Row(
      name: "a file of another layout", arguments: ["run", "--data", "HOME/x.csv"], status: 65, code: "other_layout",
      files: ["x.csv": "a,b\n1,2\n"]),
    Row(
      name: "an empty range", arguments: ["run", "--from", "2016-02-01", "--to", "2016-01-01"], status: 65,
      code: "empty_range"),
    Row(
      name: "a range behind the data", arguments: ["run", "--from", "2030-01-01"], status: 65, code: "empty_range"),
    Row(
      name: "a disabled plugin", arguments: ["run", "--strategy", "sma-cross"], status: 78, code: "plugin_unusable",
      configuration: "plugins:\n  disabled: [sma-cross]\n"),
    Row(name: "an unknown plugin", arguments: ["run", "--strategy", "none-such"], status: 66, code: "unknown_plugin"),
    Row(name: "a plugin of another role", arguments: ["scan", "paper"], status: 64, code: "wrong_role"),
    Row(
      name: "an unknown parameter", arguments: ["run", "--param", "speed=1"], status: 64, code: "unknown_parameter"),
    Row(
      name: "a parameter outside its bounds", arguments: ["run", "--strategy", "sma-cross", "--param", "fast=0"],
      status: 78, code: "out_of_bounds"),
    Row(name: "an unknown option", arguments: ["run", "--sped", "max"], status: 64, code: "unknown_option"),
    Row(name: "an unknown command", arguments: ["rum"], status: 64, code: "unknown_subcommand"),
    Row(
      name: "an unknown key in the configuration", arguments: ["config", "check"], status: 78, code: "unknown_key",
      configuration: "risk:\n  max_positionz: 3\n"),
    Row(
      name: "a literal secret-like tab", arguments: ["config", "check"], status: 78, code: "syntax",
      configuration: "risk:\n\tmax_positions: 3\n"),
    Row(name: "no ledger", arguments: ["trades"], status: 66, code: "ledger_not_found"),
    Row(
      name: "a ledger that is none", arguments: ["trades", "--ledger", "HOME/x.db"], status: 65, code: "not_a_database",
      files: ["x.db": String(repeating: "no database ", count: 200)]),
    Row(
      name: "a bad date", arguments: ["run", "--from", "2016-02-30"], status: 64, code: "invalid_value"),
  ]

  @Test(arguments: rows) func `gets an error that says what, where, expected, found and what to do`(_ row: Row) throws {
    let home = try HostProcess.Folder()
    if !row.configuration.isEmpty { try home.write("config.yaml", row.configuration) }
    for (name, text) in row.files { try home.write(name, text) }
    let arguments = row.arguments.map { $0.replacingOccurrences(of: "HOME", with: home.path) } + ["--json"]
    let result = try HostProcess.run(arguments, home: home)
    #expect(result.status == row.status, "\(result.output) \(result.errors)")
    #expect(result.errorCode == row.code, "\(result.output)")
    let error = try #require(try result.json["error"] as? [String: Any])
    #expect(Set(error.keys) == ["code", "message", "where", "expected", "found", "remedy"])
    #expect((error["remedy"] as? String)?.isEmpty == false)
  }

  @Test func `bad rows are skipped with a count, or refused where the configuration says so`() throws {
    let home = try HostProcess.Folder()
    var text = MadeUpBars.csv(symbol: 4, days: 40)
    text += "2016-03-01T00:00:00Z,10,9,8,10,5\n2016-12-01T00:00:00Z,abc,1,1,1,1\n"
    try home.write("BAD.csv", text)
    let arguments = ["run", "--strategy", "sma-cross", "--data", "\(home.path)/BAD.csv", "--approve", "all", "--json"]
    let result = try HostProcess.run(arguments, home: home)
    #expect(result.status == 0, "\(result.output)")
    #expect(result.errors.contains("BAD.csv:42:"))
    let remarks = try #require(try result.json["remarks"] as? [String])
    #expect(remarks.contains("2 rows or files of the data were skipped"), "\(remarks) \(result.errors)")
    try home.write("config.yaml", "plugins:\n  replay:\n    bad_rows: refuse\n")
    let refused = try HostProcess.run(arguments + ["--ledger", "\(home.path)/other.db"], home: home)
    #expect(refused.status == 65, "\(refused.output)")
  }
}

@Suite struct `host list-plugins` {
  @Test func `lists every file with status, reason and remedy`() throws {
    let home = try HostProcess.Folder()
    try FileManager.default.createDirectory(atPath: "\(home.path)/p", withIntermediateDirectories: true)
    try home.write("p/broken.so", "not a plugin")
    try home.write("p/readme.txt", "not looked at")
    let result = try HostProcess.run(
      ["list-plugins", "--json"], home: home, environment: ["WHARF_PLUGIN_PATH": "\(home.path)/p"])
    let plugins = try #require(try result.json["plugins"] as? [[String: Any]])
    let ours = [
      "mr-combined", "pump-momentum", "sma-cross", "rsi2", "minimal-c", "alternate", "paper", "replay", "console",
    ]
    for id in ours {
      let row = try #require(plugins.first { $0["id"] as? String == id }, "\(id)")
      #expect(row["status"] as? String == "ready", "\(row)")
      #expect(row["isolation"] as? String == "in-process")
      #expect((row["sha256"] as? String)?.count == 64)
    }
    let broken = try #require(plugins.first { ($0["path"] as? String)?.hasSuffix("broken.so") == true })
    #expect(broken["status"] as? String == "rejected")
    #expect((broken["reason"] as? String)?.isEmpty == false)
    #expect((broken["remedy"] as? String)?.isEmpty == false)
    #expect(!plugins.contains { ($0["path"] as? String)?.hasSuffix("readme.txt") == true })
  }
}
