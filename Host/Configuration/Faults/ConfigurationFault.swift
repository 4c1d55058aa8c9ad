/// One thing that is wrong with the configuration, and what to do about it. It never holds a secret's value.
public struct ConfigurationFault: Error, Hashable, Sendable {
  /// Whether the host may go on.
  public enum Severity: String, Sendable {
    /// The configuration cannot be used.
    case fault
    /// The configuration can be used, but something in it does nothing.
    case warning
  }

  /// The kind of a fault, for programs.
  public enum Code: String, Sendable, CaseIterable {
    /// The text cannot be read.
    case syntax
    /// YAML that configurations do not use: anchors, tags, several documents.
    case unsupported
    /// Too much of something.
    case limit
    /// Bytes that are not UTF-8, or a control character.
    case encoding
    /// A key stands twice in one section.
    case duplicateKey = "duplicate_key"
    /// No such key.
    case unknownKey = "unknown_key"
    /// No such plugin is installed.
    case unknownPlugin = "unknown_plugin"
    /// A value of another kind.
    case wrongValue = "wrong_value"
    /// A number below the minimum or above the maximum.
    case outOfBounds = "out_of_bounds"
    /// A value that must be there is not.
    case missing
    /// A secret stands in the configuration itself.
    case secretLiteral = "secret_literal"
    /// A secret that is referred to is set nowhere.
    case secretMissing = "secret_missing"
    /// A reference to a secret in an option that takes none.
    case secretMisplaced = "secret_misplaced"
    /// Values that exclude each other.
    case conflict
    /// Others have rights to a file that they must not have.
    case filePermission = "file_permission"
    /// A file that cannot be opened or read.
    case fileUnreadable = "file_unreadable"
    /// Arguments or environment that make no sense.
    case usage
  }

  /// Whether the host may go on.
  public var severity: Severity
  /// The kind.
  public var code: Code
  /// Where the offending text stands; `nil` when it stands nowhere.
  public var place: Place?
  /// The key concerned.
  public var key: ConfigurationKey?
  /// What is wrong.
  public var what: String
  /// What would have been right.
  public var expected: String?
  /// What was there instead; never a secret.
  public var found: String?
  /// The next step.
  public var remedy: String?

  /// Makes a fault from its parts.
  public init(
    _ code: Code, at place: Place?, key: ConfigurationKey? = nil, what: String, expected: String? = nil,
    found: String? = nil, remedy: String? = nil, severity: Severity = .fault
  ) {
    self.severity = severity
    self.code = code
    self.place = place
    self.key = key
    self.what = what
    self.expected = expected
    self.found = found
    self.remedy = remedy
  }

  /// The file concerned, if it is one.
  public var file: String? {
    switch place {
    case .file(let path): path
    case .position(let position): position.file
    case .commandLine, .environment, nil: nil
    }
  }
  /// The line concerned, from 1.
  public var line: Int? { if case .position(let position) = place { position.line } else { nil } }
  /// The column concerned, from 1, in characters.
  public var column: Int? { if case .position(let position) = place { position.column } else { nil } }
}

extension ConfigurationFault {
  /// Where an offending text stands.
  public enum Place: Hashable, Sendable, CustomStringConvertible {
    /// A file as a whole.
    case file(String)
    /// A place in a file.
    case position(SourcePosition)
    /// An argument, by its name only.
    case commandLine(String)
    /// A variable of the environment, by its name only.
    case environment(String)

    /// `config.yaml:3:5`, `config.yaml`, `--market` or `$WHARF_HOME`.
    public var description: String {
      switch self {
      case .file(let path): path
      case .position(let position): position.description
      case .commandLine(let argument): argument
      case .environment(let name): "$" + name
      }
    }
  }
}

extension ConfigurationFault: CustomStringConvertible {
  /// `config.yaml:3:18: risk.max_positions: wrong value: expected a whole number, found "ten"; write for example 10`.
  public var description: String {
    var text = [place?.description, key?.description, what].compactMap { $0 }.joined(separator: ": ")
    let comparison = [expected.map { "expected " + $0 }, found.map { "found " + $0 }].compactMap { $0 }
    if !comparison.isEmpty { text += ": " + comparison.joined(separator: ", ") }
    if let remedy { text += "; " + remedy }
    return severity == .warning ? "warning: " + text : text
  }
}

/// Everything that is wrong with a configuration, in the order of the file.
public struct ConfigurationFaults: Error, Hashable, Sendable, CustomStringConvertible {
  /// The faults, and the warnings that came with them.
  public let all: [ConfigurationFault]

  /// Puts faults into the order of the file: those without a line last, otherwise as they were found.
  public init(_ faults: [ConfigurationFault]) {
    all = faults.enumerated().sorted { a, b in
      let (x, y) = (a.element.line ?? .max, b.element.line ?? .max)
      let (p, q) = (a.element.column ?? .max, b.element.column ?? .max)
      return (x, p, a.offset) < (y, q, b.offset)
    }.map(\.element)
  }

  /// One fault a line.
  public var description: String { all.map(\.description).joined(separator: "\n") }
}
