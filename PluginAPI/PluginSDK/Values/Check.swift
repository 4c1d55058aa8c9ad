import WharfABI

/// One condition with the numbers that decided it.
public struct Check: Hashable, Sendable {
  /// What a condition needs to be evaluated.
  public enum Kind: Int32, Hashable, Sendable, CaseIterable {
    /// Nothing but bars.
    case bar = 1
    /// The state of the host, the calendar or other sources.
    case state = 2
    /// Made between approval and order.
    case recheck = 3
  }

  /// Its name in snake_case: `trend`.
  public var name: String
  /// What it needs.
  public var kind: Kind
  /// Whether it holds.
  public var passed: Bool
  /// The number that was compared; `nil` when it could not be computed or there is none.
  public var value: Double?
  /// The number it was compared with; `nil` when there is none.
  public var limit: Double?
  /// A remark such as `unknown` or `from_data`; may be empty.
  public var note: String

  /// Makes a condition from its parts.
  public init(
    _ name: String, _ kind: Kind, passed: Bool, value: Double? = nil, limit: Double? = nil, note: String = ""
  ) {
    self.name = name
    self.kind = kind
    self.passed = passed
    self.value = value
    self.limit = limit
    self.note = note
  }
}

extension Check {
  var textLength: Int { name.utf8.count + note.utf8.count }

  func raw(_ arena: inout TextArena) -> wharf_check {
    var raw = wharf_check()
    (raw.name, raw.name_length) = arena.put(name)
    raw.kind = kind.rawValue
    raw.passed = passed ? 1 : 0
    raw.value = value ?? .nan
    raw.limit = limit ?? .nan
    (raw.note, raw.note_length) = arena.put(note)
    return raw
  }
}
