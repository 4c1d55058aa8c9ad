import CommandLineKit
import TradingCore
import TradingTypes

/// The numbers a plugin reported beside its answer, as members of a row: an object for each group, and `fields` for
/// what belongs to none.
enum ReportedFields {
  /// The key of fields without a group; a group of this name shares it.
  static let ungrouped = "fields"

  static func members(_ fields: [Field]) -> [String: JSONValue] {
    var groups: [String: [String: JSONValue]] = [ungrouped: [:]]
    for field in fields {
      groups[field.group.isEmpty ? ungrouped : field.group, default: [:]][field.name] = json(field.value)
    }
    return groups.mapValues(JSONValue.object)
  }

  private static func json(_ value: Field.Value) -> JSONValue {
    switch value {
    case .number(let number): JSONValue(number)
    case .decimal(let nanos): .decimal(Price(nanos: nanos))
    case .integer(let integer): .integer(integer)
    case .time(let nanoseconds): .decimal(Timestamp(nanoseconds: nanoseconds))
    case .text(let text): .string(text)
    case .flag(let flag): .string(flag.name)
    }
  }
}
