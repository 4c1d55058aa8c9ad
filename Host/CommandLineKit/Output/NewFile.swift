import Glibc

/// A file that appears whole or not at all.
public enum NewFile {
  /// Writes a file beside its place, waits until it is on the disk, and puts it there; an older one is replaced. When
  /// anything fails, nothing has changed. Blocks on the disk.
  ///
  /// - Throws: `CommandFailure` (`cannot_create`, exit 73) when it cannot be made, ``OutputError`` when it cannot be
  ///   written; what `body` throws.
  public static func write(_ path: String, _ body: (inout BufferedOutput) throws -> Void) throws {
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    var isOpen = true
    do {
      var output = BufferedOutput(descriptor: descriptor, destination: path)
      try body(&output)
      try output.finish()
      guard fsync(descriptor) == 0 else { throw failure(path) }
      isOpen = false
      guard close(descriptor) == 0, rename(temporary, path) == 0 else { throw failure(path) }
    } catch {
      if isOpen { close(descriptor) }
      unlink(temporary)
      throw error
    }
  }

  private static func failure(_ path: String) -> CommandFailure {
    CommandFailure(
      code: "cannot_create", message: "the file cannot be written: \(String(cString: strerror(errno)))", where: path,
      expected: "a folder that exists and can be written to", found: nil, remedy: "name another place",
      exitCode: .cannotCreate)
  }
}
