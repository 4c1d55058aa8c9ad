import WharfABI

/// What the host does next after a call that did not succeed; the words of `base.h`.
public enum PluginStatus: Int32, Hashable, Sendable, CaseIterable {
  /// An argument or value is not acceptable; the call changed nothing.
  case invalid = 1
  /// This table, feature or order type does not exist here.
  case unsupported = 2
  /// Definitive: the thing asked for does not exist.
  case notFound = 3
  /// Definitive: the request was refused and has no effect.
  case rejected = 4
  /// Definitive: nothing left this process; the same request may be made again.
  case notSent = 5
  /// The request may or may not have taken effect; it is reconciled, never repeated.
  case unknownOutcome = 6
  /// Offer the same call once more later.
  case busy = 7
  /// No more data will come.
  case end = 8
  /// An option is missing or wrong.
  case configuration = 9
  /// The outside world failed.
  case io = 10
  /// This instance is broken; it is stopped and quarantined.
  case fault = 11
}

/// A failure at the edge of a plugin: what the host is told, and the line its log gets.
public struct PluginError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What the host does next.
  public var status: PluginStatus
  /// What failed, on what, expected versus found, and the remedy; lower-case start, no full stop. Never a secret.
  public var message: String

  /// Makes a failure from its status and its line for the log.
  public init(_ status: PluginStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  /// An option that cannot be used: names it, what was expected and what was found.
  public static func option(_ name: String, expected: String, found: String) -> PluginError {
    PluginError(.configuration, "option \(name): expected \(expected), found \(found)")
  }

  /// The line for the log.
  public var description: String { message }
}

/// Turns a status of the host into success or a failure that says which call it was; an unlisted status is a fault.
func check(_ status: wharf_status, _ call: @autoclosure () -> String) throws(PluginError) {
  guard status != 0 else { return }
  guard let known = PluginStatus(rawValue: status) else {
    throw PluginError(.fault, "\(call()): the host answered the unlisted status \(status)")
  }
  throw PluginError(known, "\(call()): the host answered \(known)")
}
