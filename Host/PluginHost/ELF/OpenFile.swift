import Glibc
import Hashing

/// A regular file held open, so that what was hashed, what was examined and what is loaded are the same file.
package final class OpenFile {
  /// The descriptor, open for reading.
  let descriptor: Int32
  /// What the file was like when it was opened.
  package let identity: Identity
  private var isKept = false

  /// What changes when a file is replaced or written to.
  package struct Identity: Hashable {
    var device: UInt
    var inode: UInt
    package var size: Int
    var modified: [Int]
    var mode: UInt32
    var owner: UInt32

    init(_ status: stat) {
      device = UInt(status.st_dev)
      inode = UInt(status.st_ino)
      size = Int(status.st_size)
      modified = [
        status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
      ]
      mode = status.st_mode
      owner = status.st_uid
    }
  }

  /// Why a file cannot be opened.
  package enum Failure: Error, Equatable {
    case notAFile(kind: String)
    case system(Int32)
  }

  /// Opens a file without waiting for one that has no content yet, such as a pipe. May block on the disk.
  package init(path: String) throws(Failure) {
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard opened >= 0 else { throw .system(errno) }
    var status = stat()
    guard fstat(opened, &status) == 0 else {
      let failure = errno
      close(opened)
      throw .system(failure)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw .notAFile(kind: OpenFile.kind(status.st_mode))
    }
    descriptor = opened
    identity = Identity(status)
  }

  deinit { if !isKept { close(descriptor) } }

  /// Leaves the descriptor open for the life of the process.
  func keep() { isKept = true }

  /// Whether the file is still as it was when it was opened; a change of its links or rights counts too.
  var isUnchanged: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && Identity(status) == identity
  }

  /// The SHA-256 of the whole file; `nil` when it cannot be read or has another size than when it was opened.
  package func digest() -> Digest? {
    var hasher = SHA256()
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { chunk.deallocate() }
    var offset = 0
    while offset < identity.size {
      let count = Glibc.pread(descriptor, chunk.baseAddress, min(chunk.count, identity.size - offset), offset)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      hasher.update(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
      offset += count
    }
    return hasher.finalize()
  }

  /// The bytes of a range; `nil` when the file does not have all of them or the disk fails.
  package func bytes(at offset: UInt64, count: Int) -> [UInt8]? {
    guard count >= 0, let start = Int(exactly: offset), start <= identity.size, count <= identity.size - start else {
      return nil
    }
    var done = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while done < count {
        let result = Glibc.pread(descriptor, buffer.baseAddress! + done, count - done, start + done)
        if result < 0, errno == EINTR { continue }
        guard result > 0 else { break }
        done += result
      }
      initialized = done
    }
    return done == count ? bytes : nil
  }

  private static func kind(_ mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    case S_IFCHR, S_IFBLK: "a device"
    default: "something else"
    }
  }
}
