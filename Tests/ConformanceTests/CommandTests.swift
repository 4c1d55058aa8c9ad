import Conformance
import Foundation
import Testing

@Suite struct `host check-plugin` {
  private func error(_ check: Check) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(check.output.utf8)) as? [String: Any]
    return try #require(object?["error"] as? [String: Any])
  }

  @Test func `a file that is not there, or is a folder, is no input`() throws {
    let scratch = try Scratch()
    for path in [scratch.path + "/none.so", scratch.path] {
      let check = try Check.run([path, "--json"])
      #expect(check.status == 66)
      #expect(try error(check)["where"] as? String == path)
    }
  }

  @Test func `a file that is no library fails one test and skips the others`() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/libnone.so"
    try "no library".write(toFile: path, atomically: true, encoding: .utf8)
    let check = try Check.run([path, "--json"])
    let answer = try check.answer
    #expect(check.status == 65)
    #expect(answer.faults.map(\.test) == ["elf-valid"])
    #expect(answer.results.filter { $0.test != "elf-valid" }.allSatisfy { $0.verdict == "skip" })
    #expect(answer.passed == 0 && answer.failed == 1)
  }

  @Test func `the answer names the file, its hash, the level and the seed, and its tests in order`() throws {
    let scratch = try Scratch()
    let file = try Fixture.build("strategy.c", in: scratch.path)
    let answer = try Check.run([file, "--json", "--level", "1", "--seed", "42"]).answer
    #expect(answer.file == file && answer.sha256.count == 64 && answer.level == 1 && answer.seed == 42)
    #expect(answer.results.map(\.test) == ConformanceSuite.tests.filter { $0.level <= 1 }.map(\.name))
  }

  @Test func `in text each result has its line, and a failure its remedy and how to see it again`() throws {
    let scratch = try Scratch()
    let file = try Fixture.build("strategy.c", define: "BAD_TWO_EXPORTS", in: scratch.path)
    let check = try Check.run([file, "--level", "1", "--seed", "3"])
    #expect(check.status == 65)
    let lines = check.output.split(separator: "\n")
    let place = try #require(lines.firstIndex { $0.contains("fail") && $0.contains("elf-one-export") })
    #expect(lines[place + 1].contains("expected wharf_plugin_entry alone, found also fixture_helper; remedy: "))
    #expect(check.output.contains("host check-plugin \(file) --level 1 --seed 3 --test elf-one-export"))
    #expect(check.output.contains("1 fail"))
  }

  @Test func `an unknown test, a level out of range and a missing file are usage errors`() throws {
    for arguments in [["x.so", "--test", "nothing"], ["x.so", "--level", "11"], ["x.so", "--level", "0"], []] {
      #expect(try Check.run(arguments + ["--json"]).status == 64, "\(arguments)")
    }
  }

  @Test func `the list has every test with its group, level and roles`() throws {
    let check = try Check.run(["--list", "--json"])
    #expect(check.status == 0)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(check.output.utf8)) as? [String: Any])
    let tests = try #require(object["tests"] as? [[String: Any]])
    #expect(tests.compactMap { $0["test"] as? String } == ConformanceSuite.tests.map(\.name))
    #expect(tests.allSatisfy { $0["group"] is String && $0["level"] is Int && $0["roles"] is [String] })
  }
}
