/// A text in double quotes for a message: control characters escaped, so that no terminal obeys them, and cut after
/// `limit` characters.
func quoted(_ text: String, limit: Int = 40) -> String { "\"" + escaped(text, limit: limit) + "\"" }

/// A text on one line, with control and direction-changing characters escaped, cut after `limit` characters if given.
func escaped(_ text: String, limit: Int = .max) -> String {
  var shown = ""
  var count = 0
  for scalar in text.unicodeScalars {
    guard count < limit else { return shown + "…" }
    count += 1
    switch scalar {
    case "\n": shown += "\\n"
    case "\t": shown += "\\t"
    case "\"": shown += "\\\""
    case "\\": shown += "\\\\"
    default:
      if isUnprintable(scalar) {
        shown += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
  }
  return shown
}

/// Whether a terminal might obey a character or hide it: controls, line separators, and direction marks.
func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
  default: false
  }
}
