import CommandLineKit
import TradingCore
import TradingTypes

extension Field.Value {
  /// The value in JSON: analytics as numbers, decimals and times as texts, flags as words.
  var json: JSONValue {
    switch self {
    case .number(let number): JSONValue(number)
    case .decimal(let nanos): .string(Price(nanos: nanos).description)
    case .integer(let integer): .integer(integer)
    case .time(let nanoseconds): .string(Timestamp(nanoseconds: nanoseconds).description)
    case .text(let text): .string(text)
    case .flag(let flag): .string(flag.name)
    }
  }
}

extension [Field] {
  /// One object a group, by the group's name; fields without a group stand beside them.
  var jsonGroups: [String: JSONValue] {
    var groups: [String: [String: JSONValue]] = [:]
    for field in self where !field.group.isEmpty { groups[field.group, default: [:]][field.name] = field.value.json }
    var object = groups.mapValues { JSONValue.object($0) }
    for field in self where field.group.isEmpty && object[field.name] == nil { object[field.name] = field.value.json }
    return object
  }
}
