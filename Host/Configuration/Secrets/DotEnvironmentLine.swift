/// One line of a `.env` file.
enum DotEnvironmentLine {
  /// Why a line cannot be read; constant texts, so that nothing of the line is shown.
  struct Problem: Error {
    var what: String
    var expected: String?
  }

  /// Name and value; `nil` for a blank line or a comment.
  static func read(_ line: some BidirectionalCollection<UInt8>) throws(Problem) -> (name: String, value: String)? {
    var rest = trimmed(line)[...]
    guard let first = rest.first, first != UInt8(ascii: "#") else { return nil }
    if rest.starts(with: "export ".utf8) || rest.starts(with: "export\t".utf8) {
      rest = trimmed(rest.dropFirst(7))[...]
    }
    guard let equals = rest.firstIndex(of: UInt8(ascii: "=")) else {
      throw Problem(what: "a line without =", expected: "NAME=value")
    }
    let name = trimmed(rest[..<equals])
    guard isVariableName(name) else {
      throw Problem(what: "not a variable's name", expected: "letters, digits and _, not starting with a digit")
    }
    let bytes = try value(trimmed(rest[(equals + 1)...])[...])
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw Problem(what: "not UTF-8 text", expected: nil)
    }
    return (String(decoding: name, as: UTF8.self), text)
  }

  private static func value(_ text: ArraySlice<UInt8>) throws(Problem) -> [UInt8] {
    switch text.first {
    case UInt8(ascii: "'"):
      let inside = text.dropFirst()
      guard let end = inside.firstIndex(of: UInt8(ascii: "'")) else {
        throw Problem(what: "a quote without its end", expected: "the closing ' on the same line")
      }
      try checkTail(inside[(end + 1)...])
      return Array(inside[..<end])
    case UInt8(ascii: "\""): return try escapedValue(text.dropFirst())
    default: return unquotedValue(text)
    }
  }

  private static func escapedValue(_ text: ArraySlice<UInt8>) throws(Problem) -> [UInt8] {
    var value: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex, text[index] != UInt8(ascii: "\"") {
      if text[index] == UInt8(ascii: "\\") {
        index += 1
        guard index < text.endIndex else { break }
        switch text[index] {
        case UInt8(ascii: "n"): value.append(0x0A)
        case UInt8(ascii: "r"): value.append(0x0D)
        case UInt8(ascii: "t"): value.append(0x09)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"): value.append(text[index])
        default:
          throw Problem(what: "an unknown escape in double quotes", expected: "one of \\n \\r \\t \\\" \\\\ \\$")
        }
      } else {
        value.append(text[index])
      }
      index += 1
    }
    guard index < text.endIndex else {
      throw Problem(what: "a quote without its end", expected: "the closing \" on the same line")
    }
    try checkTail(text[(index + 1)...])
    return value
  }

  private static func unquotedValue(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var end = text.endIndex
    for index in text.indices where text[index] == UInt8(ascii: "#") {
      guard index == text.startIndex || isBlank(text[index - 1]) else { continue }
      end = index
      break
    }
    return trimmed(text[..<end])
  }

  private static func checkTail(_ text: ArraySlice<UInt8>) throws(Problem) {
    let tail = trimmed(text)
    guard tail.isEmpty || tail.first == UInt8(ascii: "#") else {
      throw Problem(what: "text after the closing quote", expected: "nothing or a comment")
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private static func trimmed(_ text: some BidirectionalCollection<UInt8>) -> [UInt8] {
    let end = text.lastIndex { !isBlank($0) }
    guard let end else { return [] }
    return Array(text[...end].drop(while: isBlank))
  }
}
