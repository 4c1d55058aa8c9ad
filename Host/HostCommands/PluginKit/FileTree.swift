import CommandLineKit
import Glibc

/// Whole files and folders, read and made.
enum FileTree {
  /// The files below a folder, by their paths in it, sorted. Hidden ones and links to folders are left out. Blocks.
  static func files(_ folder: String) throws -> [String] {
    guard let names = StoreFolder.names(in: folder) else {
      throw CommandFailure(
        code: "unreadable", message: "the folder cannot be read", where: folder, expected: "a readable folder",
        found: systemMessage(errno), remedy: "check its permissions", exitCode: .noInput)
    }
    var all: [String] = []
    for name in names where !name.hasPrefix(".") {
      if StoreFolder.isFolder("\(folder)/\(name)") {
        all += try files("\(folder)/\(name)").map { "\(name)/\($0)" }
      } else {
        all.append(name)
      }
    }
    return all
  }

  /// The bytes of a file. Blocks.
  static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      var count = 0
      let room = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, initialized in
        count = Glibc.read(descriptor, buffer.baseAddress!, buffer.count)
        initialized = max(count, 0)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(path) }
      if count == 0 { return bytes }
      bytes += room
    }
  }

  /// Makes a folder and those above it that are missing. Blocks.
  static func makeFolder(_ path: String) throws {
    guard !path.isEmpty, !StoreFolder.isFolder(path) else { return }
    if let cut = path.lastIndex(of: "/") { try makeFolder(String(path[..<cut])) }
    guard mkdir(path, 0o755) == 0 || errno == EEXIST && StoreFolder.isFolder(path) else {
      throw cannotCreate(path, systemMessage(errno))
    }
  }

  /// Makes a file, and the folders above it that are missing. Blocks.
  static func write(_ bytes: [UInt8], to path: String) throws {
    if let cut = path.lastIndex(of: "/") { try makeFolder(String(path[..<cut])) }
    try NewFile.write(path) { output in bytes.withUnsafeBufferPointer { output.append($0) } }
  }

  /// Removes a file, or a folder with all in it; what is not there is no error. Blocks.
  static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    for name in StoreFolder.names(in: path) ?? [] where name != "." && name != ".." { remove("\(path)/\(name)") }
    rmdir(path)
  }

  /// Makes a folder that appears whole or not at all: `fill` gets a folder beside its place. Blocks.
  ///
  /// - Throws: `CommandFailure` (`exists`, exit 73) when something lies there already; what `fill` throws.
  static func makeWhole(_ path: String, _ fill: (String) throws -> Void) throws {
    guard !StoreFolder.exists(path) else { throw exists(path) }
    if let cut = path.lastIndex(of: "/") { try makeFolder(String(path[..<cut])) }
    let temporary = "\(path).\(getpid()).tmp"
    guard mkdir(temporary, 0o755) == 0 else { throw cannotCreate(temporary, systemMessage(errno)) }
    do {
      try fill(temporary)
      // The empty folder claims the name, and a rename replaces nothing but an empty folder.
      guard mkdir(path, 0o755) == 0 else {
        throw errno == EEXIST ? exists(path) : cannotCreate(path, systemMessage(errno))
      }
      guard rename(temporary, path) == 0 else { throw cannotCreate(path, systemMessage(errno)) }
    } catch {
      remove(temporary)
      throw error
    }
  }

  private static func exists(_ path: String) -> CommandFailure {
    CommandFailure(
      code: "exists", message: "there is something already", where: path, expected: "a name that is free",
      found: StoreFolder.isFolder(path) ? "a folder" : "a file", remedy: "choose another name or --dir, or remove it",
      exitCode: .cannotCreate)
  }

  private static func unreadable(_ path: String) -> CommandFailure {
    CommandFailure(
      code: "unreadable", message: "the file cannot be read", where: path, expected: "a readable file",
      found: systemMessage(errno), remedy: "install the SDK again with host sdk-path --install", exitCode: .noInput)
  }

  private static func cannotCreate(_ path: String, _ found: String) -> CommandFailure {
    CommandFailure(
      code: "cannot_create", message: "cannot create the folder", where: path,
      expected: "a place that can be written to",
      found: found, remedy: "name another place with --dir", exitCode: .cannotCreate)
  }
}
