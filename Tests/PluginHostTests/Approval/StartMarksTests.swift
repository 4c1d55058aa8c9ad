import Foundation
import Testing

@testable import PluginHost

@Suite struct `The marks of a start` {
  private func guarded(_ folder: TemporaryFolder) throws -> (marks: StartMarks, file: PluginFile) {
    try CPlugin.build("x.so", in: folder.path)
    let file = try #require(PluginDirectory.list([folder.searched], environment: [:]).first)
    return (StartMarks(home: folder.path), file)
  }

  private func names(_ folder: TemporaryFolder) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/state/starting")) ?? []
  }

  @Test func `are there while a step runs, the first time, and gone after`() throws {
    let folder = try TemporaryFolder()
    let (marks, file) = try guarded(folder)
    let startGuard = StartGuard(marks, file)
    for step in StartGuard.Step.allCases {
      startGuard.around(step) {
        #expect(names(folder) == ["tiny.\(getpid()).starting"])
        // This process lives, so nobody suspects the plugin.
        #expect(marks.suspects().isEmpty)
      }
      #expect(names(folder).isEmpty)
      startGuard.around(step) { #expect(names(folder).isEmpty) }
    }
  }

  @Test func `go when a step fails, which is no crash`() throws {
    struct Refusal: Error {}
    let folder = try TemporaryFolder()
    let (marks, file) = try guarded(folder)
    #expect(throws: Refusal.self) {
      try StartGuard(marks, file).around(.creating) { () throws(Refusal) in throw Refusal() }
    }
    #expect(names(folder).isEmpty)
  }

  @Test func `of a host that died name the plugin until it has started`() throws {
    let folder = try TemporaryFolder()
    let (marks, file) = try guarded(folder)
    try folder.folder("state/starting")
    try folder.write("state/starting/tiny.4.starting", "tiny 1.0.0 was\u{1B} being loaded\nmore")
    try folder.write("state/starting/other.5.starting", "other")
    for name in ["tiny.starting", "tiny.4.txt", "x"] { try folder.write("state/starting/" + name, "not looked at") }
    #expect(marks.suspects().map(\.id) == ["other", "tiny"])
    #expect(marks.suspects().last?.description == "tiny 1.0.0 was\\u{1b} being loaded")
    let startGuard = StartGuard(marks, file)
    startGuard.around(.loading) {}
    startGuard.around(.creating) {}
    #expect(marks.suspects().count == 2)
    startGuard.around(.starting, isLast: true) {}
    #expect(marks.suspects().map(\.id) == ["other"])
    marks.forget("other")
    #expect(marks.suspects().isEmpty)
  }

  @Test func `keep nobody from starting where they cannot be written`() throws {
    let folder = try TemporaryFolder()
    let (_, file) = try guarded(folder)
    try folder.write("state", "a file where a folder should be")
    let startGuard = StartGuard(StartMarks(home: folder.path), file)
    #expect(startGuard.around(.loading) { 7 } == 7)
    #expect(StartMarks(home: folder.path + "/none").suspects().isEmpty)
  }
}
