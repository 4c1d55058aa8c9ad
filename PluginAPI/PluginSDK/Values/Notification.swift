import TradingTypes
import WharfABI

/// A message of the host to people.
public struct Notification: Hashable, Sendable {
  /// How much it matters.
  public enum Severity: Int32, Hashable, Sendable, CaseIterable {
    /// Good to know.
    case info = 1
    /// Should be looked at.
    case warning = 2
    /// Must be looked at now.
    case alarm = 3
  }

  /// How much it matters.
  public var severity: Severity
  /// When it happened, in the time of the road.
  public var time: Timestamp
  /// What it is about: `signal`, `fill`, `breaker`, `observation`, `summary`, `security`.
  public var topic: String
  /// One line.
  public var title: String
  /// Zero or more lines.
  public var text: String

  /// Makes a message from its parts.
  public init(severity: Severity, time: Timestamp, topic: String, title: String, text: String = "") {
    self.severity = severity
    self.time = time
    self.topic = topic
    self.title = title
    self.text = text
  }

  @usableFromInline init(_ raw: wharf_notification) throws(PluginError) {
    guard let severity = Severity(rawValue: raw.severity) else {
      throw unlisted("severity of a notification", raw.severity)
    }
    guard let topic = PluginSDK.text(raw.topic, raw.topic_length),
      let title = PluginSDK.text(raw.title, raw.title_length), let text = PluginSDK.text(raw.text, raw.text_length)
    else { throw PluginError(.invalid, "notification: a text of some length at a null address") }
    self.init(
      severity: severity, time: Timestamp(nanoseconds: raw.time), topic: topic, title: title, text: text)
  }
}
