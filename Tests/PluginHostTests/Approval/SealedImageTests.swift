import Foundation
import Hashing
import Testing

@testable import PluginHost

/// A way in which somebody changes a plugin's file while it is being loaded.
enum FileSwap: String, CaseIterable, Sendable {
  case overwrittenInPlace, renamedOver, removed, linkPointedElsewhere

  func perform(_ path: String, other: String) throws {
    switch self {
    case .overwrittenInPlace: try Data(contentsOf: URL(filePath: other)).write(to: URL(filePath: path), options: [])
    case .renamedOver: try #require(rename(other, path) == 0)
    case .removed: try #require(unlink(path) == 0)
    case .linkPointedElsewhere:
      try #require(unlink(path) == 0)
      try #require(symlink(other, path) == 0)
    }
  }
}

@Suite struct `A plugin's bytes between check and load` {
  private static func source(_ which: Int) -> String { CPlugin.quietSource + "int which(void) { return \(which); }" }

  /// A folder with an approved file, which answers 1 and is reached through a link, and another one, which answers 2.
  private struct Scene {
    let folder: TemporaryFolder
    let other: String
    let file: PluginFile

    init(isLink: Bool) throws {
      folder = try TemporaryFolder()
      let (searched, elsewhere) = (try folder.folder("searched"), try folder.folder("elsewhere"))
      other = try CPlugin.build("other", in: elsewhere, source: source(2))
      let path = searched + "/x.so"
      let built = try CPlugin.build(isLink ? "x" : "x.so", in: isLink ? elsewhere : searched, source: source(1))
      if isLink { try #require(symlink(built, path) == 0) }
      let listed = PluginDirectory.list([PluginFolder(path: searched, source: .environment)], environment: [:])
      file = try #require(listed.first)
      try #require(file.status == .ready && file.path == path)
    }
  }

  private static func which(_ library: LoadedLibrary) throws -> Int32 {
    let symbol = try #require(library.symbol("which"))
    return unsafeBitCast(symbol, to: (@convention(c) () -> Int32).self)()
  }

  @Test(arguments: FileSwap.allCases, [1, 2]) func `are those that were approved, or none are loaded`(
    _ swap: FileSwap, _ step: Int
  ) throws {
    let scene = try Scene(isLink: swap == .linkPointedElsewhere)
    let approved = try #require(scene.file.digest)
    var steps = 0
    let outcome = Result { () throws(PluginLoadError.Reason) in
      try LoadedLibrary.open(scene.file) {
        steps += 1
        if steps == step { try? swap.perform(scene.file.path, other: scene.other) }
      }
    }
    if step == 1, swap != .linkPointedElsewhere {
      // The file that is open has changed, be it only by the loss of its name.
      guard case .failure(.changedSinceListed) = outcome else {
        Issue.record("loaded a file that changed: \(outcome)")
        return
      }
    } else {
      let library = try outcome.get()
      #expect(library.digest == approved)
      #expect(try Self.which(library) == 1)
    }
    #expect(steps == (step == 1 && swap != .linkPointedElsewhere ? 1 : 2))
  }

  @Test(arguments: FileSwap.allCases) func `are not looked for in a file that changed before`(_ swap: FileSwap) throws {
    let scene = try Scene(isLink: swap == .linkPointedElsewhere)
    try swap.perform(scene.file.path, other: scene.other)
    #expect(throws: PluginLoadError.Reason.changedSinceListed) { try LoadedLibrary.open(scene.file) }
  }

  @Test func `cannot be written, cut, lengthened, mapped for writing or unsealed`() throws {
    let scene = try Scene(isLink: false)
    let sealed = try SealedImage.seal(scene.file)
    let bytes = try Data(contentsOf: URL(filePath: scene.file.path))
    let path = "/proc/self/fd/\(sealed.descriptor)"
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    #expect(sealed.size == bytes.count)
    #expect(sealed.digest == SHA256.hash(Array(bytes)))
    let writable = open(path, O_RDWR)
    defer { close(writable) }
    for descriptor in [sealed.descriptor, writable] where descriptor >= 0 {
      #expect(pwrite(descriptor, "x", 1, 0) == -1)
      #expect(ftruncate(descriptor, 1) == -1)
      #expect(ftruncate(descriptor, Int(sealed.size) + 1) == -1)
      #expect(mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0) == MAP_FAILED)
      let addSeals: Int32 = 1033
      #expect(fcntl(descriptor, addSeals, 0) == -1)
    }
    #expect(fcntl(sealed.descriptor, F_GETFD) & FD_CLOEXEC != 0)
  }

  @Test func `are refused when they are others than were approved`() throws {
    let scene = try Scene(isLink: false)
    var file = scene.file
    let found = try #require(file.digest)
    file.digest = nil
    file.requiredDigest = SHA256.hash("other")
    let error = try #require(throws: PluginLoadError.self) { try SealedImage.seal(file) }
    #expect(error.reason == .otherContent(expected: SHA256.hash("other"), found: found))
    #expect(
      error.description
        == "cannot load tiny from \(file.path): its content is not the one that may be loaded: expected SHA-256 "
        + "\(SHA256.hash("other")), found \(found); see host list-plugins; where you know why it changed, "
        + "run host approve-plugin tiny")
    file.isFirstParty = true
    #expect(throws: error.reason) { try LoadedLibrary.open(file) }
  }

  @Test(arguments: [false, true]) func `are in memory once, however often they are loaded`(_ isFirstParty: Bool) throws
  {
    let scene = try Scene(isLink: false)
    var file = scene.file
    file.isFirstParty = isFirstParty
    let first = try LoadedLibrary.open(file)
    let second = try LoadedLibrary.open(file)
    #expect(first.symbol("which") == second.symbol("which"))
    #expect(first.symbol("which") != nil)
  }
}
