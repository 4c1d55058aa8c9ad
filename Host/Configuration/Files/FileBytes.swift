import Glibc

/// Reads small files whole.
enum FileBytes {
  /// Why a file cannot be read.
  enum Problem: Error, Equatable {
    case missing
    case notAFile
    case tooLarge(limit: Int)
    /// Others than the owner may read it; the mode's lower nine bits.
    case open(mode: UInt32)
    case otherOwner
    case system(errno: Int32)
  }

  /// The bytes of a regular file of at most `limit` bytes. With `isPrivate` the file must belong to the user who runs
  /// the host (root may read any), and nobody but its owner may have any right to it. Blocks on the disk.
  static func read(_ path: String, limit: Int, isPrivate: Bool = false) throws(Problem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw errno == ENOENT || errno == ENOTDIR ? .missing : .system(errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    if isPrivate {
      guard status.st_uid == geteuid() || geteuid() == 0 else { throw .otherOwner }
      guard status.st_mode & 0o077 == 0 else { throw .open(mode: status.st_mode & 0o777) }
    }
    var bytes: [UInt8] = []
    while true {
      var failure: Int32 = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        var result: Int
        repeat { result = Glibc.read(descriptor, buffer.baseAddress, buffer.count) } while result < 0 && errno == EINTR
        failure = result < 0 ? errno : 0
        count = max(result, 0)
      }
      guard failure == 0 else { throw .system(errno: failure) }
      guard !chunk.isEmpty else { return bytes }
      bytes += chunk
      guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    }
  }
}

extension FileBytes.Problem {
  /// The exit code of `<sysexits.h>` that fits: 66 for no such input, 74 for a failing disk, else 78.
  var exitCode: Int32 {
    switch self {
    case .missing: 66
    case .system(EIO): 74
    case .notAFile, .tooLarge, .open, .otherOwner, .system: 78
    }
  }

  func fault(_ path: String) -> ConfigurationFault {
    func fault(
      _ code: ConfigurationFault.Code, _ what: String, _ expected: String?, _ found: String?, _ remedy: String?
    ) -> ConfigurationFault {
      ConfigurationFault(code, at: .file(path), what: what, expected: expected, found: found, remedy: remedy)
    }
    switch self {
    case .missing: return fault(.fileUnreadable, "no such file", nil, nil, "check the path")
    case .notAFile: return fault(.fileUnreadable, "not a file", "a regular file", nil, "check the path")
    case .tooLarge(let limit): return fault(.limit, "too large", "at most \(limit) bytes", nil, nil)
    case .open(let mode):
      let digits = String(mode, radix: 8)
      return fault(
        .filePermission, "others may read or change this file of secrets", "permission 600", "permission \(digits)",
        "run chmod 600 \(path)")
    case .otherOwner:
      return fault(
        .filePermission, "this file of secrets belongs to another user", "your own file", nil,
        "copy it, and run chmod 600 on the copy")
    case .system(let number):
      return fault(.fileUnreadable, "cannot be read: " + String(cString: strerror(number)), nil, nil, nil)
    }
  }
}
