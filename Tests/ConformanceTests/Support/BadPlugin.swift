import Testing

/// A plugin with one fault, and the one test that must catch it.
struct BadPlugin: Sendable, CustomTestStringConvertible {
  /// The test that catches it.
  var test: String
  /// How it ends there.
  var verdict: String
  /// The source in `Tests/Fixtures/Conformance`, which also is a good plugin.
  var source: String
  /// The switch that makes it bad: `BAD_TWO_EXPORTS`; empty when the manifest or the linker does.
  var define: String
  /// Further flags for the compiler.
  var flags: [String]
  /// Keys of the manifest that are replaced, as JSON; `nil` leaves a key out.
  var manifest: [String: String?]

  init(
    _ test: String, _ source: String, _ define: String = "", verdict: String = "fail", flags: [String] = [],
    manifest: [String: String?] = [:]
  ) {
    self.test = test
    self.verdict = verdict
    self.source = source
    self.define = define
    self.flags = flags
    self.manifest = manifest
  }

  var testDescription: String { "\(test): \(source) \(define)" }

  /// All of them.
  static let all: [BadPlugin] = image
}
