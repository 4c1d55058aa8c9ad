/// The text's words in lines of at most `width` terminal columns; a longer word stands alone on its line.
///
/// Runs of spaces and line ends count as one space. The empty text gives no line.
func wrapped(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  var used = 0
  for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
    let word = String(word)
    let length = displayWidth(word)
    if !line.isEmpty, used + 1 + length > width {
      lines.append(line)
      line = ""
    }
    if line.isEmpty {
      line = word
      used = length
    } else {
      line += " " + word
      used += 1 + length
    }
  }
  if !line.isEmpty { lines.append(line) }
  return lines
}
