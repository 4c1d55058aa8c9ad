/// The parts of what a source says about its data: `part: expected A, found B; remedy`.
struct FaultText {
  /// What stands before: a file, a line, a block; may be empty.
  var place = ""
  var expected: String?
  var found: String?
  var remedy: String?

  init(_ text: String) {
    let mark = "expected "
    guard let begin = FaultText.range(of: mark, in: text[...]),
      begin.lowerBound == text.startIndex || text[..<begin.lowerBound].hasSuffix(": "),
      let middle = FaultText.range(of: ", found ", in: text[begin.upperBound...])
    else { return }
    place = String(text[..<begin.lowerBound].dropLast(2))
    expected = String(text[begin.upperBound..<middle.lowerBound])
    let rest = text[middle.upperBound...]
    if let end = FaultText.range(of: "; ", in: rest) {
      found = String(rest[..<end.lowerBound])
      remedy = String(rest[end.upperBound...])
    } else {
      found = String(rest)
    }
  }

  /// The first place of one text in another.
  private static func range(of mark: String, in text: Substring) -> Range<String.Index>? {
    var start = text.startIndex
    while start < text.endIndex {
      if text[start...].hasPrefix(mark) { return start..<text.index(start, offsetBy: mark.count) }
      start = text.index(after: start)
    }
    return nil
  }
}
