/// What stdout carries.
public enum OutputMode: Equatable, Sendable {
  /// Text for people.
  case text
  /// One JSON object and nothing else.
  case json

  /// The mode that the raw arguments ask for with `--json`, so that a wrong command line is answered in it too.
  public init(arguments: [String]) {
    self = arguments.prefix { $0 != "--" }.contains("--json") ? .json : .text
  }
}
