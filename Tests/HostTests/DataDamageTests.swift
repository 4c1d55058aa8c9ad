import Foundation
import Testing

@Suite struct `Damaged bar stores at the command line` {
  /// A home with a store of one symbol of 2,000 bars, changed by `change`.
  private func home(_ change: (inout [UInt8]) -> Void) throws -> HostProcess.Folder {
    let home = try HostProcess.Folder()
    let rows = (0..<2000).map { index in
      let (day, minute) = (1 + index / 1000, index % 1000)
      let clock = "\(minute / 60 < 10 ? "0" : "")\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
      return "2016-03-0\(day)T\(clock):00Z,10.\(index % 90 + 10),11,9.5,10.5,\(index)\n"
    }
    try home.write("A.csv", `host data`.header + rows.joined())
    try `host data`.run("import", "\(home.path)/A.csv", home: home)
    let url = URL(fileURLWithPath: "\(home.path)/data/A_1m.bars")
    var bytes = [UInt8](try Data(contentsOf: url))
    change(&bytes)
    try Data(bytes).write(to: url)
    return home
  }

  private func error(_ result: HostProcess.Result) throws -> [String: Any] {
    try #require(try result.json["error"] as? [String: Any], "\(result.output) \(result.errors)")
  }

  @Test func `verify and list refuse a torn file and say what to do`() throws {
    let home = try home { $0.removeLast(50) }
    for command in ["verify", "list"] {
      let result = try `host data`.run(command, home: home, status: 65)
      let error = try error(result)
      #expect(error["code"] as? String == "store_torn")
      #expect(error["where"] as? String == "\(home.path)/data/A_1m.bars: header")
      #expect((error["expected"] as? String)?.hasPrefix("a file of ") == true)
      #expect(error["remedy"] as? String == "import it again with --replace, or restore the file from a copy")
    }
  }

  @Test func `verify names each damaged block`() throws {
    let home = try home {
      $0[200] ^= 1
      $0[$0.count / 2] ^= 1
    }
    let result = try `host data`.run("verify", home: home, status: 65)
    let damage = try #require(try result.json["damage"] as? [[String: Any]])
    let places = damage.compactMap { $0["where"] as? String }
    #expect(places.count == 2)
    #expect(places.first?.contains("A_1m.bars: block 1 of 4 of A from 2016-03-01T00:00:00Z, bytes 128..<") == true)
    #expect(try result.json["whole"] as? Bool == false)
    #expect(try result.json["blocks"] as? Int == 4)
    // The list looks at the directory only, which is whole.
    try `host data`.run("list", home: home)
  }

  @Test(arguments: ["header", "block"])
  func `a session over a damaged store ends with bad data`(_ part: String) throws {
    let home = try home { $0[part == "header" ? 60 : $0.count / 2] ^= 1 }
    let result = try HostProcess.run(
      [
        "run", "--strategy", "sma-cross", "--market", "crypto", "--data", "\(home.path)/data", "--approve", "all",
        "--json",
      ],
      home: home)
    #expect(result.status == 65, "\(result.status) \(result.output) \(result.errors)")
    #expect(try error(result)["code"] as? String == (part == "header" ? "store_damaged" : "data_unreadable"))
    #expect((try error(result)["expected"] as? String)?.hasPrefix("checksum ") == true)
    #expect((try error(result)["where"] as? String)?.contains("A_1m.bars") == true)
  }

  /// What an import of the source of the store did, in one word.
  private func imports(_ home: HostProcess.Folder, _ options: String...) throws -> String? {
    let result = try HostProcess.run(["data", "import", "\(home.path)/A.csv", "--json"] + options, home: home)
    guard result.status == 0 else { return result.errorCode }
    return try `host data`.series(result).first?["action"] as? String
  }

  @Test func `an import of the same bars repairs a damaged block`() throws {
    let home = try home { $0[200] ^= 1 }
    #expect(try imports(home) == "repaired")
    try `host data`.run("verify", home: home)
    #expect(try imports(home) == "unchanged")
  }

  @Test(arguments: ["header", "block"])
  func `an import of further bars over a damaged store needs replace`(_ part: String) throws {
    let home = try home { $0[part == "header" ? 60 : 200] ^= 1 }
    let rows = "2016-03-03T00:00:00Z,1,1,1,1,1\n2016-03-03T00:01:00Z,1,1,1,1,1\n"
    try home.write("A.csv", `host data`.header + rows)
    #expect(try imports(home) == "store_damaged")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(home.path)/data") == ["A_1m.bars"])
    try `host data`.run("verify", home: home, status: 65)
    #expect(["created", "replaced"].contains(try imports(home, "--replace")))
    try `host data`.run("verify", home: home)
  }

  @Test func `what is missing or no store is told apart`() throws {
    let home = try HostProcess.Folder()
    try home.write("x.bars", "timestamp,open\n")
    #expect(try `host data`.run("verify", "\(home.path)/x.bars", home: home, status: 65).errorCode == "not_a_store")
    #expect(try `host data`.run("verify", "\(home.path)/none", home: home, status: 66).errorCode == "no_such_file")
    #expect(try `host data`.run("import", "\(home.path)/none", home: home, status: 66).errorCode == "no_such_file")
    #expect(try `host data`.series(`host data`.run("list", home: home)).isEmpty)
  }
}

@Suite struct `An import that was killed` {
  @Test func `leaves nothing that the next one does not remove`() throws {
    let home = try HostProcess.Folder()
    try home.write("A.csv", `host data`.header + `host data`.days(5...8))
    try FileManager.default.createDirectory(atPath: "\(home.path)/data", withIntermediateDirectories: true)
    for name in [".A_1d.bars.77.tmp", ".import.bars.77.tmp", "..import.bars.77.tmp.77.tmp"] {
      try home.write("data/\(name)", "half a store")
    }
    #expect(try `host data`.series(`host data`.run("list", home: home)).isEmpty)
    try `host data`.run("import", "\(home.path)/A.csv", home: home)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(home.path)/data") == ["A_1d.bars"])
  }
}
