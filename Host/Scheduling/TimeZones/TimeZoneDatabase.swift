import Glibc
import MarketCalendar

/// The zones that a configuration may name: the committed ones, and those of an installed tzdata.
public struct TimeZoneDatabase: Sendable {
  /// The folder of compiled zone files.
  public let folder: String

  /// Makes a database over a folder.
  public init(folder: String = "/usr/share/zoneinfo") { self.folder = folder }

  /// The zone of an IANA name.
  ///
  /// The zones of the tabled exchanges and UTC are committed and read no file, so a schedule and the sessions always
  /// agree. Any other name blocks while its file is read.
  public func zone(named name: String) throws(TimeZoneError) -> TimeZoneRules {
    if let committed = TimeZoneRules.committed(name) { return committed }
    return try TimeZoneFile.parse(bytes(of: name), name: name)
  }

  /// The bytes of a zone's file, at most 1 MiB.
  public func bytes(of name: String) throws(TimeZoneError) -> [UInt8] {
    guard TimeZoneDatabase.isWellFormed(name) else { throw TimeZoneError(zone: name, reason: .malformedName) }
    let path = folder + "/" + name
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(name, path, errno) }
    defer { close(descriptor) }
    let limit = 1 << 20
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + count, $0.count - count) }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw failure(name, path, errno) }
      if got == 0 { break }
      count += got
    }
    guard count <= limit else {
      throw TimeZoneError(zone: name, reason: .damaged(detail: "\(path) is larger than \(limit) bytes"))
    }
    return Array(bytes[..<count])
  }

  private func failure(_ name: String, _ path: String, _ code: Int32) -> TimeZoneError {
    switch code {
    case ENOENT, ENOTDIR, EISDIR: TimeZoneError(zone: name, reason: .unknownZone(folder: folder))
    default: TimeZoneError(zone: name, reason: .unreadable(path: path, errno: code))
    }
  }

  /// Letters, digits, `_`, `+`, `-` and single slashes between them: no way out of the folder.
  private static func isWellFormed(_ name: String) -> Bool {
    guard (1...64).contains(name.utf8.count) else { return false }
    return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty
        && part.utf8.allSatisfy { byte in
          (65...90).contains(byte) || (97...122).contains(byte) || (48...57).contains(byte)
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
        }
    }
  }
}
