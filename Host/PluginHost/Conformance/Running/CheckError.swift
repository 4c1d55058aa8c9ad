import Glibc

/// Why a plugin could not be checked at all; the plugin is not to blame.
public struct CheckError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What could not be done.
  public var what: String
  /// On what.
  public var place: String
  /// The `errno`.
  public var number: Int32

  init(_ what: String, _ place: String, _ number: Int32 = errno) {
    self.what = what
    self.place = place
    self.number = number
  }

  /// `cannot start a process: /proc/self/exe: Resource temporarily unavailable`.
  public var description: String { "\(what): \(place): \(String(cString: strerror(number)))" }
}
