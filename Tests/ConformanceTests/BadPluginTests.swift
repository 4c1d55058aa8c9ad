import Conformance
import Foundation
import Testing

@Suite(.serialized) struct `Bad plugins` {
  @Test(arguments: BadPlugin.all) func `one test catches the fault, and no other test minds`(_ bad: BadPlugin) throws {
    let scratch = try Scratch()
    let file = try Fixture.build(
      bad.source, define: bad.define, flags: bad.flags, manifest: bad.manifest, in: scratch.path)
    let check = try Check.run([file, "--json", "--seed", "1"])
    let faults = try check.answer.faults
    #expect(faults.map(\.test) == [bad.test], "\(faults)")
    #expect(faults.first?.verdict == bad.verdict, "\(faults)")
    #expect(check.status != 0)
  }

  @Test(arguments: Set(BadPlugin.all.map(\.source)).sorted()) func `without its fault the plugin passes`(
    _ source: String
  ) throws {
    let scratch = try Scratch()
    let check = try Check.run([try Fixture.build(source, in: scratch.path), "--json", "--seed", "1"])
    let answer = try check.answer
    #expect(answer.faults.isEmpty, "\(answer.faults)")
    #expect(answer.passed > 0)
    #expect(check.status == 0)
  }

  @Test func `every test has a plugin that only it catches`() {
    #expect(Set(ConformanceSuite.tests.map(\.name)) == Set(BadPlugin.all.map(\.test)))
  }
}
