import Foundation
import Hashing
import Testing
import TradingTypes

@testable import PluginHost

@Suite struct `A library that a plugin brings with it` {
  private let name = "libbrought\(UInt32.random(in: 0...(.max))).so"

  /// A plugin that needs a library of the folder `lib` beside it, approved as it is.
  private func approved(_ folder: TemporaryFolder) throws -> (file: PluginFile, policy: PluginPolicy) {
    try Rejection.linkToLibrary(name, source: "int there(void) { return 1; }", folder)
    var file = try listed(folder)
    var lock = PluginLock()
    lock.approve(
      "tiny",
      try #require(
        PluginLock.Grant(file, isolation: .inProcess, check: nil, approvedAt: Timestamp(nanoseconds: 0))))
    let policy = PluginPolicy(lock: lock)
    policy.apply(to: &file)
    return (file, policy)
  }

  private func listed(_ folder: TemporaryFolder) throws -> PluginFile {
    try #require(PluginDirectory.list([folder.searched], environment: [:]).first { $0.manifest != nil })
  }

  private func change(_ folder: TemporaryFolder) throws {
    let handle = try FileHandle(forWritingTo: URL(filePath: "\(folder.path)/lib/\(name)"))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data([0]))
    try handle.close()
  }

  @Test func `is approved with it, and loaded`() throws {
    let folder = try TemporaryFolder()
    let (file, _) = try approved(folder)
    #expect(file.libraries == [name: SHA256.hash(try folder.bytes("lib/" + name))])
    #expect(file.status == .ready && file.requiredLibraries == file.libraries)
    #expect(try PluginImage.load(file).identity.id == "tiny")
  }

  @Test func `is part of what a change is asked for again`() throws {
    let folder = try TemporaryFolder()
    let (_, policy) = try approved(folder)
    try change(folder)
    var file = try listed(folder)
    policy.apply(to: &file)
    #expect(file.status == .needsApproval)
    #expect(file.reason == "changed since it was approved: libraries \(name)")
  }

  @Test func `is refused when it changed between check and load, or was put there since`() throws {
    let folder = try TemporaryFolder()
    var (file, _) = try approved(folder)
    try change(folder)
    let error = try #require(throws: PluginLoadError.self) { try PluginImage.load(file) }
    #expect(error.reason == .otherLibraries([name]) && error.isUnapproved)
    #expect(error.description.contains("libraries that it brings are not those that were approved: \(name); see host"))
    file.requiredLibraries = [:]
    #expect(throws: error) { try PluginImage.load(file) }
  }

  @Test func `is not one of the system's`() throws {
    let folder = try TemporaryFolder()
    try CPlugin.build("x.so", in: folder.path, flags: ["-Wl,--no-as-needed", "-lm", "-lz"])
    #expect(try listed(folder).libraries == [:])
  }
}
