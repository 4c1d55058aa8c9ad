import PluginSDK

/// Writes each notification of at least `minimum_severity` to the host's log.
public struct LogNotifier: Notifier {
  /// The severities as the option names them.
  public enum Severity: String, CaseIterable, Sendable {
    /// Everything.
    case info
    /// Warnings and alarms.
    case warning
    /// Alarms only.
    case alarm

    fileprivate var value: Notification.Severity {
      switch self {
      case .info: .info
      case .warning: .warning
      case .alarm: .alarm
      }
    }
  }

  private let log: Log
  private let minimum: Notification.Severity

  /// Reads `minimum_severity`.
  public init(host: HostServices) throws(PluginError) {
    log = host.log
    minimum = try host.options.choice("minimum_severity", as: Severity.self).value
  }

  public mutating func notify(_ notification: Notification) throws(PluginError) {
    guard notification.severity.rawValue >= minimum.rawValue else { return }
    var line = "\(notification.topic): \(notification.title)"
    if !notification.text.isEmpty { line += ": \(notification.text)" }
    switch notification.severity {
    case .info: log.info(line)
    case .warning: log.warning(line)
    case .alarm: log.error(line)
    }
  }
}
