import Foundation
import Testing

@Suite struct `host data` {
  static let header = "timestamp,open,high,low,close,volume\n"

  /// Rows of days in 2016, all with one close.
  static func days(_ days: ClosedRange<Int>, close: String = "10.5") -> String {
    days.map { "2016-01-\($0 < 10 ? "0" : "")\($0)T00:00:00Z,10,11.25,9,\(close),100\n" }.joined()
  }

  static func series(_ result: HostProcess.Result) throws -> [[String: Any]] {
    try #require(try result.json["series"] as? [[String: Any]], "\(result.output) \(result.errors)")
  }

  @discardableResult
  static func run(_ arguments: String..., home: HostProcess.Folder, status: Int32 = 0) throws -> HostProcess.Result {
    let result = try HostProcess.run(["data"] + arguments + ["--json"], home: home)
    #expect(result.status == status, "\(arguments): \(result.output) \(result.errors)")
    return result
  }

  @Test func `imports, lists, verifies, and what it stored runs as the files do`() throws {
    let home = try HostProcess.Folder()
    try FileManager.default.createDirectory(atPath: "\(home.path)/csv", withIntermediateDirectories: true)
    for index in 1...3 { try home.write("csv/S\(index).csv", MadeUpBars.csv(symbol: UInt64(index))) }
    try home.write("csv/notes.txt", "no bars\n")
    let imported = try Self.run("import", "\(home.path)/csv", home: home)
    #expect(try imported.json["added"] as? Int == 780)
    #expect(try imported.json["skipped"] as? Int == 1)
    #expect(try Self.series(imported).map { $0["action"] as? String } == ["created", "created", "created"])
    let listed = try Self.series(Self.run("list", home: home))
    #expect(listed.map { $0["symbol"] as? String } == ["S1", "S2", "S3"])
    let first = try #require(listed.first)
    #expect(first["bars"] as? Int == 260 && first["bar_seconds"] as? Int == 86_400)
    #expect(first["first"] as? String == "2016-01-04T00:00:00Z" && first["source"] as? String == "csv")
    #expect((first["hash"] as? String)?.count == 64 && (first["bytes"] as? Int).map { $0 > 500 } == true)
    #expect(first["file"] as? String == "\(home.path)/data/S1_1d.bars")
    let verified = try Self.run("verify", home: home)
    #expect(try verified.json["bars"] as? Int == 780)
    #expect(try verified.json["whole"] as? Bool == true)
    let digests = try ["csv", "data", "data/S1_1d.bars"].map { path in
      let ledger = "\(home.path)/\(path.hasPrefix("data/") ? "one" : path).db"
      let run = try HostProcess.run(
        [
          "run", "--strategy", "sma-cross", "--data", "\(home.path)/\(path)", "--approve", "all", "--ledger", ledger,
          "--json",
        ], home: home)
      #expect(run.status == 0, "\(run.output) \(run.errors)")
      return try #require(
        try HostProcess.run(["ledger", "digest", ledger, "--json"], home: home).json["digest"] as? String)
    }
    #expect(digests[0] == digests[1])
    #expect(digests[0] != digests[2])
  }

  @Test func `adds what is new, leaves what is there, and refuses what differs`() throws {
    let home = try HostProcess.Folder()
    let file = "\(home.path)/A.csv"
    /// Imports rows and answers what was done, how many bars were added and how many there are.
    func imports(_ rows: String, _ options: String..., status: Int32 = 0) throws -> [String] {
      try home.write("A.csv", Self.header + rows)
      let result = try HostProcess.run(["data", "import", file, "--json"] + options, home: home)
      #expect(result.status == status, "\(result.output) \(result.errors)")
      guard status == 0 else { return [result.errorCode ?? ""] }
      let row = try #require(Self.series(result).first)
      return [row["action"] as? String ?? "", "\(row["added"] ?? "")", "\(row["bars"] ?? "")"]
    }
    func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(home.path)/data/A_1d.bars")) }
    #expect(try imports(Self.days(5...8)) == ["created", "4", "4"])
    let before = try bytes()
    #expect(try imports(Self.days(5...8)) == ["unchanged", "0", "4"])
    #expect(try imports(Self.days(6...7)) == ["unchanged", "0", "4"])
    #expect(try bytes() == before)
    #expect(try imports(Self.days(8...12)) == ["appended", "4", "8"])
    #expect(try imports(Self.days(4...6)) == ["merged", "1", "9"])
    let merged = try bytes()
    #expect(try imports(Self.days(6...14, close: "10.51"), status: 65) == ["conflicting_bars"])
    #expect(try bytes() == merged)
    #expect(try imports(Self.days(6...14, close: "10.51"), "--replace") == ["replaced", "9", "9"])
    // All at once gives the same file as bit by bit.
    let other = try HostProcess.Folder()
    try other.write("A.csv", Self.header + Self.days(4...12))
    try Self.run("import", "\(other.path)/A.csv", home: other)
    let hashes = try [merged, Data(contentsOf: URL(fileURLWithPath: "\(other.path)/data/A_1d.bars"))].map { data in
      try data.write(to: URL(fileURLWithPath: "\(other.path)/x.bars"))
      return try Self.series(Self.run("list", "\(other.path)/x.bars", home: other)).first?["hash"] as? String
    }
    #expect(hashes[0] != nil && hashes[0] == hashes[1])
  }

  @Test func `a conflict names the bar, both versions and what to do, and imports nothing at all`() throws {
    let home = try HostProcess.Folder()
    try home.write("B.csv", Self.header + Self.days(5...8))
    try Self.run("import", "\(home.path)/B.csv", home: home)
    try home.write("A.csv", Self.header + Self.days(5...8))
    try home.write("B.csv", Self.header + Self.days(5...8, close: "10.25"))
    let result = try Self.run("import", "\(home.path)/A.csv", "\(home.path)/B.csv", home: home, status: 65)
    let error = try #require(try result.json["error"] as? [String: Any])
    #expect(error["where"] as? String == "\(home.path)/data/B_1d.bars: B")
    #expect(
      (error["expected"] as? String)?.contains("2016-01-05T00:00:00Z, open 10.0 high 11.25 low 9.0 close 10.5") == true)
    #expect((error["found"] as? String)?.hasSuffix("close 10.25 volume 100.0, and 4 such bars in all") == true)
    #expect((error["remedy"] as? String)?.contains("--replace") == true)
    #expect(try Self.series(Self.run("list", home: home)).map { $0["symbol"] as? String } == ["B"])
  }

  @Test func `one file may hold many symbols, and an import keeps the others`() throws {
    let home = try HostProcess.Folder()
    let store = "\(home.path)/all.bars"
    try home.write("A.csv", Self.header + Self.days(5...8))
    try home.write("B.csv", Self.header + Self.days(5...9))
    try Self.run("import", "\(home.path)/A.csv", "--into", store, home: home)
    try Self.run("import", "\(home.path)/B.csv", "--into", store, home: home)
    let listed = try Self.series(Self.run("list", store, home: home))
    #expect(listed.map { $0["bars"] as? Int } == [4, 5])
    try home.write("A.csv", Self.header + "2016-01-05T14:30:00Z,1,1,1,1,1\n2016-01-05T14:31:00Z,1,1,1,1,1\n")
    let refused = try Self.run("import", "\(home.path)/A.csv", "--into", store, home: home, status: 65)
    #expect(refused.errorCode == "conflicting_bars")
    // A store is a source too, and --symbols chooses from it.
    try Self.run("import", store, "--symbols", "B", "--into", "\(home.path)/b/c", home: home)
    #expect(try Self.series(Self.run("list", "\(home.path)/b/c", home: home)).map { $0["symbol"] as? String } == ["B"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(home.path)/b/c") == ["B_1d.bars"])
  }

  @Test func `bad rows are listed with file, line and reason, or refused by setting`() throws {
    let home = try HostProcess.Folder()
    try home.write("A.csv", Self.header + Self.days(5...8) + "2016-01-11T00:00:00Z,10,9,8,10,5\n2016-01-12,x,1,1,1,1\n")
    let refused = try HostProcess.run(
      ["data", "import", "\(home.path)/A.csv", "--param", "bad_rows=refuse", "--json"], home: home)
    #expect(refused.status == 65 && refused.errorCode == "high_below_open", "\(refused.output)")
    #expect(!FileManager.default.fileExists(atPath: "\(home.path)/data"))
    let imported = try Self.run("import", "\(home.path)/A.csv", home: home)
    let faults = try #require(try imported.json["faults"] as? [[String: Any]])
    #expect(faults.map { "\($0["code"]!):\($0["line"]!)" } == ["high_below_open:6", "not_a_number:7"])
    #expect(faults.allSatisfy { $0["file"] as? String == "\(home.path)/A.csv" && $0["notice"] as? Bool == false })
    #expect(try imported.json["skipped"] as? Int == 2)
    #expect(imported.errors.contains("A.csv:7: not_a_number: expected a number for open, found \"x\""))
  }
}
