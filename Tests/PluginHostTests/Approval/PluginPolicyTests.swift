import Foundation
import Hashing
import Testing
import TradingTypes

@testable import PluginHost

/// What is known of a file and the rules, and what becomes of it.
struct PolicyCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var isFirstParty = false
  var isSafeMode = false
  var missing: String?
  var status = PluginFile.Status.ready
  var problems: [PluginProblem] = []
  /// Makes of the file's own grant what the lock has; `nil`: nothing.
  var granted: (@Sendable (inout PluginLock.Grant) -> Void)?
  /// Whether the file was read whole.
  var isRead = true

  var expected: PluginFile.Status
  var isolation = PluginFile.Isolation.isolated
  var reason: String?

  static let all = [
    PolicyCase(
      testDescription: "a file of the host", isFirstParty: true, expected: .ready, isolation: .inProcess),
    PolicyCase(
      testDescription: "a file of the host in safe mode", isFirstParty: true, isSafeMode: true, missing: "Landlock",
      expected: .ready, isolation: .inProcess),
    PolicyCase(
      testDescription: "a new file", expected: .needsApproval,
      reason: "new: not approved yet, asks for http:api.example.com, secret:KEY"),
    PolicyCase(testDescription: "an approved file", granted: { _ in }, expected: .ready),
    PolicyCase(
      testDescription: "an approved file that was not read", granted: { _ in }, isRead: false, expected: .ready),
    PolicyCase(
      testDescription: "a trusted file", granted: { $0.isolation = .inProcess }, expected: .ready,
      isolation: .inProcess),
    PolicyCase(
      testDescription: "another version", granted: { $0.version = SemanticVersion("0.9.0")! },
      expected: .needsApproval, reason: "changed since it was approved: version 0.9.0 to 1.0.0"),
    PolicyCase(
      testDescription: "another content", granted: { $0.digest = SHA256.hash("other") }, expected: .needsApproval,
      reason: "changed since it was approved: SHA-256 \(SHA256.hash("other").hex.prefix(12)) to FOUND"),
    PolicyCase(
      testDescription: "another content that was not read yet", granted: { $0.digest = SHA256.hash("other") },
      isRead: false, expected: .ready),
    PolicyCase(
      testDescription: "a trusted file with another content",
      granted: {
        $0.isolation = .inProcess
        $0.digest = SHA256.hash("other")
      }, expected: .needsApproval,
      reason: "changed since it was approved: SHA-256 \(SHA256.hash("other").hex.prefix(12)) to FOUND"),
    PolicyCase(
      testDescription: "a permission more", granted: { $0.permissions.removeFirst() }, expected: .needsApproval,
      reason: "changed since it was approved: permissions added: http:api.example.com"),
    PolicyCase(
      testDescription: "a permission less", granted: { $0.permissions.append(Permission("process:git")!) },
      expected: .needsApproval, reason: "changed since it was approved: permissions removed: process:git"),
    PolicyCase(
      testDescription: "another role", granted: { $0.roles = [.notifier] }, expected: .needsApproval,
      reason: "changed since it was approved: roles notifier to strategy"),
    PolicyCase(
      testDescription: "a file that moved", granted: { $0.path = "/elsewhere.so" }, expected: .ready),
    PolicyCase(
      testDescription: "an approved file in safe mode", isSafeMode: true, granted: { _ in }, expected: .disabled,
      reason: "safe mode: only plugins that came with the host are used"),
    PolicyCase(
      testDescription: "an isolated file where a wall is missing", missing: "Landlock", granted: { _ in },
      expected: .rejected, reason: "plugins.require_sandbox is set, and this machine lacks Landlock"),
    PolicyCase(
      testDescription: "a trusted file where a wall is missing", missing: "Landlock",
      granted: { $0.isolation = .inProcess }, expected: .ready, isolation: .inProcess),
    PolicyCase(
      testDescription: "a file that the configuration disables", status: .disabled, expected: .disabled,
      reason: "disabled by plugins.disabled"),
    PolicyCase(
      testDescription: "a file that cannot be used", status: .rejected, problems: [.notELF], granted: { _ in },
      expected: .rejected, reason: "not an ELF file"),
  ]
}

@Suite struct `The policy for plugins` {
  @Test(arguments: PolicyCase.all) func `gives each file its status, wall and reason`(_ row: PolicyCase) throws {
    let folder = try TemporaryFolder()
    try CPlugin.build(
      "x.so", in: folder.path,
      manifest: CPlugin.manifest(["permissions": "[\"secret:KEY\",\"http:api.example.com\"]"]))
    var file = try #require(PluginDirectory.list([folder.searched], environment: [:]).first)
    let digest = try #require(file.digest)
    var lock = PluginLock()
    if let change = row.granted {
      var grant = try #require(
        PluginLock.Grant(file, isolation: .isolated, check: nil, approvedAt: Timestamp(nanoseconds: 0)))
      change(&grant)
      lock.approve("tiny", grant)
    }
    file.isFirstParty = row.isFirstParty
    file.status = row.status
    file.problems = row.problems
    if !row.isRead { file.digest = nil }
    PluginPolicy(lock: lock, isSafeMode: row.isSafeMode, missingForSandbox: row.missing).apply(to: &file)
    #expect(file.status == row.expected)
    #expect(file.isolation == row.isolation)
    #expect(file.reason == row.reason?.replacing("FOUND", with: digest.hex.prefix(12)))
    #expect((file.remedy == nil) == (row.reason == nil))
    if row.expected == .ready, !row.isFirstParty { #expect(file.requiredDigest == lock.grants["tiny"]?.digest) }
  }
}

