import Foundation
import Testing

@Suite struct `host backtest with a ledger` {
  /// Enough bars for more than one transaction.
  private static func home() throws -> HostProcess.Folder {
    let home = try HostProcess.Folder()
    try FileManager.default.createDirectory(atPath: "\(home.path)/bars", withIntermediateDirectories: true)
    for index in 1...4 { try home.write("bars/S\(index).csv", MadeUpBars.csv(symbol: UInt64(index), days: 900)) }
    return home
  }

  private static func run(
    _ home: HostProcess.Folder, _ ledger: String, _ more: [String] = [], environment: [String: String] = [:]
  ) throws -> HostProcess.Result {
    try HostProcess.run(
      ["backtest"] + RecordedStretch.smaCross + [
        "--data", "\(home.path)/bars", "--market", "equity", "--json", "--ledger", "\(home.path)/\(ledger)",
      ] + more, home: home, environment: environment)
  }

  @Test func `records every trade of its summary for the commands that read a ledger`() throws {
    let home = try Self.home()
    let result = try Self.run(home, "a.db")
    #expect(result.status == 0, "\(result.errors)")
    let summary = try result.json
    #expect(summary["ledger"] as? String == "\(home.path)/a.db")
    let read = try HostProcess.run(["trades", "--ledger", "\(home.path)/a.db", "--json"], home: home)
    let trades = try #require(try read.json["trades"] as? [NSDictionary])
    #expect(trades.count > 50)
    #expect(trades == summary["trades_list"] as? [NSDictionary])
    let verified = try HostProcess.run(["ledger", "verify", "\(home.path)/a.db", "--json"], home: home)
    #expect(verified.status == 0, "\(verified.output)")
    let why = try HostProcess.run(["why", "S1", "--ledger", "\(home.path)/a.db", "--json"], home: home)
    let decisions = try #require(try why.json["decisions"] as? [[String: Any]])
    #expect(decisions.contains { $0["code"] as? String == "raised" })
    let signals = try HostProcess.run(["signals", "--ledger", "\(home.path)/a.db", "--json"], home: home)
    #expect(signals.output.contains("bars_sha256"))
  }

  @Test func `changes nothing of the result`() throws {
    let home = try Self.home()
    var recorded = try Self.run(home, "a.db").json
    var plain = try HostProcess.run(
      ["backtest"] + RecordedStretch.smaCross + ["--data", "\(home.path)/bars", "--market", "equity", "--json"],
      home: home
    ).json
    for key in ["engine_seconds", "ledger", "load_seconds", "peak_rss_bytes"] {
      recorded[key] = nil
      plain[key] = nil
    }
    #expect(recorded.count > 30)
    #expect(NSDictionary(dictionary: recorded) == NSDictionary(dictionary: plain))
  }

  @Test func `refuses a finished ledger and another backtest's, and begins anew when told to`() throws {
    let home = try Self.home()
    #expect(try Self.run(home, "a.db").status == 0)
    let digest = try `host run`.digest(home, "a.db")
    let again = try Self.run(home, "a.db")
    #expect(again.status == 73)
    #expect(again.errorCode == "session_finished")
    let others = [
      ["--cash", "5000"], ["--param", "fast=4"], ["--to", "2017-12-29"], ["--commission-rate", "0.001"],
    ]
    for other in others {
      let result = try Self.run(home, "a.db", other)
      #expect(result.status == 78, "\(other)")
      #expect(result.errorCode == "other_session")
    }
    #expect(try `host run`.digest(home, "a.db") == digest)
    let new = try Self.run(home, "a.db", ["--new", "--cash", "5000"])
    #expect(new.status == 0, "\(new.output)")
    #expect(try `host run`.digest(home, "a.db.1") == digest)
  }

  @Test func `a paper session's ledger is another session's`() throws {
    let home = try `host run`.home()
    _ = try HostProcess.run(`host run`.arguments(home, ledger: "a.db"), home: home)
    let result = try Self.run(home, "a.db")
    #expect(result.status == 78)
    #expect(result.output.contains("mode: paper in the ledger, backtest now"))
  }

  @Test func `one that was killed is run again from its beginning to the same record`() throws {
    let home = try Self.home()
    #expect(try Self.run(home, "calm.db").status == 0)
    let cut = try Self.run(home, "cut.db", environment: ["WHARF_DRILL_PLACE": "0"])
    #expect(cut.wasKilled, "\(cut.output)")
    let rows = try HostProcess.run(["orders", "--ledger", "\(home.path)/cut.db", "--json"], home: home)
    #expect(try #require(try rows.json["orders"] as? [Any]).count > 100)
    let after = try Self.run(home, "cut.db")
    #expect(after.status == 0, "\(after.output) \(after.errors)")
    #expect(try `host run`.digest(home, "calm.db") == `host run`.digest(home, "cut.db"))
    let verified = try HostProcess.run(["ledger", "verify", "\(home.path)/cut.db", "--json"], home: home)
    #expect(verified.status == 0, "\(verified.output)")
  }

  @Test func `--new without a ledger is refused`() throws {
    let home = try HostProcess.Folder()
    let result = try HostProcess.run(["backtest", "--strategy", "sma-cross", "--new", "--json"], home: home)
    #expect(result.status == 64)
    #expect(result.errorCode == "missing_option")
  }
}
