import Glibc

/// A new file that takes the place of another when it is whole, and is removed when it does not come to that.
public final class WholeFile {
  /// What the system did not do, and its number for why.
  public struct Failure: Error, Hashable {
    /// What was being done.
    public enum Step: Hashable, Sendable { case make, write, synchronise, replace, openFolder, synchroniseFolder }

    public let step: Step
    public let number: Int32

    init(_ step: Step) { (self.step, number) = (step, errno) }
  }

  /// Where it is written to; closed with this value.
  public let descriptor: Int32

  private let path: String
  private let temporary: String
  private var isInPlace = false

  /// Makes an empty file, to be written to under a name that nobody else uses, in the same folder as its place.
  public init(_ path: String, temporary: String, permissions: mode_t) throws(Failure) {
    func make() -> Int32 { open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, permissions) }
    var made = make()
    // Left by a process of the same number that died.
    if made < 0, errno == EEXIST, unlink(temporary) == 0 { made = make() }
    guard made >= 0 else { throw Failure(.make) }
    (self.path, self.temporary, descriptor) = (path, temporary, made)
  }

  deinit {
    close(descriptor)
    if !isInPlace { unlink(temporary) }
  }

  /// Writes all bytes at a place in the file. Blocks on the disk.
  public func write(_ bytes: [UInt8], at offset: Int) throws(Failure) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress! + done, $0.count - done, offset + done) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure(.write) }
      done += count
    }
  }

  /// Waits until all is on the disk, puts the file in its place, and waits until its name is on the disk too. When it
  /// throws, nothing has changed.
  ///
  /// - Returns: why a power cut may still bring back what was there before; `nil` when it cannot.
  public func moveIntoPlace() throws(Failure) -> Failure? {
    guard fsync(descriptor) == 0 else { throw Failure(.synchronise) }
    guard rename(temporary, path) == 0 else { throw Failure(.replace) }
    isInPlace = true
    let folder = open(WholeFile.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return Failure(.openFolder) }
    defer { close(folder) }
    return fsync(folder) == 0 ? nil : Failure(.synchroniseFolder)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
