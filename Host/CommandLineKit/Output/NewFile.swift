import Glibc
import WholeFiles

/// A file that appears whole or not at all.
public enum NewFile {
  /// Writes a file beside its place, waits until it is on the disk, and puts it there; an older one is replaced. When
  /// anything fails, nothing has changed. Blocks on the disk.
  ///
  /// - Throws: `CommandFailure` (`cannot_create`, exit 73) when it cannot be made, ``OutputError`` when it cannot be
  ///   written; what `body` throws.
  public static func write(_ path: String, _ body: (inout BufferedOutput) throws -> Void) throws {
    do {
      let file = try WholeFile(path, temporary: "\(path).\(getpid()).tmp", permissions: 0o644)
      var output = BufferedOutput(descriptor: file.descriptor, destination: path)
      try body(&output)
      try output.finish()
      // Not every folder can be waited for; the file is there.
      _ = try file.moveIntoPlace()
    } catch let failure as WholeFile.Failure {
      throw CommandFailure(
        code: "cannot_create", message: "the file cannot be written: \(String(cString: strerror(failure.number)))",
        where: path, expected: "a folder that exists and can be written to", found: nil, remedy: "name another place",
        exitCode: .cannotCreate)
    }
  }
}
