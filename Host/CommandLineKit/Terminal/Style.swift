/// Bold and coloured text, or the text as it is where the reader cannot show or does not want style.
public struct Style: Equatable, Sendable {
  /// How a piece of text stands out.
  public enum Tint: Sendable, CaseIterable {
    /// Heavier type.
    case bold
    /// Fainter type, for what matters less.
    case dim
    /// For faults and losses.
    case red
    /// For what is well.
    case green
    /// For warnings.
    case yellow

    /// The parameter of the "select graphic rendition" sequence (ECMA-48, section 8.3.117).
    fileprivate var parameter: String {
      switch self {
      case .bold: "1"
      case .dim: "2"
      case .red: "31"
      case .green: "32"
      case .yellow: "33"
      }
    }
  }

  private let isOn: Bool

  /// The style that `capabilities` allow.
  public init(_ capabilities: TerminalCapabilities) { isOn = capabilities.showsStyle }

  private init(isOn: Bool) { self.isOn = isOn }

  /// No style: every text stays as it is.
  public static let plain = Style(isOn: false)

  /// The text in the given tint; the empty text stays empty.
  public func tinted(_ text: String, _ tint: Tint) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(tint.parameter)m\(text)\u{1B}[0m" : text
  }

  /// Heavier type.
  public func bold(_ text: String) -> String { tinted(text, .bold) }
  /// Fainter type.
  public func dim(_ text: String) -> String { tinted(text, .dim) }
  /// Red, for faults and losses.
  public func red(_ text: String) -> String { tinted(text, .red) }
  /// Green, for what is well.
  public func green(_ text: String) -> String { tinted(text, .green) }
  /// Yellow, for warnings.
  public func yellow(_ text: String) -> String { tinted(text, .yellow) }
}
