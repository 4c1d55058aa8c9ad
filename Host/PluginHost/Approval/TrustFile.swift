import Glibc
import WholeFiles

/// Why a file that decides which plugins are trusted cannot be used. Nothing of such a file is ever guessed or ignored.
public struct TrustFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public var path: String
  /// The line or key; empty when it is the whole file.
  public var place: String
  /// What would have been right.
  public var expected: String
  /// What is there.
  public var found: String
  /// The next step.
  public var remedy: String
  /// Whether the disk failed, or the file cannot be written: not a fault of its content.
  public var isSystemFailure = false

  /// `PATH: PLACE: expected A, found B; REMEDY`.
  public var description: String {
    let place = place.isEmpty ? "" : ": " + place
    return "\(printable(path))\(place): expected \(expected), found \(found); \(remedy)"
  }
}

/// Reads and writes the small files that decide which plugins are trusted.
enum TrustFile {
  /// The bytes of a file that only its owner, who is this user or root, may have written, and when that was, in seconds and
  /// nanoseconds; `nil` when there is none.
  static func read(
    _ path: String, limit: Int, remedy: String
  ) throws(TrustFileError) -> (bytes: [UInt8], modified: [Int])? {
    func failure(_ expected: String, _ found: String, _ remedy: String, isSystem: Bool = false) -> TrustFileError {
      TrustFileError(
        path: path, place: "", expected: expected, found: found, remedy: remedy, isSystemFailure: isSystem)
    }
    let opened: OpenFile
    do throws(OpenFile.Failure) {
      opened = try OpenFile(path: path)
    } catch {
      switch error {
      case .system(ENOENT): return nil
      case .notAFile(let kind): throw failure("a file", kind, remedy)
      case .system(let number):
        throw failure(
          "a file that the host may read", String(cString: strerror(number)),
          "allow the user who runs the host to read it", isSystem: true)
      }
    }
    guard opened.identity.mode & 0o002 == 0 else {
      throw failure(
        "a file that only its owner may change", "one that every user may write to",
        "look through it, then run chmod o-w on it")
    }
    guard opened.identity.owner == geteuid() || opened.identity.owner == 0 || geteuid() == 0 else {
      throw failure("your own file", "the file of user \(opened.identity.owner)", "copy it, and remove this one")
    }
    guard opened.identity.size <= limit else {
      throw failure("at most \(limit) bytes", "\(opened.identity.size)", remedy)
    }
    guard let bytes = opened.bytes(at: 0, count: opened.identity.size), opened.isUnchanged else {
      throw failure("a file that nobody is writing", "one that changes or cannot be read", "try again", isSystem: true)
    }
    return (bytes, opened.identity.modified)
  }

  /// Replaces a file whole or not at all; readable by everybody, writable by its owner. Blocks until it is on the disk.
  static func write(_ path: String, _ bytes: [UInt8]) throws(TrustFileError) {
    // A link stays one: what it leads to is replaced.
    let target = realPath(path) ?? path
    do throws(WholeFile.Failure) {
      let file = try WholeFile(target, temporary: "\(target).\(getpid()).tmp", permissions: 0o644)
      try file.write(bytes, at: 0)
      // Not every folder can be waited for; the file is there.
      _ = try file.moveIntoPlace()
    } catch {
      throw unwritable(path, error.number)
    }
  }

  static func unwritable(_ path: String, _ number: Int32) -> TrustFileError {
    TrustFileError(
      path: path, place: "", expected: "a file that the host may write", found: String(cString: strerror(number)),
      remedy: "allow the user who runs the host to write to its folder", isSystemFailure: true)
  }
}
