import Foundation
import Glibc
import Testing
import WholeFiles

/// A folder that is removed with the value.
private final class Folder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/whole-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }
  func text(_ name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
  }

  func file(_ name: String = "file") throws -> WholeFile {
    try WholeFile("\(path)/\(name)", temporary: "\(path)/new", permissions: 0o640)
  }
}

@Suite struct `A file that appears whole` {
  @Test func `takes the place of the older one, and leaves no other`() throws {
    let folder = try Folder()
    try folder.write("file", "a longer one that was there before")
    let file = try folder.file()
    try file.write(Array("worth".utf8), at: 4)
    try file.write(Array("net ".utf8), at: 0)
    #expect(try folder.names == ["file", "new"] && folder.text("file").hasPrefix("a longer one"))
    #expect(try file.moveIntoPlace() == nil)
    #expect(try folder.names == ["file"] && folder.text("file") == "net worth")
    let permissions = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/file")[.posixPermissions]
    #expect(try #require(permissions as? Int) & ~0o640 == 0)
  }

  @Test func `stays where it is when its value goes`() throws {
    let folder = try Folder()
    do { _ = try folder.file().moveIntoPlace() }
    #expect(try folder.names == ["file"])
  }

  @Test func `leaves the older one when it is given up`() throws {
    let folder = try Folder()
    try folder.write("file", "older")
    do { try folder.file().write([1, 2, 3], at: 0) }
    #expect(try folder.names == ["file"] && folder.text("file") == "older")
  }

  @Test func `has nothing of what a process that died left under its temporary name`() throws {
    let folder = try Folder()
    try folder.write("new", "half of it")
    let file = try folder.file()
    try file.write(Array("all".utf8), at: 0)
    #expect(try file.moveIntoPlace() == nil)
    #expect(try folder.names == ["file"] && folder.text("file") == "all")
  }

  @Test func `writes through no link under its temporary name`() throws {
    let folder = try Folder()
    try folder.write("other", "other")
    try #require(symlink("\(folder.path)/other", "\(folder.path)/new") == 0)
    let file = try folder.file()
    try file.write(Array("all".utf8), at: 0)
    #expect(try file.moveIntoPlace() == nil)
    #expect(try folder.names == ["file", "other"] && folder.text("other") == "other")
  }

  @Test func `says which step failed and why, and leaves nothing`() throws {
    let folder = try Folder()
    let unmade = try #require(throws: WholeFile.Failure.self) {
      try WholeFile("\(folder.path)/none/file", temporary: "\(folder.path)/none/new", permissions: 0o600)
    }
    #expect(unmade.step == .make && unmade.number == ENOENT)
    try FileManager.default.createDirectory(atPath: "\(folder.path)/file", withIntermediateDirectories: false)
    let unplaced = try #require(throws: WholeFile.Failure.self) { try folder.file().moveIntoPlace() }
    #expect(unplaced.step == .replace && unplaced.number == EISDIR)
    #expect(try folder.names == ["file"])
  }
}
