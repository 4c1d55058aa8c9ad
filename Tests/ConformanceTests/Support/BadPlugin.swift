import Foundation
import Testing

/// A plugin with one fault, and the one test that must catch it.
struct BadPlugin: Sendable, CustomTestStringConvertible {
  /// The test that catches it.
  var test: String
  /// How it ends there.
  var verdict: String
  /// The source in `Tests/Fixtures/Conformance`, which also is a good plugin; or a built library (`libSMACross.so`).
  var source: String
  /// The switch that makes it bad: `BAD_TWO_EXPORTS`; empty when the manifest or the linker does.
  var define: String
  /// Further flags for the compiler.
  var flags: [String]
  /// Keys of the manifest that are replaced, as JSON; `nil` leaves a key out.
  var manifest: [String: String?]
  /// What is done to the bytes of the built file.
  var patch: (@Sendable (inout [UInt8]) -> Void)?

  init(
    _ test: String, _ source: String, _ define: String = "", verdict: String = "fail", flags: [String] = [],
    manifest: [String: String?] = [:], patch: (@Sendable (inout [UInt8]) -> Void)? = nil
  ) {
    self.test = test
    self.verdict = verdict
    self.source = source
    self.define = define
    self.flags = flags
    self.manifest = manifest
    self.patch = patch
  }

  var testDescription: String { "\(test): \(source) \(define)" }

  /// All of them.
  static let all: [BadPlugin] =
    image + linking + imports + manifest + loading + entry + tables + config + sessions + isolation

  /// Builds it in a folder and returns the path of the file.
  func build(in folder: String) throws -> String {
    var file = folder + "/" + source
    if source.hasSuffix(".so") {
      let products = URL(fileURLWithPath: Check.executable).deletingLastPathComponent().path
      try FileManager.default.copyItem(atPath: products + "/" + source, toPath: file)
    } else {
      file = try Fixture.build(source, define: define, flags: flags, manifest: manifest, in: folder)
    }
    guard let patch else { return file }
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    patch(&bytes)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }
}

extension [UInt8] {
  /// Puts a text in place of another of the same length, wherever it stands.
  mutating func replace(_ text: String, by other: String) {
    let (old, new) = (Array(text.utf8), Array(other.utf8))
    precondition(old.count == new.count)
    var data = Data(self)
    var start = data.startIndex
    while let found = data.range(of: Data(old), in: start..<data.endIndex) {
      data.replaceSubrange(found, with: new)
      start = found.upperBound
    }
    self = [UInt8](data)
  }
}
