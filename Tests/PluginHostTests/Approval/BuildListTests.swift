import Foundation
import Hashing
import Testing

@testable import PluginHost

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

  @Test func `counts for nothing when the executable was built after it`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(BuildList.fileName, "\(SHA256.hash("x").hex)  libMinimalC.so\n")
    let executable = try folder.write("host", "")
    func touch(_ path: String, _ seconds: Int) throws {
      let times = [timespec(tv_sec: seconds, tv_nsec: 5), timespec(tv_sec: seconds, tv_nsec: 5)]
      try #require(utimensat(AT_FDCWD, path, times, 0) == 0)
    }
    for (built, isOutdated) in [(999, false), (1000, false), (1001, true)] {
      try touch(path, 1000)
      try touch(executable, built)
      let list = try BuildList.read(path, executable: executable)
      #expect(list.isOutdated == isOutdated && (list.digests == nil) == isOutdated)
      #expect((list.note != nil) == isOutdated)
    }
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
