import CommandLineKit
import Foundation
import Hashing
import PluginHost
import Testing
import TradingTypes

@testable import HostCommands

@Suite(.serialized) struct `A quarantined plugin` {
  let home: HostProcess.Folder

  init() throws {
    home = try HostProcess.Folder()
    let row = try Self.row(home)
    let digest = try #require(Digest(hex: row["sha256"] as? String ?? ""))
    let plugin = PluginIdentity(id: "sma-cross", version: row["version"] as? String ?? "", digest: digest)
    try FailureFile(home: home.path).update { book in
      for second: Int64 in 1...3 {
        book.record(
          PluginFailure(
            plugin: plugin, call: "strategy.on_bar", kind: .timeout, detail: "ran for 10 s",
            time: Timestamp(nanoseconds: second * 1_000_000_000)))
      }
    }
  }

  private static func row(_ home: HostProcess.Folder) throws -> [String: Any] {
    let listed = try HostProcess.run(["list-plugins", "--json"], home: home)
    let plugins = try #require(try listed.json["plugins"] as? [[String: Any]])
    return try #require(plugins.first { $0["id"] as? String == "sma-cross" })
  }

  private func run() throws -> HostProcess.Result {
    try HostProcess.run(["run", "--strategy", "sma-cross", "--to", "2009-03-01", "--json"], home: home)
  }

  @Test func `is listed with what happened and how to release it`() throws {
    let row = try Self.row(home)
    #expect(row["status"] as? String == "quarantined")
    #expect(
      row["reason"] as? String
        == "quarantined: failed 3 times within 10 minutes, last at 1970-01-01T00:00:03Z: "
        + "strategy.on_bar: timeout: ran for 10 s")
    #expect((row["remedy"] as? String)?.contains("host release-plugin sma-cross") == true)
  }

  @Test func `is not loaded, and works again once it is released`() throws {
    let refused = try run()
    #expect(refused.status == 77)
    #expect(refused.errorCode == "plugin_quarantined")
    #expect(refused.output.contains("host release-plugin sma-cross"))
    let released = try HostProcess.run(["release-plugin", "sma-cross", "--json"], home: home)
    #expect(released.status == 0)
    let files = try #require(try released.json["released"] as? [[String: Any]])
    #expect(files.count == 1)
    #expect(try Self.row(home)["status"] as? String == "ready")
    #expect(try run().status == 0)
  }

  @Test func `keeps its options in the configuration, which is right`() throws {
    try home.write("config.yaml", "plugins:\n  sma-cross:\n    fast: 5\n")
    let checked = try HostProcess.run(["config", "check", "--json"], home: home)
    #expect(checked.status == 0, "\(checked.output)")
  }

  @Test(arguments: [("no-such", 66, "unknown_plugin"), ("rsi2", 64, "not_quarantined")])
  func `is named when another one is to be released`(_ id: String, _ status: Int32, _ code: String) throws {
    let result = try HostProcess.run(["release-plugin", id, "--json"], home: home)
    #expect(result.status == status)
    #expect(result.errorCode == code)
    #expect(result.output.contains("sma-cross"))
  }

  @Test func `is not loaded on a guess when the record cannot be read`() throws {
    try home.write("state/plugin-failures.json", "{\"schema\":1,\"failures\":[")
    let refused = try run()
    #expect(refused.status == 78)
    #expect(refused.errorCode == "failures_unreadable")
  }

  @Test func `record survives being written and read`() throws {
    let file = FailureFile(home: home.path)
    let book = try file.read()
    #expect(book.entries.count == 3 && book.quarantines.count == 1)
    #expect(try FailureBook(reading: Array(book.json.text.utf8)) == book)
  }
}
