import Glibc
import PluginSDK

/// Writes each notification as plain lines to standard error.
public struct Console: Notifier {
  /// The severities as the option `minimum_severity` names them.
  public enum Severity: String, CaseIterable, Sendable {
    /// Everything.
    case info
    /// Warnings and alarms.
    case warning
    /// Alarms only.
    case alarm

    var value: Notification.Severity {
      switch self {
      case .info: .info
      case .warning: .warning
      case .alarm: .alarm
      }
    }
  }

  private let minimum: Notification.Severity
  private let descriptor: Int32

  /// Reads `minimum_severity`.
  public init(host: HostServices) throws(PluginError) {
    minimum = try host.options.choice("minimum_severity", as: Severity.self).value
    descriptor = STDERR_FILENO
  }

  /// Writes to another open file.
  init(minimum: Notification.Severity, descriptor: Int32) {
    self.minimum = minimum
    self.descriptor = descriptor
  }

  /// Writes one message in one piece, so that lines of two writers do not mix; throws `io` when that fails.
  public mutating func notify(_ notification: Notification) throws(PluginError) {
    guard notification.severity.rawValue >= minimum.rawValue else { return }
    var text = Console.lines(notification).map { $0 + "\n" }.joined()
    let failure = text.withUTF8 { Console.write(UnsafeRawBufferPointer($0), to: descriptor) }
    guard let failure else { return }
    throw PluginError(
      .io, "standard error: expected to write \(text.utf8.count) bytes, found: \(String(cString: strerror(failure)))")
  }

  /// Writes all bytes; answers the number of the error that stopped it.
  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
    var rest = bytes
    while let base = rest.baseAddress, !rest.isEmpty {
      let count = Glibc.write(descriptor, base, rest.count)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        // A terminal or pipe that does not block and is full: wait until it takes more.
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, 1000)
        continue
      }
      guard count > 0 else { return errno }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
    return nil
  }
}
