import WharfABI

/// The host's log, attributed to this plugin. Lines over 4,096 bytes are cut. Never write a secret.
public struct Log: @unchecked Sendable {
  // Sendable is safe: wharf.log/1 is tagged [any-thread], and both pointers stay valid until the instance ends.
  let host: UnsafePointer<wharf_host>
  let table: UnsafePointer<wharf_log>?

  /// Writes a line for whoever looks for a fault.
  public func debug(_ text: String) { write(WHARF_LOG_DEBUG, text) }
  /// Writes a line about the normal course.
  public func info(_ text: String) { write(WHARF_LOG_INFO, text) }
  /// Writes a line about something that should be looked at.
  public func warning(_ text: String) { write(WHARF_LOG_WARNING, text) }
  /// Writes a line about something that failed.
  public func error(_ text: String) { write(WHARF_LOG_ERROR, text) }

  private func write(_ level: some BinaryInteger, _ text: String) {
    guard let table else { return }
    withText(text) { table.pointee.write(host, Int32(level), $0, $1) }
  }
}
