import Glibc

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
    let temporary = "\(target).\(getpid()).tmp"
    var descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    if descriptor < 0, errno == EEXIST, unlink(temporary) == 0 {
      // Left by a process of the same number that died.
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    }
    guard descriptor >= 0 else { throw unwritable(path, errno) }
    var done = 0
    var failure: Int32 = 0
    while done < bytes.count, failure == 0 {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, $0.count - done) }
      if count < 0, errno != EINTR { failure = errno }
      done += max(count, 0)
    }
    if failure == 0, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(temporary, target) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary)
      throw unwritable(path, failure)
    }
    let folder = open(LibraryFinder.directory(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  static func unwritable(_ path: String, _ number: Int32) -> TrustFileError {
    TrustFileError(
      path: path, place: "", expected: "a file that the host may write", found: String(cString: strerror(number)),
      remedy: "allow the user who runs the host to write to its folder", isSystemFailure: true)
  }
}
