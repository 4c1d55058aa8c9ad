import Glibc
import WholeFiles

/// A new file that takes the place of another when it is whole; it is removed when it does not come to that.
final class TemporaryFile {
  private let destination: String
  private let file: WholeFile
  private var buffer: [UInt8] = []
  private var written = 0

  private static let bufferSize = 256 * 1024

  /// How long the file is so far.
  var length: Int { written + buffer.count }

  /// Makes an empty file in the folder of `destination`, hidden by a point in front of its name.
  init(beside destination: String) throws(BarStoreError) {
    self.destination = destination
    let (folder, name) = TemporaryFile.parts(destination)
    let temporary = "\(folder)/.\(name).\(getpid()).tmp"
    do throws(WholeFile.Failure) {
      file = try WholeFile(destination, temporary: temporary, permissions: 0o666)
    } catch {
      throw BarStoreError(
        .cannotCreate, destination, expected: "to make \(temporary)", found: String(cString: strerror(error.number)),
        remedy: "name a folder that exists and may be written to")
    }
    buffer.reserveCapacity(TemporaryFile.bufferSize + BlockBuilder.largest)
  }

  /// Appends bytes.
  func write(_ bytes: some Collection<UInt8>) throws(BarStoreError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= TemporaryFile.bufferSize { try flush() }
  }

  /// Puts bytes in place of the first ones.
  func overwriteStart(_ bytes: [UInt8]) throws(BarStoreError) {
    try flush()
    try put(bytes, at: 0)
  }

  /// Waits until all is on the disk, puts the file in its place, and waits until its name is on the disk too.
  func moveIntoPlace() throws(BarStoreError) {
    try flush()
    do throws(WholeFile.Failure) {
      if let failure = try file.moveIntoPlace() { throw failure }
    } catch {
      switch error.step {
      case .make, .write, .synchronise: throw failure("to reach the disk", error)
      case .replace: throw failure("to take its place", error)
      case .openFolder: throw failure("its folder to be readable", error)
      case .synchroniseFolder: throw failure("its name to reach the disk", error)
      }
    }
  }

  private func flush() throws(BarStoreError) {
    try put(buffer, at: written)
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  private func put(_ bytes: [UInt8], at offset: Int) throws(BarStoreError) {
    do throws(WholeFile.Failure) {
      try file.write(bytes, at: offset)
    } catch {
      throw failure("\(bytes.count) bytes to be written", error)
    }
  }

  private func failure(_ expected: String, _ cause: WholeFile.Failure) -> BarStoreError {
    BarStoreError(
      .writeFailed, destination, expected: expected, found: String(cString: strerror(cause.number)),
      remedy: cause.number == ENOSPC ? "free some space and try again" : "look at the disk and try again")
  }

  private static func parts(_ path: String) -> (folder: String, name: Substring) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path[...]) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), path[path.utf8.index(after: slash)...])
  }
}
