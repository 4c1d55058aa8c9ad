import Foundation
import Hashing
import Testing
import TradingTypes

@testable import PluginHost

/// A lock with something wrong in it, and what reading it says.
struct BadLock: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var change: (from: String, to: String)
  var fault: String

  init(_ name: String, _ from: String, _ to: String, _ fault: String) {
    (testDescription, change, self.fault) = (name, (from, to), fault)
  }

  static let time = "a time such as \"2026-01-31T12:00:00Z\""
  static let all = [
    BadLock(
      "no comma", "\"schema\": 1", "\"schema\" 1", "line 50, column 12: expected JSON, found a colon should be here"),
    BadLock(
      "a key twice", "\"roles\"", "\"path\"",
      "line 21, column 7: expected JSON, found key \"path\" stands twice in one object"),
    BadLock("another schema", "\"schema\": 1", "\"schema\": 2", "schema: expected 1, found 2"),
    BadLock("a schema in words", "\"schema\": 1", "\"schema\": \"1\"", "schema: expected 1, found a text"),
    BadLock("a key too many", "\"schema\": 1", "\"schema\": 1, \"x\": 1", "x: expected no such key, found a number"),
    BadLock(
      "a key of a grant too many", "\"roles\"", "\"rules\": 1, \"roles\"",
      "plugins.other.rules: expected no such key, found a number"),
    BadLock(
      "an id that is none", "\"other\"", "\"Other\"",
      "plugins.Other: expected the id of a plugin as key, found \"Other\""),
    BadLock(
      "half a hash", "\"sha256\": \"aa", "\"sha256\": \"",
      "plugins.other.sha256: expected 64 lower-case hexadecimal digits, found \"\(hex("aa").dropFirst(2).prefix(60))…\""
    ),
    BadLock(
      "a hash in capitals", "\"sha256\": \"aa", "\"sha256\": \"AA",
      "plugins.other.sha256: expected 64 lower-case hexadecimal digits, found "
        + "\"AA\(hex("aa").dropFirst(2).prefix(58))…\""),
    BadLock(
      "a library without a hash", "\"\(hex("ee"))\"", "null",
      "plugins.other.libraries.libx.so: expected 64 lower-case hexadecimal digits, found null"),
    BadLock(
      "a version that is none", "\"1.0.0\"", "\"1.0\"",
      "plugins.other.version: expected a version such as \"1.0.0\" (semver.org), found \"1.0\""),
    BadLock(
      "a relative path", "\"/p/other.so\"", "\"other.so\"",
      "plugins.other.path: expected an absolute path, found \"other.so\""),
    BadLock(
      "a role that is none", "\"strategy\"", "\"trader\"",
      "plugins.other.roles[0]: expected one of strategy, scanner, broker, market_data, notifier, found \"trader\""),
    BadLock(
      "a wildcard", "http:api.example.com", "http:*.example.com",
      "plugins.tiny.permissions[0]: expected http:HOST, websocket:HOST, process:NAME or secret:NAME, found "
        + "\"http:*.example.com\""),
    BadLock(
      "a permission twice", "http:api.example.com", "secret:KEY",
      "plugins.tiny.permissions: expected each once, found \"secret:KEY\" twice"),
    BadLock(
      "a wall that is none", "\"in-process\"", "\"none\"",
      "plugins.tiny.isolation: expected isolated or in-process, found \"none\""),
    BadLock(
      "a time that is none", "\"approved_at\": \"2026-02-01T00:00:00Z\"", "\"approved_at\": \"yesterday\"",
      "plugins.other.approved_at: expected \(time), found \"yesterday\""),
    BadLock(
      "no word about checks", "\"check\": null,", "", "plugins.other.check: expected an object or null, found nothing"),
    BadLock(
      "a level too high", "\"level\": 5", "\"level\": 11", "checked.\(hex("cc")).level: expected 1 to 10, found 11"),
    BadLock(
      "a count below zero", "\"failed\": 0", "\"failed\": -1",
      "checked.\(hex("cc")).failed: expected a count, found -1"),
    BadLock(
      "a seed in words", "\"seed\": 7", "\"seed\": \"7\"",
      "checked.\(hex("cc")).seed: expected 0 to 18446744073709551615, found a text"),
    BadLock(
      "a verdict on nothing", "\"cc", "\"xx",
      "checked.xx\(hex("cc").dropFirst(2)): expected a SHA-256 as key, found \"xx\(hex("cc").dropFirst(2))\""),
    BadLock(
      "no plugins", "\"plugins\"", "\"plug-ins\"", "plugins: expected an object, found nothing (and 1 more faults)"),
  ]

  static func hex(_ pair: String) -> String { String(repeating: pair, count: 32) }
}

