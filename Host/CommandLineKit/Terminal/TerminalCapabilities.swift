import Glibc

/// What the reader's end of a file descriptor can show.
public struct TerminalCapabilities: Equatable, Sendable {
  /// Whether a person watches, rather than a pipe or a file.
  public var isTerminal: Bool
  /// The width in columns; 80 when nothing says otherwise.
  public var columns: Int
  /// Whether colours and bold type may be used.
  public var showsStyle: Bool
  /// Whether a line may be drawn over.
  public var redraws: Bool

  /// Capabilities as given.
  public init(isTerminal: Bool, columns: Int, showsStyle: Bool, redraws: Bool) {
    self.isTerminal = isTerminal
    self.columns = columns
    self.showsStyle = showsStyle
    self.redraws = redraws
  }

  /// A pipe or a file: 80 columns, no style.
  public static let piped = TerminalCapabilities(isTerminal: false, columns: 80, showsStyle: false, redraws: false)

  /// Capabilities from the facts about a descriptor and its environment.
  ///
  /// - Parameters:
  ///   - isTerminal: what `isatty(3)` says.
  ///   - columns: the terminal's own width, if it tells one; else the environment's `COLUMNS`, else 80.
  ///   - environment: looks up a variable. A non-empty `NO_COLOR` turns style off (https://no-color.org);
  ///     `TERM` that is `dumb`, empty or unset turns style and redrawing off.
  public init(isTerminal: Bool, columns: Int?, environment: (String) -> String?) {
    guard isTerminal else {
      self = .piped
      return
    }
    let term = environment("TERM") ?? ""
    let isCapable = !term.isEmpty && term != "dumb"
    let width = columns ?? environment("COLUMNS").flatMap { Int($0) } ?? 80
    self.init(
      isTerminal: true, columns: width > 0 ? width : 80,
      showsStyle: isCapable && (environment("NO_COLOR") ?? "").isEmpty, redraws: isCapable)
  }

  /// The capabilities of an open descriptor in this process's environment.
  public static func of(descriptor: Int32) -> TerminalCapabilities {
    guard isatty(descriptor) == 1 else { return .piped }
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return TerminalCapabilities(isTerminal: true, columns: isKnown ? Int(size.ws_col) : nil) { name in
      getenv(name).map { String(cString: $0) }
    }
  }
}