/// A list of the build, the file beside it, and why that is not one of the host; `nil` where it is.
struct BuildCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var list: String?
  var name = "libMinimalC.so"
  var id = "minimal-c"
  var difference: String?

  static let all = [
    BuildCase(testDescription: "without a list"),
    BuildCase(testDescription: "with its hash", list: "HASH  libMinimalC.so\n"),
    BuildCase(testDescription: "with its hash as sha256sum marks binary files", list: "HASH *libMinimalC.so\n"),
    BuildCase(
      testDescription: "with another hash", list: "\(SHA256.hash("other").hex)  libMinimalC.so\n",
      difference: "it is not the file that was built: LIST has \(SHA256.hash("other").hex.prefix(12)) for it"),
    BuildCase(
      testDescription: "with a list that does not have it", list: "HASH  libPaper.so\n",
      difference: "it lies beside the executable, but is not in LIST"),
    BuildCase(
      testDescription: "with an empty list", list: "", difference: "it lies beside the executable, but is not in LIST"),
    BuildCase(
      testDescription: "of another name, though listed", list: "HASH  libOwn.so\n", name: "libOwn.so",
      difference: "it lies beside the executable, but is no plugin of this build"),
    BuildCase(
      testDescription: "with the id of another", list: "HASH  libMinimalC.so\n", id: "paper",
      difference: "it lies beside the executable, but is no plugin of this build"),
  ]
}

@Suite struct `The list of the build` {
  @Test(arguments: BuildCase.all) func `says which file beside the executable came with the host`(
    _ row: BuildCase
  ) throws {
    let folder = try TemporaryFolder()
    try CPlugin.build(row.name, in: folder.path, manifest: CPlugin.manifest(["id": "\"\(row.id)\""]))
    let hash = SHA256.hash(try folder.bytes(row.name)).hex
    let path = folder.path + "/" + BuildList.fileName
    if let list = row.list { try folder.write(BuildList.fileName, list.replacing("HASH", with: hash)) }
    let beside = PluginFolder(path: folder.path, source: .besideExecutable)
    for isThorough in [true, false] {
      let listed = PluginDirectory.list(
        [beside], environment: [:], isThorough: isThorough, build: try BuildList.read(path))
      var file = try #require(listed.first)
      if !isThorough, row.testDescription == "with another hash" {
        // Nobody has read the file; loading it will.
        #expect(file.isFirstParty && file.requiredDigest == SHA256.hash("other"))
        continue
      }
      #expect(file.isFirstParty == (row.difference == nil))
      #expect(file.buildDifference?.description == row.difference?.replacing("LIST", with: path))
      PluginPolicy(lock: PluginLock()).apply(to: &file)
      #expect(file.status == (row.difference == nil ? .ready : .needsApproval))
      #expect(file.isolation == (row.difference == nil ? .inProcess : .isolated))
      if let difference = row.difference?.replacing("LIST", with: path) {
        #expect(file.reason == difference + "; new: not approved yet, asks for no permissions")
        let byHand = row.difference?.contains("LIST") == true
        #expect(
          file.remedy
            == (byHand ? "if you built it by hand, run Host/run, or remove \(path); else look at it and " : "")
            + "run host approve-plugin \(row.id)")
      }
    }
  }

  @Test func `leaves an id to the plugin of the host, whatever else lies beside it`() throws {
    let folder = try TemporaryFolder()
    let manifest = CPlugin.manifest(["id": "\"minimal-c\""])
    for name in ["libMinimalC.so", "libEvil.so"] { try CPlugin.build(name, in: folder.path, manifest: manifest) }
    let listed = PluginDirectory.list(
      [PluginFolder(path: folder.path, source: .besideExecutable)], environment: [:],
      build: try BuildList.read(folder.path + "/none"))
    #expect(listed.map(\.status) == [.rejected, .ready])
    #expect(listed.map(\.isFirstParty) == [false, true])
  }

  @Test(arguments: ["12  libMinimalC.so", "HASH  libA.so\nHASH  libA.so", "HASH", "hello"])
  func `is refused as a whole when it is damaged`(_ text: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(BuildList.fileName, text.replacing("HASH", with: SHA256.hash("x").hex))
    let error = try #require(throws: TrustFileError.self) { try BuildList.read(path) }
    #expect(error.place == (text.contains("\n") ? "line 2" : "line 1"))
    #expect(error.remedy.hasPrefix("build with Host/run, which writes it anew, or remove \(path)"))
  }

  @Test func `knows every plugin that the package builds`() throws {
    let package = try String(contentsOfFile: CPlugin.packageRoot + "/Package.swift", encoding: .utf8)
    let names = package.matches(of: /\.library\(name: "(\w+)", type: \.dynamic/).map { "lib\($0.output.1).so" }
    #expect(names.sorted() == BuildList.products.keys.sorted())
    let folders = PluginDirectory.folders(configured: [], environment: [:]).filter { $0.source == .besideExecutable }
    let built = PluginDirectory.list(folders, environment: [:], isThorough: false, build: try BuildList.read())
    #expect(built.count { $0.isFirstParty && $0.status == .ready } == names.count)
  }
}
