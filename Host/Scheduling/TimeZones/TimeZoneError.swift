/// Why a time zone cannot be used.
public struct TimeZoneError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// The name holds characters that no zone name has.
    case malformedName
    /// There is no such file in the folder.
    case unknownZone(folder: String)
    /// The file cannot be read, with the system's error number.
    case unreadable(path: String, errno: Int32)
    /// The file is not as RFC 8536 demands.
    case damaged(detail: String)
  }

  /// The name asked for.
  public var zone: String
  /// What is wrong.
  public var reason: Reason

  /// Makes an error from its parts.
  public init(zone: String, reason: Reason) {
    self.zone = zone
    self.reason = reason
  }

  /// What failed, what was expected, and what to do.
  public var description: String {
    switch reason {
    case .malformedName:
      "cannot use time zone '\(zone)': expected an IANA name such as America/New_York; correct the name"
    case .unknownZone(let folder):
      "unknown time zone '\(zone)': no such file in \(folder); correct the name or install tzdata "
        + "(apt-get install tzdata)"
    case .unreadable(let path, let errno):
      "cannot read time zone '\(zone)' from \(path): system error \(errno); make the file readable or install "
        + "tzdata again (apt-get install --reinstall tzdata)"
    case .damaged(let detail):
      "cannot use time zone '\(zone)': \(detail); install tzdata again (apt-get install --reinstall tzdata)"
    }
  }
}