@Suite struct `The lock of plugins` {
  private static let verdict = CheckVerdict(
    level: 5, seed: 7, passed: 53, failed: 0, checkedAt: Timestamp(rfc3339: "2026-01-31T12:00:00Z")!)

  private static func grant(
    _ pair: String, _ path: String, permissions: [String] = [], isolation: PluginFile.Isolation = .isolated,
    check: CheckVerdict? = nil
  ) -> PluginLock.Grant {
    PluginLock.Grant(
      digest: Digest(hex: BadLock.hex(pair))!,
      libraries: path == "/p/other.so" ? ["libx.so": Digest(hex: BadLock.hex("ee"))!] : [:],
      version: SemanticVersion("1.0.0")!, path: path, roles: [.strategy],
      permissions: permissions.map { Permission($0)! }, isolation: isolation, check: check,
      approvedAt: Timestamp(rfc3339: "2026-02-01T00:00:00Z")!)
  }

  private static var full: PluginLock {
    var lock = PluginLock()
    lock.approve("other", grant("aa", "/p/other.so"))
    lock.approve(
      "tiny",
      grant(
        "bb", "/p/a \"b\"\\\u{7}é.so", permissions: ["secret:KEY", "http:api.example.com"], isolation: .inProcess,
        check: verdict))
    lock.recordCheck(verdict, of: Digest(hex: BadLock.hex("cc"))!)
    return lock
  }

  private static let text = """
    {
      "checked": {
        "\(BadLock.hex("cc"))": {
          "checked_at": "2026-01-31T12:00:00Z",
          "failed": 0,
          "level": 5,
          "passed": 53,
          "seed": 7
        }
      },
      "plugins": {
        "other": {
          "approved_at": "2026-02-01T00:00:00Z",
          "check": null,
          "isolation": "isolated",
          "libraries": {
            "libx.so": "\(BadLock.hex("ee"))"
          },
          "path": "/p/other.so",
          "permissions": [],
          "roles": [
            "strategy"
          ],
          "sha256": "\(BadLock.hex("aa"))",
          "version": "1.0.0"
        },
        "tiny": {
          "approved_at": "2026-02-01T00:00:00Z",
          "check": {
            "checked_at": "2026-01-31T12:00:00Z",
            "failed": 0,
            "level": 5,
            "passed": 53,
            "seed": 7
          },
          "isolation": "in-process",
          "libraries": {},
          "path": "/p/a \\"b\\"\\\\\\u0007é.so",
          "permissions": [
            "http:api.example.com",
            "secret:KEY"
          ],
          "roles": [
            "strategy"
          ],
          "sha256": "\(BadLock.hex("bb"))",
          "version": "1.0.0"
        }
      },
      "schema": 1
    }

    """

  private func file(_ text: String, in folder: TemporaryFolder) throws -> PluginLockFile {
    try folder.write("plugins.lock", text)
    return PluginLockFile(home: folder.path)
  }

  @Test func `is text for people, in order, and reads back as it was`() throws {
    let folder = try TemporaryFolder()
    let file = PluginLockFile(home: folder.path)
    try file.update { $0 = Self.full }
    #expect(String(decoding: try folder.bytes("plugins.lock"), as: UTF8.self) == Self.text)
    #expect(try file.read() == Self.full)
  }

  @Test func `allows nothing when there is none`() throws {
    let folder = try TemporaryFolder()
    #expect(try PluginLockFile(home: folder.path).read() == PluginLock())
    #expect(throws: TrustFileError.self) { try PluginLockFile(home: folder.path + "/none").update { _ in } }
  }

