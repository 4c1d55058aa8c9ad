/// Builds a tree out of events, and keeps what is wrong without stopping where it can go on.
struct YAMLTreeBuilder: ~Copyable {
  private var reader: YAMLEventReader
  private let file: String
  private let limits: YAMLDocument.Limits
  private var nodes = 0
  private(set) var faults: [ConfigurationFault] = []

  init(reader: consuming YAMLEventReader, file: String, limits: YAMLDocument.Limits) {
    self.reader = reader
    self.file = file
    self.limits = limits
  }

  /// The root of the only document; `nil` when there is none.
  mutating func document() throws(YAMLStop) -> YAMLNode? {
    guard case .documentStart = try next().kind else { return nil }
    let root = try node(try next(), depth: 0)
    _ = try next()
    let following = try next()
    if case .documentStart = following.kind {
      report(
        .unsupported, at: position(following), what: "a second document",
        remedy: "remove the line --- and what follows, or merge it into the first document")
    }
    return root
  }

  private mutating func node(_ event: YAMLEvent, depth: Int) throws(YAMLStop) -> YAMLNode {
    let position = position(event)
    nodes += 1
    guard nodes <= limits.nodes else { throw tooMuch(at: position, "too many values", "at most \(limits.nodes)") }
    guard depth <= limits.depth else { throw tooMuch(at: position, "too deep", "at most \(limits.depth) levels") }
    if event.hasAnchor { reportAnchor(at: position) }
    if event.hasTag {
      report(.unsupported, at: position, what: "a tag", remedy: "remove the word that starts with !")
    }
    switch event.kind {
    case .scalar(let text, let isPlain): return YAMLNode(scalar(text, isPlain: isPlain, at: position), at: position)
    case .sequenceStart: return YAMLNode(.sequence(try sequence(depth: depth)), at: position)
    case .mappingStart: return YAMLNode(.mapping(try mapping(depth: depth)), at: position)
    case .alias:
      reportAnchor(at: position)
      return YAMLNode(.refused, at: position)
    case .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
      throw .syntax(YAMLSyntaxError(problem: "unexpected end of a block", line: event.line, column: event.column))
    }
  }

  private mutating func scalar(_ text: String, isPlain: Bool, at position: SourcePosition) -> YAMLNode.Content {
    let control = text.unicodeScalars.contains { scalar in
      scalar != "\n" && scalar != "\t" && (scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value))
    }
    guard control else { return .scalar(text, isPlain: isPlain) }
    report(.encoding, at: position, what: "control character in a text", remedy: "remove the escape")
    return .refused
  }

  private mutating func sequence(depth: Int) throws(YAMLStop) -> [YAMLNode] {
    var items: [YAMLNode] = []
    while true {
      let event = try next()
      if case .sequenceEnd = event.kind { return items }
      items.append(try node(event, depth: depth + 1))
    }
  }

  private mutating func mapping(depth: Int) throws(YAMLStop) -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    var places: [String: SourcePosition] = [:]
    while true {
      let event = try next()
      if case .mappingEnd = event.kind { return entries }
      let key = try node(event, depth: depth + 1)
      let value = try node(try next(), depth: depth + 1)
      switch key.content {
      case .refused: continue
      case .sequence, .mapping:
        report(.unsupported, at: key.position, what: "a key that is not a text", found: key.kind)
      case .scalar(let text, _):
        guard let first = places[text] else {
          places[text] = key.position
          entries.append(YAMLEntry(text, at: key.position, value))
          continue
        }
        report(
          .duplicateKey, at: key.position, what: "key \(quoted(text)) written twice in one section",
          found: "the first at line \(first.line)", remedy: "keep one of them")
      }
    }
  }

  private mutating func next() throws(YAMLStop) -> YAMLEvent {
    do throws(YAMLSyntaxError) { return try reader.next() } catch { throw .syntax(error) }
  }

  private func position(_ event: YAMLEvent) -> SourcePosition {
    SourcePosition(file: file, line: event.line + 1, column: event.column + 1)
  }

  private func tooMuch(at position: SourcePosition, _ what: String, _ expected: String) -> YAMLStop {
    .fault(ConfigurationFault(.limit, at: .position(position), what: what, expected: expected, found: "more"))
  }

  private mutating func reportAnchor(at position: SourcePosition) {
    report(
      .unsupported, at: position, what: "an anchor or alias (& or *)",
      remedy: "write the value out, or put quotes around a text that starts with & or *")
  }

  private mutating func report(
    _ code: ConfigurationFault.Code, at position: SourcePosition, what: String, found: String? = nil,
    remedy: String? = nil
  ) {
    faults.append(ConfigurationFault(code, at: .position(position), what: what, found: found, remedy: remedy))
  }
}
