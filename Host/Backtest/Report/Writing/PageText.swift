/// Bytes of a page on their way out, with the escapes that HTML and JSON inside HTML need.
struct PageText: ~Copyable {
  private(set) var bytes: [UInt8] = []

  /// Forgets what has been written out.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Appends markup of our own.
  mutating func raw(_ markup: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
  }

  /// Appends bytes of our own.
  mutating func raw(_ buffer: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: buffer) }

  /// Appends a text as it stands in an element or in a quoted attribute.
  mutating func text(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": raw("&amp;")
      case "<": raw("&lt;")
      case ">": raw("&gt;")
      case "\"": raw("&quot;")
      case "'": raw("&#39;")
      default: append(PageText.visible(scalar))
      }
    }
  }

  /// Appends digits and other characters that need no escape anywhere.
  mutating func ascii(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Appends a whole number.
  mutating func number(_ value: some BinaryInteger) { bytes.append(contentsOf: String(value).utf8) }

  /// Appends a quoted JSON text that can stand inside a `script` element: nothing in it can end the element.
  mutating func json(_ text: String) {
    raw("\"")
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": raw("\\\"")
      case "\\": raw("\\\\")
      case "<": raw("\\u003c")
      case ">": raw("\\u003e")
      case "&": raw("\\u0026")
      default: append(PageText.visible(scalar))
      }
    }
    raw("\"")
  }

  private mutating func append(_ scalar: Unicode.Scalar) { bytes.append(contentsOf: String(scalar).utf8) }

  /// A character, or the replacement character in place of one that would make a text look like what it is not: control
  /// characters, line separators, and those that turn the direction of writing. Line ends and tabs become spaces.
  private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: " "
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: "\u{FFFD}"
    default: scalar
    }
  }
}
