import Glibc

/// Keeps a file to one host at a time: an advisory lock on `<file>-lock` that ends with its process, however it ends.
///
/// The lock has a file of its own because closing any other descriptor of a database file would drop SQLite's locks.
final class FileLock {
  private let path: String
  private var descriptor: Int32

  /// Takes the lock, or says which process has it. Never waits.
  init(forFile file: String) throws(LedgerError) {
    let path = "\(file)-lock"
    self.path = path
    // Set only once the lock is held: what is thrown before must not remove the file of the one who holds it.
    descriptor = -1
    var opened: Int32
    repeat {
      opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
      guard opened >= 0 else { throw FileLock.failure(file, errno) }
      guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
        let reason = errno
        defer { Glibc.close(opened) }
        guard reason == EWOULDBLOCK else { throw FileLock.failure(file, reason) }
        throw LedgerError(
          .inUse, file: file, what: "another host runs on it", expected: "no lock on \(path)",
          found: FileLock.holder(opened), remedy: LedgerError.remedy(for: .inUse))
      }
      // The last holder removes the file: what was locked must be what others will find.
      if FileLock.isCurrent(opened, path) { break }
      Glibc.close(opened)
    } while true
    descriptor = opened
    let text = "\(getpid())\n"
    _ = ftruncate(descriptor, 0)
    _ = text.withCString { pwrite(descriptor, $0, text.utf8.count, 0) }
  }

  deinit { release() }

  /// Gives the lock back and removes its file.
  func release() {
    guard descriptor >= 0 else { return }
    unlink(path)
    Glibc.close(descriptor)
    descriptor = -1
  }

  private static func isCurrent(_ descriptor: Int32, _ path: String) -> Bool {
    var locked = stat()
    var named = stat()
    return fstat(descriptor, &locked) == 0 && stat(path, &named) == 0 && locked.st_ino == named.st_ino
      && locked.st_dev == named.st_dev
  }

  private static func holder(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let digits = String(decoding: bytes.prefix(max(count, 0)).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    return digits.isEmpty ? "a lock held by another process" : "a lock held by process \(digits)"
  }

  private static func failure(_ file: String, _ reason: Int32) -> LedgerError {
    let code: LedgerError.Code =
      switch reason {
      case EACCES, EPERM, EROFS: .readOnly
      case ENOENT, ENOTDIR, ENAMETOOLONG, ELOOP: .cannotCreate
      case ENOSPC, EDQUOT: .diskFull
      default: .inputOutput
      }
    return LedgerError(
      code, file: file, what: "cannot lock", found: String(cString: strerror(reason)),
      remedy: LedgerError.remedy(for: code))
  }
}
