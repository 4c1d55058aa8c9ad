import TradingCore
import TradingTypes

internal import WharfABI

extension Inspection {
  /// The checks of a signal.
  mutating func checks(_ items: UnsafePointer<wharf_check>?, _ count: UInt64) throws(Violation) -> [Check] {
    let count = try self.count(count, limit: Inspection.checkLimit, hasItems: items != nil, "check_count")
    var checks: [Check] = []
    checks.reserveCapacity(count)
    for index in 0..<count { checks.append(try check(items! + index)) }
    return checks
  }

  mutating func check(_ raw: UnsafePointer<wharf_check>) throws(Violation) -> Check {
    Check(
      name: try name(raw.pointee.name, raw.pointee.name_length, "check.name"),
      kind: try listed(raw.pointee.kind, "check.kind"), passed: try flag(raw.pointee.passed, "check.passed"),
      value: try defined(raw.pointee.value, "check.value"), limit: try defined(raw.pointee.limit, "check.limit"),
      note: try text(raw.pointee.note, raw.pointee.note_length, "check.note", limit: 256))
  }

  /// The fields of a signal or an observation.
  mutating func fields(_ items: UnsafePointer<wharf_field>?, _ count: UInt64) throws(Violation) -> [Field] {
    let count = try self.count(count, limit: Inspection.fieldLimit, hasItems: items != nil, "field_count")
    var fields: [Field] = []
    fields.reserveCapacity(count)
    for index in 0..<count { fields.append(try field(items! + index)) }
    return fields
  }

  private mutating func field(_ raw: UnsafePointer<wharf_field>) throws(Violation) -> Field {
    Field(
      group: try name(raw.pointee.group, raw.pointee.group_length, "field.group", allowsNone: true),
      name: try name(raw.pointee.name, raw.pointee.name_length, "field.name"), value: try value(raw))
  }

  private mutating func value(_ raw: UnsafePointer<wharf_field>) throws(Violation) -> Field.Value {
    switch Int(raw.pointee.kind) {
    case Int(WHARF_FIELD_NUMBER): return .number(try defined(raw.pointee.number, "field.number"))
    case Int(WHARF_FIELD_DECIMAL): return .decimal(nanos: raw.pointee.integer)
    case Int(WHARF_FIELD_INTEGER): return .integer(raw.pointee.integer)
    case Int(WHARF_FIELD_TIME): return .time(nanoseconds: raw.pointee.integer)
    case Int(WHARF_FIELD_TEXT): return .text(try text(raw.pointee.text, raw.pointee.text_length, "field.text"))
    case Int(WHARF_FIELD_FLAG):
      guard let flag = Int32(exactly: raw.pointee.integer).flatMap(Field.Flag.init) else {
        throw violation("field.integer", "0, 1 or 2 for a flag", "\(raw.pointee.integer)")
      }
      return .flag(flag)
    default: throw violation("field.kind", "a listed value", "\(raw.pointee.kind)")
    }
  }
}
