/// What one test of a plugin came to, as the test itself sees it. Crashes and hangs are seen from outside: ``Verdict``.
public enum Outcome: Hashable, Sendable {
  /// The plugin does what the contract says.
  case pass
  /// It does, but somebody should look at this.
  case warn(String)
  /// It breaks the contract; the text says what, where, expected against found, and the remedy (see ``Finding``).
  case fail(String)
  /// The test does not apply to this plugin, and why.
  case skip(String)

  /// A failure from its parts.
  static func fail(_ finding: Finding) -> Outcome { .fail(finding.description) }

  /// A warning from its parts.
  static func warn(_ finding: Finding) -> Outcome { .warn(finding.description) }
}

/// What a test found, with all that the plugin's author needs to act on it.
struct Finding: Error, Hashable, CustomStringConvertible {
  /// The function, table, section or file concerned: `strategy.on_bar`.
  var place: String
  /// What the contract asks for.
  var expected: String
  /// What was there instead.
  var found: String
  /// What the author can do about it.
  var remedy: String

  init(_ place: String, expected: String, found: String, remedy: String) {
    self.place = place
    self.expected = expected
    self.found = found
    self.remedy = remedy
  }

  /// `strategy.create: expected ok, found invalid; remedy: accept every value the manifest allows`.
  var description: String { "\(place): expected \(expected), found \(found); remedy: \(remedy)" }
}

/// Why a test cannot be made with this plugin; another test fails for the same reason, or it does not apply. It ends a
/// test as ``Outcome/skip(_:)``.
struct Unusable: Error, Hashable, CustomStringConvertible {
  /// The reason.
  var description: String

  init(_ description: String) { self.description = description }
}
