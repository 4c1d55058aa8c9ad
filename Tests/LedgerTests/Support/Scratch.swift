import Foundation
import TradingTypes

@testable import Ledger

/// A folder of its own for one test, gone with it.
final class Scratch {
  let folder: String

  init() {
    // Memory where there is some, so that the many synchronisations of these tests wear out no disk.
    let memory = "/dev/shm"
    let root = FileManager.default.isWritableFile(atPath: memory) ? memory : FileManager.default.temporaryDirectory.path
    folder = "\(root)/ledger-\(UUID().uuidString)"
    try! FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String = "ledger.sqlite") -> String { "\(folder)/\(name)" }

  /// What is in the folder, by name.
  var contents: [String: Data] {
    var contents: [String: Data] = [:]
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      contents[name] = FileManager.default.contents(atPath: path(name)) ?? Data()
    }
    return contents
  }

  /// Runs SQL on a file, past everything the ledger watches over.
  func execute(_ sql: String, on name: String = "ledger.sqlite") throws {
    let connection = try Connection(path(name), .write, busyMilliseconds: 0)
    defer { connection.close() }
    try connection.execute(sql, "cannot prepare the test")
  }

  func text(_ sql: String, on name: String = "ledger.sqlite") throws -> String? {
    let connection = try Connection(path(name), .readShared, busyMilliseconds: 0)
    defer { connection.close() }
    return try connection.text(sql)
  }
}

/// The folder with the files that tests compare with.
let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("Fixtures")

/// A wall time: any, because nothing that is decided depends on it.
let wall = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

/// A small generator with a seed (SplitMix64), the same on every machine.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
