import TradingTypes
import WharfABI

/// A named value beside a signal, of names that are written in the code: it is made without an allocation and handed
/// over without a copy. For names that are made at run time, and for texts and flags, there is ``Field``.
@frozen
public struct Explanation {
  @usableFromInline var raw: wharf_field

  @inlinable init(_ group: StaticString, _ name: StaticString, _ kind: Int32) {
    raw = wharf_field()
    (raw.group, raw.group_length) = Explanation.text(group)
    (raw.name, raw.name_length) = Explanation.text(name)
    raw.kind = kind
  }

  /// An analytic number; NaN where undefined. The group may be empty; names are in snake_case.
  @inlinable public static func number(_ group: StaticString, _ name: StaticString, _ value: Double) -> Explanation {
    var made = Explanation(group, name, Int32(WHARF_FIELD_NUMBER))
    made.raw.number = value
    return made
  }

  /// An exact price or quantity.
  @inlinable public static func decimal(
    _ group: StaticString, _ name: StaticString, _ value: some FixedPoint
  ) -> Explanation {
    var made = Explanation(group, name, Int32(WHARF_FIELD_DECIMAL))
    made.raw.integer = value.nanos
    return made
  }

  /// A whole number.
  @inlinable public static func integer(_ group: StaticString, _ name: StaticString, _ value: Int) -> Explanation {
    var made = Explanation(group, name, Int32(WHARF_FIELD_INTEGER))
    made.raw.integer = Int64(value)
    return made
  }

  @inlinable static func text(_ text: StaticString) -> (UnsafePointer<CChar>?, UInt64) {
    // Only a text that is made of a single scalar by hand has no address; a literal always has one.
    precondition(text.hasPointerRepresentation, "a name without an address")
    return (UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self), UInt64(text.utf8CodeUnitCount))
  }
}
