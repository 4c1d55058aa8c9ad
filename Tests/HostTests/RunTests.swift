import Foundation
import Testing

@Suite(.serialized) struct `host run` {
  static let session = [
    "run", "--strategy", "sma-cross", "--param", "fast=3", "--param", "slow=8", "--param", "quantity=20", "--approve",
    "all",
    "--json",
  ]

  /// A home with three symbols' bars.
  static func home() throws -> HostProcess.Folder {
    let folder = try HostProcess.Folder()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/bars", withIntermediateDirectories: true)
    for (index, symbol) in ["AAA", "BBB", "CCC"].enumerated() {
      try folder.write("bars/\(symbol).csv", MadeUpBars.csv(symbol: UInt64(index + 1)))
    }
    return folder
  }

  static func arguments(_ home: HostProcess.Folder, ledger: String) -> [String] {
    session + ["--data", "\(home.path)/bars", "--ledger", "\(home.path)/\(ledger)"]
  }

  static func digest(_ home: HostProcess.Folder, _ ledger: String) throws -> String {
    let result = try HostProcess.run(["ledger", "digest", "\(home.path)/\(ledger)", "--json"], home: home)
    return try #require(try result.json["digest"] as? String)
  }

  @Test func `a session trades, its sums agree, and a second run has the same digest`() throws {
    let home = try Self.home()
    let first = try HostProcess.run(Self.arguments(home, ledger: "a.db"), home: home)
    #expect(first.status == 0, "\(first.errors)")
    let summary = try first.json
    #expect(summary["schema"] as? Int == 1)
    #expect(try #require(summary["trades"] as? Int) > 10)
    #expect((summary["fills"] as? Int ?? 0) >= 2 * (summary["trades"] as? Int ?? 0))
    let second = try HostProcess.run(Self.arguments(home, ledger: "b.db"), home: home)
    #expect(second.status == 0)
    #expect(try Self.digest(home, "a.db") == Self.digest(home, "b.db"))
    let verified = try HostProcess.run(["ledger", "verify", "\(home.path)/a.db", "--json"], home: home)
    #expect(verified.status == 0, "\(verified.output)")
    let rows = try HostProcess.run(["trades", "--ledger", "\(home.path)/a.db", "--json"], home: home)
    let trades = try #require(try rows.json["trades"] as? [[String: Any]])
    #expect(trades.count == summary["trades"] as? Int)
    for trade in trades {
      for key in ["entry", "exit"] {
        let (date, instant) = (trade["\(key)_time"] as? String ?? "", trade["\(key)_at"] as? String ?? "")
        #expect(date.hasSuffix("T00:00:00Z") && date.prefix(10) == instant.prefix(10) && date != instant, "\(trade)")
      }
    }
    let pnl = trades.compactMap { Decimal(string: $0["pnl"] as? String ?? "") }.reduce(0, +)
    #expect(pnl == Decimal(string: summary["realised_pnl"] as? String ?? ""))
  }

  @Test func `a finished session is not run again, another one's ledger is refused, and --new keeps the old`() throws {
    let home = try Self.home()
    _ = try HostProcess.run(Self.arguments(home, ledger: "a.db"), home: home)
    let digest = try Self.digest(home, "a.db")
    let again = try HostProcess.run(Self.arguments(home, ledger: "a.db"), home: home)
    #expect(again.status == 73)
    #expect(again.errorCode == "session_finished")
    let other = try HostProcess.run(Self.arguments(home, ledger: "a.db") + ["--cash", "5000"], home: home)
    #expect(other.status == 78)
    #expect(other.errorCode == "other_session")
    #expect(try Self.digest(home, "a.db") == digest)
    let new = try HostProcess.run(Self.arguments(home, ledger: "a.db") + ["--new"], home: home)
    #expect(new.status == 0)
    let kept = try FileManager.default.contentsOfDirectory(atPath: home.path).filter { $0.hasPrefix("a.db") }
    #expect(kept.count >= 2, "\(kept)")
  }

  @Test func `a damaged ledger is refused by every reader`() throws {
    let home = try Self.home()
    _ = try HostProcess.run(Self.arguments(home, ledger: "a.db"), home: home)
    let file = try #require(FileHandle(forUpdatingAtPath: "\(home.path)/a.db"))
    let size = try file.seekToEnd()
    try file.seek(toOffset: size / 4)
    try file.write(contentsOf: Data(repeating: 0xA5, count: Int(size / 2)))
    try file.close()
    for command in [["trades"], ["signals"], ["why", "AAA"]] {
      let result = try HostProcess.run(command + ["--ledger", "\(home.path)/a.db", "--json"], home: home)
      #expect(result.status == 65, "\(command): \(result.output)")
    }
  }

  @Test(arguments: [0, 3, 17, 60, 101]) func `a session that was killed goes on to the same record`(_ place: Int) throws
  {
    let home = try Self.home()
    _ = try HostProcess.run(Self.arguments(home, ledger: "calm.db"), home: home)
    let cut = try HostProcess.run(
      Self.arguments(home, ledger: "cut.db"), home: home, environment: ["WHARF_DRILL_PLACE": "\(place)"])
    #expect(cut.wasKilled)
    let after = try HostProcess.run(Self.arguments(home, ledger: "cut.db"), home: home)
    #expect(after.status == 0, "\(after.errors)")
    #expect(try Self.digest(home, "calm.db") == Self.digest(home, "cut.db"))
  }

  @Test func `without a terminal, signals that need a person expire and nothing is traded`() throws {
    let home = try HostProcess.Folder()
    let result = try HostProcess.run(["run", "--to", "2010-12-31", "--json"], home: home)
    #expect(result.status == 0, "\(result.errors)")
    let summary = try result.json
    #expect(summary["orders"] as? Int == 0)
    #expect((summary["expired"] as? Int ?? 0) > 0)
    let remarks = try #require(summary["remarks"] as? [String])
    #expect(remarks.contains { $0.contains("expired unanswered") && $0.contains("--approve all") })
  }

  @Test func `the embedded session trades and exits once somebody says yes`() throws {
    let home = try HostProcess.Folder()
    let result = try HostProcess.run(["run", "--approve", "all", "--to", "2011-12-31", "--json"], home: home)
    let summary = try result.json
    #expect((summary["trades"] as? Int ?? 0) > 0, "\(result.errors)")
    let why = try HostProcess.run(["why", "SPX", "--json"], home: home)
    let decisions = try #require(try why.json["decisions"] as? [[String: Any]])
    #expect(!decisions.isEmpty)
  }

  @Test func `typed input is no terminal: nothing in it approves`() throws {
    let home = try HostProcess.Folder()
    let result = try HostProcess.run(
      ["run", "--to", "2010-12-31", "--json"], home: home, input: "all\nall\nall\n")
    #expect(try result.json["approved"] as? Int == 0)
  }
}
