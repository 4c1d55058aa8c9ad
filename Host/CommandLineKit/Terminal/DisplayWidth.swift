/// How many terminal columns a text without control characters takes.
///
/// East Asian wide characters and emoji take two columns, combining marks none. Linear in the length of the text.
public func displayWidth(_ text: String) -> Int {
  if isPlainASCII(text) { return text.utf8.count }
  return text.reduce(0) { $0 + displayWidth(of: $1) }
}

/// How many terminal columns one grapheme cluster takes: 0, 1 or 2.
func displayWidth(of character: Character) -> Int {
  let scalars = character.unicodeScalars
  var isVisible = false
  for scalar in scalars {
    if scalar.value < 0x300 {
      isVisible = isVisible || scalar.value != 0xAD
      continue
    }
    if scalar.value == 0xFE0F || isWide(scalar) { return 2 }
    if !isZeroWidth(scalar) { isVisible = true }
  }
  return isVisible ? 1 : 0
}

/// The text cut to at most `columns` terminal columns, with `…` in place of what is cut off.
func truncated(_ text: String, to columns: Int) -> String {
  if displayWidth(text) <= columns { return text }
  guard columns > 0 else { return "" }
  var kept = ""
  var width = 1
  for character in text {
    width += displayWidth(of: character)
    if width > columns { break }
    kept.append(character)
  }
  while kept.last == " " { kept.removeLast() }
  return kept + "…"
}

/// On which side text stands in the space it is given.
public enum Alignment: Sendable {
  /// At the left, for words.
  case left
  /// At the right, for numbers.
  case right
}

/// The text with spaces added to at least `columns` terminal columns.
func padded(_ text: String, to columns: Int, _ alignment: Alignment) -> String {
  let missing = columns - displayWidth(text)
  guard missing > 0 else { return text }
  let spaces = String(repeating: " ", count: missing)
  return alignment == .left ? text + spaces : spaces + text
}

/// The text with every control character shown as an escape (`\n`, `\u{1B}`), so that untrusted text stays on its line
/// and cannot steer the terminal. Characters that reverse the writing direction unseen are escaped too.
public func printable(_ text: String) -> String {
  if isPlainASCII(text) { return text }
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x09: result += "\\t"
    case 0x0A: result += "\\n"
    case 0x0D: result += "\\r"
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069:
      result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

private func isPlainASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }

private func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: true
  default: (0x1160...0x11FF).contains(scalar.value)
  }
}

/// Whether a scalar takes two columns: East Asian Width W and F (Unicode Standard Annex 11, neighbouring ranges
/// merged), and emoji shown as pictures.
private func isWide(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
    0xF900...0xFAFF,
    0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DF2, 0x1AFF0...0x1B2FB,
    0x1F200...0x1F265, 0x20000...0x3FFFD:
    true
  default: scalar.properties.isEmojiPresentation
  }
}
