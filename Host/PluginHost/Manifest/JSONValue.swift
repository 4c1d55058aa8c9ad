/// A value of a JSON text (RFC 8259). Numbers stay the text they were written as.
enum JSONValue: Equatable {
  case object([Member])
  case array([JSONValue])
  case string(String)
  case number(String)
  case boolean(Bool)
  case null

  /// A key of an object with its value.
  struct Member: Equatable {
    var key: String
    var value: JSONValue
  }

  /// The kind in words, for messages.
  var kind: String {
    switch self {
    case .object: "an object"
    case .array: "a list"
    case .string: "a text"
    case .number: "a number"
    case .boolean: "true or false"
    case .null: "null"
    }
  }
}

/// Why a text is not JSON, with the place in characters from 1.
struct JSONSyntaxError: Error, Equatable {
  var line: Int
  var column: Int
  var what: String
}
