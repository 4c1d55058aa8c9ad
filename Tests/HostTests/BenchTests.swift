import Foundation
import Testing

@Suite struct `host bench` {
  static func rows(_ arguments: [String]) throws -> [[String: Any]] {
    let result = try HostProcess.run(["bench"] + arguments + ["--json"], home: try HostProcess.Folder())
    #expect(result.status == 0, "\(result.output) \(result.errors)")
    return try #require(try result.json["rows"] as? [[String: Any]])
  }

  @Test func `measures its own start-up, a row a repetition`() throws {
    let rows = try Self.rows(["w5", "--repeat", "2"]).filter { $0["what"] as? String == "--version" }
    #expect(rows.map { $0["repetition"] as? Int } == [1, 2])
    for row in rows {
      #expect(row["workload"] as? String == "w5" && row["must_give_ok"] as? Bool == true)
      #expect(row["unit"] as? String == "s" && (row["figure"] as? Double ?? 0) > 0)
      #expect((row["peak_rss_bytes"] as? Int ?? 0) > 1_000_000)
    }
  }

  @Test func `writes the files it could run on, and not over others`() throws {
    let home = try HostProcess.Folder()
    let arguments = ["bench", "w4", "--generate", "\(home.path)/data", "--json"]
    let first = try HostProcess.run(arguments, home: home)
    #expect(first.status == 0, "\(first.output)")
    let text = try String(contentsOfFile: "\(home.path)/data/w4_pairs.csv", encoding: .utf8)
    #expect(text.hasPrefix("fast,slow\n5,60\n5,70\n") && text.hasSuffix("\n50,250\n"))
    let second = try HostProcess.run(arguments, home: home)
    #expect(second.status == 73 && second.errorCode == "cannot_create")
    #expect(try String(contentsOfFile: "\(home.path)/data/w4_pairs.csv", encoding: .utf8) == text)
  }

  @Test(arguments: [
    (["w7"], Int32(64), "invalid_value"), (["--repeat", "0"], 64, "invalid_value"),
    (["w2", "--generate", "x", "--data", "y"], 64, "conflicting_options"),
    (["w2", "--data", "/nowhere"], 66, "no_input"),
  ])
  func `refuses what it cannot run`(_ arguments: [String], _ status: Int32, _ code: String) throws {
    let result = try HostProcess.run(["bench"] + arguments + ["--json"], home: try HostProcess.Folder())
    #expect(result.status == status && result.errorCode == code, "\(result.output)")
  }

  @Test func `refuses a file that is not the workload's`() throws {
    let home = try HostProcess.Folder()
    try home.write("w2.bin", "too short")
    let result = try HostProcess.run(["bench", "w3", "--data", home.path, "--json"], home: home)
    #expect(result.status == 65 && result.errorCode == "wrong_file", "\(result.output)")
  }
}
