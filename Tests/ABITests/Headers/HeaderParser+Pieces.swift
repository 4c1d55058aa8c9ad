extension HeaderParser {
  /// The fields between braces.
  mutating func fields() throws -> [Description.Field] {
    try expect("{")
    var fields: [Description.Field] = []
    while true {
      let above = takeComments()
      if try peek().text == "}" { break }
      let words = try statement()
      guard let open = words.firstIndex(where: { $0.text == "(" }) else {
        let (type, name) = try HeaderParser.typed(words, header)
        fields.append(.init(name: name, type: type, comment: above))
        continue
      }
      let close = try HeaderParser.closing(words, from: open)
      guard close == open + 3, words[open + 1].text == "*", words.count > close + 2, words[close + 1].text == "(",
        words.last?.text == ")"
      else { throw failure("a field with parentheses is a pointer to a function") }
      let marks = CommentForm(above)
      fields.append(
        .init(
          name: words[open + 2].text, returns: HeaderParser.type(words[..<open]), since: marks.since,
          thread: marks.thread, optional: marks.mayBeNull ? true : nil, mayBlock: marks.mayBlock ? true : nil,
          parameters: try HeaderParser.parameters(Array(words[(close + 2)..<(words.count - 1)]), header),
          comment: above))
    }
    drop(1)
    return fields
  }

  /// The words up to the next semicolon.
  mutating func statement() throws -> [CToken] {
    var words: [CToken] = []
    while true {
      let token = try take()
      if token.text == ";" { return words }
      if token.kind != .comment, token.kind != .note { words.append(token) }
    }
  }

  /// Drops comments; returns the text of the last one that stands on its own lines.
  mutating func takeComments() -> String? {
    var last: String?
    while let token = tokens.first, token.kind == .comment || token.kind == .note {
      if token.kind == .comment { last = token.text }
      drop(1)
    }
    return last
  }

  func peek() throws -> CToken {
    guard let token = tokens.first else { throw Failure(description: "\(header): ends in the middle of something") }
    return token
  }

  mutating func take() throws -> CToken {
    defer { tokens = tokens.dropFirst() }
    return try peek()
  }

  mutating func drop(_ count: Int) { tokens = tokens.dropFirst(count) }

  mutating func expect(_ text: String) throws {
    let token = try take()
    guard token.text == text else { throw failure("expected \(text), found \(token.text)", token) }
  }

  mutating func word() throws -> String {
    let token = try take()
    guard token.kind == .word else { throw failure("expected a name, found \(token.text)", token) }
    return token.text
  }

  func failure(_ text: String, _ token: CToken? = nil) -> Failure {
    Failure(description: "\(header):\((token ?? tokens.first)?.line ?? 0): \(text)")
  }

  /// A type and the name after it.
  static func typed(_ words: [CToken], _ header: String) throws -> (type: String, name: String) {
    guard words.count > 1, let name = words.last, name.kind == .word,
      words.allSatisfy({ $0.kind == .word || $0.text == "*" })
    else { throw Failure(description: "\(header):\(words.first?.line ?? 0): expected a type and a name") }
    return (type(words.dropLast()), name.text)
  }

  /// A type in one spelling: `const char *`, `const void **`.
  static func type(_ words: ArraySlice<CToken>) -> String {
    words.map(\.text).joined(separator: " ").replacing("* *", with: "**")
  }

  static func parameters(_ words: [CToken], _ header: String) throws -> [Description.Field] {
    if words.map(\.text) == ["void"] { return [] }
    return try words.split(omittingEmptySubsequences: false) { $0.text == "," }.map {
      let (type, name) = try typed(Array($0), header)
      return .init(name: name, type: type)
    }
  }

  /// The place of the parenthesis that closes the one at or after a place.
  static func closing(_ words: [CToken], from start: Int) throws -> Int {
    var depth = 0
    for (index, word) in words.enumerated().dropFirst(start) {
      depth += word.text == "(" ? 1 : word.text == ")" ? -1 : 0
      if depth == 0, word.text == ")" { return index }
    }
    throw Failure(description: "line \(words.first?.line ?? 0): a parenthesis is not closed")
  }
}
