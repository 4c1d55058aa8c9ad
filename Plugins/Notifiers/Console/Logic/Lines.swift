import PluginSDK
import TradingTypes

extension Console {
  /// The lines of a notification: time, severity unless it is `info`, topic and title; then its text, indented.
  ///
  /// Control characters, which could move the cursor or hide words, are shown as `?`; so are those that turn the
  /// direction of writing.
  static func lines(_ notification: Notification) -> [String] {
    let severity = notification.severity == .info ? "" : " \(notification.severity)".uppercased()
    let topic = plain(notification.topic)
    let head = "\(notification.time)\(severity) \(topic.isEmpty ? "" : topic + ": ")\(plain(notification.title))"
    var text = notification.text.unicodeScalars
    while let last = text.last, last == "\n" || last == "\r" { text.removeLast() }
    guard !text.isEmpty else { return [head] }
    let lines = String(text).split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    return [head] + lines.map { $0.isEmpty ? "" : "  " + plain($0) }
  }

  /// A text without characters that do something to a terminal; a tab becomes a space.
  static func plain(_ text: some StringProtocol) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 9: out.append(" ")
      case 0..<32, 127..<160, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: out.append("?")
      default: out.append(scalar)
      }
    }
    return String(out)
  }
}
