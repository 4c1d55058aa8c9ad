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
