import TradingTypes
import WharfABI

/// A named value that explains a signal, observation or report.
public struct Field: Hashable, Sendable {
  /// What a field can hold.
  public enum Value: Hashable, Sendable {
    /// An analytic number; `nil` where undefined.
    case number(Double?)
    /// An exact decimal, in billionths.
    case decimal(nanos: Int64)
    /// A whole number.
    case integer(Int64)
    /// An instant.
    case time(Timestamp)
    /// Text.
    case text(String)
    /// A warning that is clear, raised or unknown.
    case flag(Flag)
  }

  /// The state of a warning.
  public enum Flag: Int32, Hashable, Sendable, CaseIterable {
    /// Looked at and not so.
    case clear = 0
    /// Looked at and so.
    case raised = 1
    /// Could not be looked at.
    case unknown = 2
  }

  /// The group it is shown in: `inputs`, `sub_scores`, `ev`; may be empty.
  public var group: String
  /// Its name in snake_case.
  public var name: String
  /// Its value.
  public var value: Value

  /// Makes a field from its parts.
  public init(_ group: String, _ name: String, _ value: Value) {
    self.group = group
    self.name = name
    self.value = value
  }

  /// Makes a field of an analytic number; `nil` where undefined.
  public static func number(_ group: String, _ name: String, _ value: Double?) -> Field {
    Field(group, name, .number(value))
  }

  /// Makes a field of an exact price or quantity.
  public static func decimal(_ group: String, _ name: String, _ value: some FixedPoint) -> Field {
    Field(group, name, .decimal(nanos: value.nanos))
  }

  /// Makes a field of a whole number.
  public static func integer(_ group: String, _ name: String, _ value: Int) -> Field {
    Field(group, name, .integer(Int64(value)))
  }
}

extension Field {
  var textLength: Int {
    let own = group.utf8.count + name.utf8.count
    if case .text(let text) = value { return own + text.utf8.count }
    return own
  }

  func raw(_ arena: inout TextArena) -> wharf_field {
    var raw = wharf_field()
    (raw.group, raw.group_length) = arena.put(group)
    (raw.name, raw.name_length) = arena.put(name)
    switch value {
    case .number(let number):
      raw.kind = Int32(WHARF_FIELD_NUMBER)
      raw.number = number ?? .nan
    case .decimal(let nanos):
      raw.kind = Int32(WHARF_FIELD_DECIMAL)
      raw.integer = nanos
    case .integer(let integer):
      raw.kind = Int32(WHARF_FIELD_INTEGER)
      raw.integer = integer
    case .time(let time):
      raw.kind = Int32(WHARF_FIELD_TIME)
      raw.integer = time.nanoseconds
    case .text(let text):
      raw.kind = Int32(WHARF_FIELD_TEXT)
      (raw.text, raw.text_length) = arena.put(text)
    case .flag(let flag):
      raw.kind = Int32(WHARF_FIELD_FLAG)
      raw.integer = Int64(flag.rawValue)
    }
    return raw
  }
}
