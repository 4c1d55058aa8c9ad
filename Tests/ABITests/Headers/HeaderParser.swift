/// Reads the C that the headers are written in: constants, typedefs, structs of fields and function pointers, prototypes.
///
/// Anything else is an error, so nothing is declared without being seen here.
struct HeaderParser {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  let header: String
  var tokens: ArraySlice<CToken>
  var found = Description()
  /// The comment above what comes next.
  var comment: String?

  /// Reads the text of one header.
  static func parse(_ source: String, header: String) throws -> Description {
    let tokens = try CToken.scan(source)
    var parser = HeaderParser(header: header, tokens: try withoutPreprocessor(tokens, header)[...])
    parser.found.constants = macros(tokens, header)
    while parser.tokens.contains(where: { $0.kind != .comment && $0.kind != .note }) { try parser.declaration() }
    return parser.found
  }

  private mutating func declaration() throws {
    comment = takeComments()
    switch try peek().text {
    case "enum": try constants()
    case "typedef":
      drop(1)
      if try peek().text == "struct" { try typedefOfStruct() } else { try typedefOfNumber() }
    case "struct":
      drop(1)
      let tag = try word()
      guard let place = found.opaque.firstIndex(where: { $0.tag == tag }) else {
        throw failure("struct \(tag) needs its typedef above")
      }
      let name = found.opaque.remove(at: place).name
      let fields = try fields()
      try expect(";")
      found.structs.append(.init(tag: tag, name: name, header: header, fields: fields, comment: comment))
    default: try prototype()
    }
  }

  private mutating func constants() throws {
    drop(1)
    try expect("{")
    _ = takeComments()
    var group = Description.Constants(header: header, kind: "values", members: [])
    while try peek().text != "}" {
      let name = try word()
      try expect("=")
      guard let value = Int64(try take().text) else { throw failure("\(name) needs a plain number") }
      group.members.append(.init(name: name, value: value))
      _ = takeComments()
      if try peek().text == "," { drop(1) }
      _ = takeComments()
    }
    drop(1)
    try expect(";")
    found.constants.append(group)
  }

  private mutating func typedefOfStruct() throws {
    drop(1)
    let above = comment
    let tag = try word()
    if try peek().text == "{" {
      let fields = try fields()
      let name = try word()
      found.structs.append(.init(tag: tag, name: name, header: header, fields: fields, comment: above))
    } else {
      found.opaque.append(.init(name: try word(), header: header, tag: tag))
    }
    try expect(";")
  }

  private mutating func typedefOfNumber() throws {
    let (type, name) = try HeaderParser.typed(statement(), header)
    found.aliases.append(.init(name: name, header: header, type: type))
  }

  private mutating func prototype() throws {
    var words = try statement()
    if words.first?.text == "__attribute__" { words.removeSubrange(..<(try HeaderParser.closing(words, from: 1) + 1)) }
    guard let open = words.firstIndex(where: { $0.text == "(" }), words.last?.text == ")" else {
      throw failure("not a declaration that this header language has: \(words.map(\.text).joined(separator: " "))")
    }
    let (returns, name) = try HeaderParser.typed(Array(words[..<open]), header)
    let marks = CommentForm(comment)
    found.functions.append(
      .init(
        name: name, header: header, returns: returns,
        parameters: try HeaderParser.parameters(Array(words[(open + 1)..<(words.count - 1)]), header),
        since: marks.since, thread: marks.thread, comment: comment))
  }
}