  @Test(arguments: BadLock.all) func `is refused as a whole, with place and remedy, when a hand broke it`(
    _ row: BadLock
  ) throws {
    let folder = try TemporaryFolder()
    let range = try #require(Self.text.range(of: row.change.from))
    let file = try file(Self.text.replacingCharacters(in: range, with: row.change.to), in: folder)
    let error = try #require(throws: TrustFileError.self) { try file.read() }
    let remedy =
      "restore it from a copy, or remove \(file.path) and approve your plugins again with host approve-plugin"
    #expect(error.description == "\(file.path): \(row.fault); \(remedy)")
    let before = try folder.bytes("plugins.lock")
    #expect(throws: error) { try file.update { $0.approve("other", Self.grant("dd", "/x.so")) } }
    #expect(try folder.bytes("plugins.lock") == before)
  }

  @Test func `is refused when it was torn at any byte`() throws {
    let bytes = Array(Self.text.utf8)
    for count in 0..<(bytes.count - 1) {
      #expect(throws: ManifestError.self, "\(count) bytes") { try PluginLock(text: Array(bytes[..<count])) }
    }
  }

  @Test func `is refused when every user may write to it, or when it is no file`() throws {
    let folder = try TemporaryFolder()
    let file = try file(Self.text, in: folder)
    try #require(chmod(file.path, 0o666) == 0)
    let error = try #require(throws: TrustFileError.self) { try file.read() }
    #expect(error.found == "one that every user may write to")
    #expect(error.remedy == "look through it, then run chmod o-w on it")
    try #require(unlink(file.path) == 0)
    try folder.folder("plugins.lock")
    #expect(try #require(throws: TrustFileError.self) { try file.read() }.found == "a folder")
  }

  @Test func `is replaced behind a link, and leaves no other file`() throws {
    let folder = try TemporaryFolder()
    let (home, elsewhere) = (try folder.folder("home"), try folder.folder("elsewhere"))
    try #require(symlink("\(elsewhere)/lock", "\(home)/plugins.lock") == 0)
    try folder.write("elsewhere/lock", Self.text)
    let file = PluginLockFile(home: home)
    // As left by a process of the same number that died.
    try folder.write("elsewhere/lock.\(getpid()).tmp", "half")
    try file.update { _ = $0.revoke("other") }
    #expect(try PluginLockFile(home: home).read().grants.keys.sorted() == ["tiny"])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(home)/plugins.lock") == "\(elsewhere)/lock")
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere) == ["lock"])
  }

  @Test func `loses no change of several hosts`() async throws {
    let folder = try TemporaryFolder()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<24 {
        group.addTask {
          try? PluginLockFile(home: folder.path).update { $0.approve("plugin-\(number)", Self.grant("aa", "/x.so")) }
        }
      }
    }
    #expect(try PluginLockFile(home: folder.path).read().grants.count == 24)
  }

  @Test func `keeps verdicts of files that are not approved yet, the latest ones`() throws {
    var lock = PluginLock()
    let digests = (0..<70).map { SHA256.hash("\($0)") }
    for (index, digest) in digests.enumerated() {
      var verdict = Self.verdict
      verdict.checkedAt = Timestamp(seconds: Int64(1000 + index))!
      lock.recordCheck(verdict, of: digest)
    }
    #expect(lock.verdicts.count == PluginLock.verdictLimit)
    #expect(lock.verdict(on: digests[5]) == nil && lock.verdict(on: digests[6]) != nil)
  }

  @Test func `moves a verdict to what is approved, and back`() {
    var lock = PluginLock()
    let grant = Self.grant("aa", "/x.so")
    lock.recordCheck(Self.verdict, of: grant.digest)
    lock.approve("tiny", Self.grant("aa", "/x.so", check: lock.verdict(on: grant.digest)))
    #expect(lock.verdicts.isEmpty && lock.grants["tiny"]?.check == Self.verdict)
    var later = Self.verdict
    later.failed = 1
    lock.recordCheck(later, of: grant.digest)
    #expect(lock.verdicts.isEmpty && lock.verdict(on: grant.digest) == later)
    #expect(lock.revoke("tiny") && !lock.revoke("tiny"))
    #expect(lock.grants.isEmpty && lock.verdict(on: grant.digest) == later)
  }
}
