import Conformance
import Foundation
import Testing

@Suite(.serialized) struct `Bad plugins` {
  @Test(arguments: BadPlugin.all) func `one test catches the fault, and no other test minds`(_ bad: BadPlugin) throws {
    let scratch = try Scratch()
    let check = try Check.run([try bad.build(in: scratch.path), "--json", "--seed", "1"])
    let answer = try check.answer
    let caught = bad.verdict == "warn" ? answer.results.filter { $0.verdict == "warn" } : answer.faults
    #expect(caught.map(\.test) == [bad.test], "\(caught)")
    #expect(caught.first?.verdict == bad.verdict, "\(caught)")
    #expect((check.status == 0) == (bad.verdict == "warn") && answer.faults.isEmpty == (bad.verdict == "warn"))
  }

  @Test(arguments: Set(BadPlugin.all.map(\.source)).filter { $0.hasSuffix(".c") }.sorted())
  func `without its fault the plugin passes`(
    _ source: String
  ) throws {
    let scratch = try Scratch()
    let check = try Check.run([try Fixture.build(source, in: scratch.path), "--json", "--seed", "1"])
    let answer = try check.answer
    let others = answer.results.filter { $0.verdict != "pass" && $0.verdict != "skip" }
    #expect(others.isEmpty, "\(others)")
    #expect(answer.passed > 0)
    #expect(check.status == 0)
  }

  @Test func `every test has a plugin that only it catches`() {
    #expect(Set(ConformanceSuite.tests.map(\.name)) == Set(BadPlugin.all.map(\.test)))
  }
}
