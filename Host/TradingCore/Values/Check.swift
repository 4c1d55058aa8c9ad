/// One condition with the numbers that decided it.
public struct Check: Hashable, Sendable, Codable {
  /// What a condition needs to be decided.
  public enum Kind: Int32, Hashable, Sendable, Codable {
    /// Nothing but bars.
    case bar = 1
    /// The state of the host, the calendar or other sources.
    case state = 2
    /// Made between approval and order.
    case recheck = 3
  }

  /// The condition's name, snake_case.
  public var name: String
  /// What it needs.
  public var kind: Kind
  /// Whether it holds.
  public var passed: Bool
  /// The value looked at; `nil` when it has no number or could not be computed.
  public var value: Double?
  /// The limit it was held against.
  public var limit: Double?
  /// A remark: `unknown`, `from_data`; empty when there is none.
  public var note: String

  /// Makes a check from its parts.
  public init(name: String, kind: Kind, passed: Bool, value: Double?, limit: Double?, note: String = "") {
    self.name = name
    self.kind = kind
    self.passed = passed
    self.value = value
    self.limit = limit
    self.note = note
  }
}

/// A named value that a plugin reports beside its answer.
public struct Field: Hashable, Sendable, Codable {
  /// The value by kind.
  public enum Value: Hashable, Sendable, Codable {
    /// An analytic number; `nil` when undefined.
    case number(Double?)
    /// An exact decimal in billionths.
    case decimal(nanos: Int64)
    /// A count.
    case integer(Int64)
    /// An instant, nanoseconds since the Unix epoch.
    case time(nanoseconds: Int64)
    /// Words.
    case text(String)
    /// A flag: clear, raised or unknown.
    case flag(Flag)
  }

  /// Three states of a flag.
  public enum Flag: Int32, Hashable, Sendable, Codable {
    case clear = 0
    case raised = 1
    case unknown = 2

    /// The name in JSON and the ledger.
    public var name: String {
      switch self {
      case .clear: "clear"
      case .raised: "raised"
      case .unknown: "unknown"
      }
    }
  }

  /// The group it belongs to (`inputs`, `ev`); may be empty.
  public var group: String
  /// Its name, snake_case.
  public var name: String
  /// Its value.
  public var value: Value

  /// Makes a field from its parts.
  public init(group: String, name: String, value: Value) {
    self.group = group
    self.name = name
    self.value = value
  }
}
