import Foundation
import Testing

@testable import PluginHost

@Suite struct `A file made to mislead` {
  /// A real plugin with symbol versions, a needed library and a manifest.
  private static let original: Result<[UInt8], any Error> = Result {
    let folder = try TemporaryFolder()
    try Rejection.linkToLibrary("libmine.so", source: "int there(void) { return 1; }", folder)
    return try folder.bytes("x.so")
  }

  private let examiner = PluginExaminer(
    links: LinkCheck(finder: LibraryFinder(environment: [:])), source: .environment)

  private func examine(_ bytes: [UInt8], _ folder: TemporaryFolder) throws -> PluginFile {
    examiner.examine(try folder.write("x.so", bytes))
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `never stops the host when bytes of it are changed`(_ seed: UInt64) throws {
    let original = try Self.original.get()
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(state: seed)
    // The tables lie at both ends of the file.
    let places = [0..<0x600, (original.count - 0x1000)..<original.count, 0..<original.count]
    for _ in 0..<250 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let place = Int.random(in: places.randomElement(using: &generator)!, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: bytes[place] = 0xff
        case 2: bytes[place] = 0
        default: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        }
      }
      let file = try examine(bytes, folder)
      #expect((file.status == .ready) == file.problems.isEmpty)
    }
  }

  @Test func `is rejected wherever it is cut off`() throws {
    let original = try Self.original.get()
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(state: 7)
    let cuts =
      [0, 1, 3, 4, 63, 64, original.count - 1]
      + (0..<150).map { _ in
        Int.random(in: 0..<original.count, using: &generator)
      }
    for cut in cuts {
      let file = try examine(Array(original[..<cut]), folder)
      #expect(file.status == .rejected, "cut at \(cut)")
      #expect(["not_elf", "truncated"].contains(file.problems.first?.code), "cut at \(cut)")
    }
  }

  @Test func `is no plugin when its sections name other tables than the loader would use`() throws {
    var bytes = try Self.original.get()
    // The address of the dynamic symbols in their section header.
    let sections = Int(bytes[40..<48].reversed().reduce(0) { $0 << 8 | UInt64($1) })
    let count = Int(bytes[60]) | Int(bytes[61]) << 8
    let header = try #require((0..<count).map { sections + $0 * 64 }.first { bytes[$0 + 4] == 11 })
    bytes[header + 16] &+= 8
    let file = try examine(bytes, TemporaryFolder())
    #expect(file.reason == "malformed ELF file: section headers and dynamic section name different tables")
  }
}
