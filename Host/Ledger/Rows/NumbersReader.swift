/// Reads a flat JSON object of strings, numbers and `null`.
struct NumbersReader {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  mutating func object() -> [NamedValue]? {
    guard skip("{") else { return nil }
    var values: [NamedValue] = []
    if skip("}") { return rest.isEmpty ? values : nil }
    repeat {
      guard let name = string(), skip(":"), let value = value() else { return nil }
      values.append(NamedValue(name: name, value: value))
    } while skip(",")
    return skip("}") && rest.isEmpty ? values : nil
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func value() -> NamedValue.Value? {
    if rest.first == UInt8(ascii: "\"") { return string().map(NamedValue.Value.text) }
    let end = rest.firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") } ?? rest.endIndex
    let word = String(Substring(rest[..<end]))
    rest = rest[end...]
    if word == "null" { return .undefined }
    if let integer = Int64(word) { return .integer(integer) }
    return Double(word).map(NamedValue.Value.number)
  }

  private mutating func string() -> String? {
    guard skip("\"") else { return nil }
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = rest.popFirst() else { return nil }
        switch escaped {
        case UInt8(ascii: "n"): bytes.append(10)
        case UInt8(ascii: "t"): bytes.append(9)
        case UInt8(ascii: "r"): bytes.append(13)
        case UInt8(ascii: "u"):
          let digits = rest.prefix(4)
          guard digits.count == 4, let code = UInt8(String(Substring(digits)), radix: 16) else { return nil }
          rest = rest.dropFirst(4)
          bytes.append(code)
        default: bytes.append(escaped)
        }
      default: bytes.append(byte)
      }
    }
    return nil
  }
}
