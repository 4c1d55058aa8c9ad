import Glibc
import Hashing

/// The file `plugins.lock` in the home folder.
public struct PluginLockFile: Sendable {
  /// Where it is or would be.
  public let path: String
  private let home: String

  /// The file of a home folder.
  public init(home: String) {
    self.home = home
    path = home + "/plugins.lock"
  }

  /// Reads it; one that is not there allows nothing. A file that is torn or was edited wrongly is an error, never ignored.
  /// Blocks on the disk.
  public func read() throws(TrustFileError) -> PluginLock {
    guard let (bytes, _) = try TrustFile.read(path, limit: 1 << 24, remedy: remedy) else { return PluginLock() }
    do throws(ManifestError) {
      return try PluginLock(text: bytes)
    } catch {
      guard case .faults(let faults) = error, let first = faults.first else {
        preconditionFailure("only a manifest has an ABI")
      }
      let more = faults.count > 1 ? " (and \(faults.count - 1) more faults)" : ""
      throw TrustFileError(
        path: path, place: first.place, expected: first.expected, found: first.found + more, remedy: remedy)
    }
  }

  /// Changes it, while no other host does; replaced whole or not at all. The home folder must be there. Blocks until it is
  /// on the disk.
  public func update(_ change: (inout PluginLock) -> Void) throws(TrustFileError) {
    let folder = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw TrustFile.unwritable(path, errno) }
    defer { close(folder) }
    while flock(folder, LOCK_EX) != 0 {
      guard errno == EINTR else { throw TrustFile.unwritable(path, errno) }
    }
    let before = try read()
    var lock = before
    change(&lock)
    if lock != before { try TrustFile.write(path, lock.text) }
  }

  /// Keeps what the tests said about a file with this hash, whether it is allowed or not. Blocks until it is on the disk.
  public func recordCheck(_ verdict: CheckVerdict, of digest: Digest) throws(TrustFileError) {
    try update { $0.recordCheck(verdict, of: digest) }
  }

  private var remedy: String {
    "restore it from a copy, or remove \(printable(path)) and approve your plugins again with host approve-plugin"
  }
}
