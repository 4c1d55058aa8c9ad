import Foundation
import Hashing
import Testing
import Workload

/// Whether the whole files are generated here: they are 270 MB in all, which takes a minute without optimisation.
let isOptimised: Bool = {
  #if DEBUG
    FileHandle.standardError.write(
      Data(
        "SKIPPED: the workload's whole files; needs swift test -c release -Xswiftc -enable-testing\n".utf8))
    return false
  #else
    return true
  #endif
}()

@Suite struct `The files of the workload` {
  struct Prefix: Sendable, CustomTestStringConvertible {
    var file: WorkloadFile
    var rows: Int
    var sha256: String
    var testDescription: String { "\(file.rawValue), \(rows) rows" }
  }

  /// Of the shared generator's own files, cut after so many rows.
  static let prefixes = [
    Prefix(
      file: .minuteRecords, rows: 10_000, sha256: "0183cbca76e60e89914435955693a02c724cbc84eccb09687cd03c0330bee0d7"),
    Prefix(
      file: .minuteText, rows: 10_000, sha256: "d9d27dc82ba9575f3c239b62d43cd342659e956ec43245c258e51b4e5d675e6d"),
    Prefix(
      file: .dayRecords, rows: 5040, sha256: "44d5dba1c2dc7366ded7bfe2c1d00a9622d9750c929ecf020124dfbf4fcb5ac1"),
    Prefix(file: .dayText, rows: 5040, sha256: "92646540fdf2060a6af39e094e00aad222e782843fcf3bdf5bfd6804ae2fd494"),
    Prefix(
      file: .liveRecords, rows: 504, sha256: "9d08fd5e82768747b93449fede12075b6821683912011860460b655a2abe45d3"),
  ]

  static func hash(_ file: WorkloadFile, rows: Int? = nil) -> (bytes: Int, sha256: String) {
    var hash = SHA256()
    var bytes = 0
    file.write(rows: rows) { piece in
      hash.update(piece)
      bytes += piece.count
    }
    return (bytes, hash.finalize().hex)
  }

  @Test(arguments: prefixes) func `begin as the shared generator's do`(_ prefix: Prefix) {
    #expect(Self.hash(prefix.file, rows: prefix.rows).sha256 == prefix.sha256)
  }

  @Test(.enabled(if: isOptimised, "needs an optimised build"), arguments: WorkloadFile.allCases)
  func `have the size and the hash of the document`(_ file: WorkloadFile) {
    #expect(Self.hash(file) == file.mustGive)
  }

  @Test func `list the pairs of the sweep with the document's hash`() {
    #expect(Self.hash(.sweepPairs) == WorkloadFile.sweepPairs.mustGive)
    #expect(WorkloadData.sweepPairs.count == 200)
  }

  @Test func `stop where the reader of the bytes fails`() {
    struct Full: Error {}
    var pieces = 0
    #expect(throws: Full.self) {
      try WorkloadFile.minuteText.write { _ throws(Full) in
        pieces += 1
        if pieces == 3 { throw Full() }
      }
    }
    #expect(pieces == 3)
  }
}
