/// A JSON document as a tree, for results that fit in memory.
///
/// Objects are written with their keys sorted. Money, prices and quantities are decimal strings (``decimal(_:)``);
/// analytics are numbers in full double precision.
public enum JSONValue: Equatable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A whole number, exact.
  case integer(Int64)
  /// A double, written as the shortest text that reads back to the same value; `null` when it is not finite.
  case number(Double)
  /// A text.
  case string(String)
  /// Values in order.
  case array([JSONValue])
  /// Members by key.
  case object([String: JSONValue])

  /// A text, or `null`.
  public init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }

  /// A number, or `null`; not finite counts as undefined.
  public init(_ number: Double?) { self = number.map(JSONValue.number) ?? .null }

  /// A whole number.
  public init(_ integer: Int) { self = .integer(Int64(integer)) }

  /// An exact decimal as the string that describes it, or `null`.
  public static func decimal(_ value: (some CustomStringConvertible)?) -> JSONValue {
    value.map { .string($0.description) } ?? .null
  }

  /// The compact text of the document, without a line end.
  public var text: String {
    var writer = JSONWriter(into: BufferedOutput())
    writer.value(self)
    return String(decoding: writer.collected(), as: UTF8.self)
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// A double.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// `null`.
  public init(nilLiteral: ()) { self = .null }
  /// Values in order.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// Members by key; the last of equal keys counts.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }
}
