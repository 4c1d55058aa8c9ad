extension OptionSchema {
  /// The value a node stands for, read as this option's type; `nil` for a node that was already reported.
  func value(in node: YAMLNode) throws(OptionMismatch) -> OptionValue? {
    switch node.content {
    case .refused: return nil
    case .scalar("", isPlain: true):
      if type == .list { return .list([]) }
      throw OptionMismatch(
        code: .missing, what: "no value", expected: expectation, found: "nothing",
        remedy: example ?? "write a value, or delete the line")
    case .scalar(let text, _):
      if type == .list { throw wrongKind(node) }
      return try value(of: text)
    case .sequence(let items):
      guard type == .list else { throw wrongKind(node) }
      var texts: [String] = []
      for item in items {
        switch item.content {
        case .refused: return nil
        case .scalar("", isPlain: true), .sequence, .mapping:
          throw OptionMismatch(
            code: .wrongValue, what: "wrong value", expected: expectation, found: "\(item.kind) in the list",
            remedy: "write each text on a line of its own after a dash")
        case .scalar(let text, _): texts.append(text)
        }
      }
      return .list(try value(ofItems: texts))
    case .mapping: throw wrongKind(node)
    }
  }

  private func wrongKind(_ node: YAMLNode) -> OptionMismatch {
    OptionMismatch(
      code: .wrongValue, what: "wrong value", expected: expectation, found: node.kind,
      remedy: type == .list ? "write it between [ and ]" : example)
  }
}
