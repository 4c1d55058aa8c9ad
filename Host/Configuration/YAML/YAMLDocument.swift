/// A YAML text as a tree, with what is wrong with it.
public struct YAMLDocument: Sendable {
  /// How much a text may hold.
  public struct Limits: Sendable {
    /// The size of the text.
    public var bytes = 1 << 20
    /// Sections and lists within each other.
    public var depth = 32
    /// Keys, texts, sections and lists.
    public var nodes = 100_000

    /// Limits for a configuration: 1 MiB, 32 levels, 100,000 nodes.
    public init() {}
  }

  /// The tree; `nil` when the text is empty or cannot be read to its end.
  public let root: YAMLNode?
  /// What is wrong; keys written twice, anchors and the like leave the rest of the tree readable.
  public let faults: [ConfigurationFault]

  /// Reads a text; `file` is its name in positions and messages.
  public init(_ bytes: [UInt8], file: String, limits: Limits = Limits()) {
    let start = SourcePosition(file: file, line: 1, column: 1)
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    guard text.count <= limits.bytes else {
      let fault = ConfigurationFault(
        .limit, at: .file(file), what: "too large", expected: "at most \(limits.bytes) bytes",
        found: "\(text.count) bytes")
      self.init(root: nil, faults: [fault])
      return
    }
    guard !text.isEmpty else {
      self.init(root: nil, faults: [])
      return
    }
    if let (line, column, what) = YAMLText.fault(in: text) {
      let position = SourcePosition(file: file, line: line + 1, column: column + 1)
      let fault = ConfigurationFault(
        .encoding, at: .position(position), what: what, remedy: "save the file as UTF-8 text")
      self.init(root: nil, faults: [fault])
      return
    }
    self = text.withUnsafeBufferPointer { buffer in
      var builder = YAMLTreeBuilder(reader: YAMLEventReader(buffer), file: file, limits: limits)
      do throws(YAMLStop) {
        let root = try builder.document()
        return YAMLDocument(root: root, faults: builder.faults)
      } catch {
        return YAMLDocument(root: nil, faults: builder.faults + [error.fault(in: buffer, start: start)])
      }
    }
  }

  private init(root: YAMLNode?, faults: [ConfigurationFault]) {
    self.root = root
    self.faults = faults
  }
}

/// Why a text cannot be read further.
enum YAMLStop: Error {
  case syntax(YAMLSyntaxError)
  case fault(ConfigurationFault)

  func fault(in text: UnsafeBufferPointer<UInt8>, start: SourcePosition) -> ConfigurationFault {
    switch self {
    case .fault(let fault): return fault
    case .syntax(let error):
      let position = SourcePosition(file: start.file, line: error.line + 1, column: error.column + 1)
      guard !YAMLText.hasTabInIndentation(text, line: error.line) else {
        return ConfigurationFault(
          .syntax, at: .position(position), what: "tab in the indentation", remedy: "indent with spaces")
      }
      return ConfigurationFault(
        .syntax, at: .position(position), what: "not readable as YAML: " + error.problem,
        remedy: "check the indentation, colons and quotes of this line and the one before")
    }
  }
}
