/// A place in a text file.
public struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The path, as it was given.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in characters.
  public let column: Int

  /// Makes a place from its parts.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  public static func < (a: SourcePosition, b: SourcePosition) -> Bool {
    (a.file, a.line, a.column) < (b.file, b.line, b.column)
  }

  /// `config.yaml:3:5`.
  public var description: String { "\(file):\(line):\(column)" }
}
