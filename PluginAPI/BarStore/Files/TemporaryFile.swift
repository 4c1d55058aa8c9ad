import Glibc

/// A new file that takes the place of another when it is whole; it is removed when it does not come to that.
final class TemporaryFile {
  private let destination: String
  private let temporary: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var written = 0
  private var isInPlace = false

  private static let bufferSize = 256 * 1024

  /// How long the file is so far.
  var length: Int { written + buffer.count }

  /// Makes an empty file in the folder of `destination`, hidden by a point in front of its name.
  init(beside destination: String) throws(BarStoreError) {
    self.destination = destination
    let (folder, name) = TemporaryFile.parts(destination)
    temporary = "\(folder)/.\(name).\(getpid()).tmp"
    descriptor = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else {
      throw BarStoreError(
        .cannotCreate, destination, expected: "to make \(temporary)", found: String(cString: strerror(errno)),
        remedy: "name a folder that exists and may be written to")
    }
    buffer.reserveCapacity(TemporaryFile.bufferSize + BlockBuilder.largest)
  }

  deinit {
    close(descriptor)
    if !isInPlace { unlink(temporary) }
  }

  /// Appends bytes.
  func write(_ bytes: some Collection<UInt8>) throws(BarStoreError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= TemporaryFile.bufferSize { try flush() }
  }

  /// Puts bytes in place of the first ones.
  func overwriteStart(_ bytes: [UInt8]) throws(BarStoreError) {
    try flush()
    guard bytes.withUnsafeBytes({ put($0, at: 0) }) else { throw failure("\(bytes.count) bytes to be written") }
  }

  /// Waits until all is on the disk, puts the file in its place, and waits until its name is on the disk too.
  func moveIntoPlace() throws(BarStoreError) {
    try flush()
    guard fsync(descriptor) == 0 else { throw failure("to reach the disk") }
    guard rename(temporary, destination) == 0 else { throw failure("to take its place") }
    isInPlace = true
    let folder = open(TemporaryFile.parts(destination).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw failure("its folder to be readable") }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw failure("its name to reach the disk") }
  }

  private func flush() throws(BarStoreError) {
    guard buffer.withUnsafeBytes({ put($0, at: written) }) else {
      throw failure("\(buffer.count) bytes to be written")
    }
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes all bytes, resuming after partial writes; false: `errno` says why not.
  private func put(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, offset + done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  private func failure(_ expected: String) -> BarStoreError {
    let number = errno
    return BarStoreError(
      .writeFailed, destination, expected: expected, found: String(cString: strerror(number)),
      remedy: number == ENOSPC ? "free some space and try again" : "look at the disk and try again")
  }

  private static func parts(_ path: String) -> (folder: String, name: Substring) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path[...]) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), path[path.utf8.index(after: slash)...])
  }
}
