/// A node of a YAML document. Scalars are the text that was written: what a text means is decided by the option it is
/// for, so `NO`, `1e3` and `~` stay what they are until a target asks for a boolean or a number.
public struct YAMLNode: Hashable, Sendable {
  /// What a node holds.
  public enum Content: Hashable, Sendable {
    /// A text; plain means it was written without quotes.
    case scalar(String, isPlain: Bool)
    /// Nodes in order.
    case sequence([YAMLNode])
    /// Keys and values in order, each key once.
    case mapping([YAMLEntry])
    /// Something refused, which was reported where it was read.
    case refused
  }

  /// What the node holds.
  public let content: Content
  /// Where it starts.
  public let position: SourcePosition

  /// Makes a node from its parts.
  public init(_ content: Content, at position: SourcePosition) {
    self.content = content
    self.position = position
  }

  /// Whether nothing was written: a key with no value behind it.
  public var isEmpty: Bool { content == .scalar("", isPlain: true) }

  /// The value of a key, if this is a mapping that has it.
  public func entry(_ key: String) -> YAMLEntry? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }
  }

  /// The kind in words, for messages; never the text itself.
  var kind: String {
    switch content {
    case .scalar("", isPlain: true): "nothing"
    case .scalar: "a text"
    case .sequence: "a list"
    case .mapping: "a section"
    case .refused: "a refused value"
    }
  }
}

/// A key of a mapping with its value.
public struct YAMLEntry: Hashable, Sendable {
  /// The key's text.
  public let key: String
  /// Where the key starts.
  public let position: SourcePosition
  /// The value.
  public let value: YAMLNode

  /// Makes an entry from its parts.
  public init(_ key: String, at position: SourcePosition, _ value: YAMLNode) {
    self.key = key
    self.position = position
    self.value = value
  }
}
