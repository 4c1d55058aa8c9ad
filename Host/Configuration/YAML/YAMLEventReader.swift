import CYAML

/// What a YAML text consists of, one piece at a time, with zero-based positions.
struct YAMLEvent {
  enum Kind {
    case streamEnd, documentStart, documentEnd
    case alias
    case scalar(String, isPlain: Bool)
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }
  var kind: Kind
  var line: Int
  var column: Int
  var hasAnchor: Bool
  var hasTag: Bool
}

/// Why libyaml stopped, with a zero-based position; from a constant of libyaml, so it holds nothing of the input.
struct YAMLSyntaxError: Error {
  var problem: String
  var line: Int
  var column: Int
}

/// The one owner of libyaml: pulls events out of UTF-8 bytes.
///
/// The bytes must stay valid and unchanged for as long as the reader is used.
struct YAMLEventReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let isReady: Bool

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    isReady = yaml_parser_initialize(parser) == 1
    guard isReady else { return }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    if isReady { yaml_parser_delete(parser) }
    parser.deallocate()
  }

  /// The next event; the stream's start is skipped. After an error the reader must not be used again.
  mutating func next() throws(YAMLSyntaxError) -> YAMLEvent {
    guard isReady else { throw YAMLSyntaxError(problem: "out of memory", line: 0, column: 0) }
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
      defer { yaml_event_delete(&event) }
      if let read = Self.read(event) { return read }
    }
  }

  private static func read(_ event: yaml_event_t) -> YAMLEvent? {
    let kind: YAMLEvent.Kind
    var anchor: UnsafeMutablePointer<yaml_char_t>?
    var tag: UnsafeMutablePointer<yaml_char_t>?
    switch event.type {
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT: kind = .streamEnd
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
    case YAML_ALIAS_EVENT: kind = .alias
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      kind = .scalar(String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
      (anchor, tag) = (scalar.anchor, scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      kind = .sequenceStart
      (anchor, tag) = (event.data.sequence_start.anchor, event.data.sequence_start.tag)
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      kind = .mappingStart
      (anchor, tag) = (event.data.mapping_start.anchor, event.data.mapping_start.tag)
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    default: return nil
    }
    return YAMLEvent(
      kind: kind, line: Int(event.start_mark.line), column: Int(event.start_mark.column), hasAnchor: anchor != nil,
      hasTag: tag != nil)
  }

  private var failure: YAMLSyntaxError {
    var problem = parser.pointee.problem.map { String(cString: $0) } ?? "out of memory"
    if let context = parser.pointee.context {
      problem += " " + String(cString: context) + " from line \(parser.pointee.context_mark.line + 1)"
    }
    let mark = parser.pointee.problem_mark
    return YAMLSyntaxError(problem: problem, line: Int(mark.line), column: Int(mark.column))
  }
}
