import Glibc

/// Names of database files and of what SQLite keeps beside them.
enum FilePath {
  /// What lies beside a database file while it is in use, or after a crash.
  static let companions = ["-wal", "-shm", "-journal"]

  /// The path without symbolic links, so that one file has one lock; the file itself need not exist.
  static func resolved(_ path: String) throws(LedgerError) -> String {
    if let real = real(path) { return real }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard !name.isEmpty, name != ".", name != "..", let realFolder = real(folder) else {
      throw LedgerError(
        .cannotCreate, file: path, what: "cannot create", expected: "a file in an existing folder",
        found: String(cString: strerror(name.isEmpty ? EISDIR : errno)), remedy: LedgerError.remedy(for: .cannotCreate))
    }
    return realFolder == "/" ? "/\(name)" : "\(realFolder)/\(name)"
  }

  /// Whether anything has this name.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// The size in bytes; 0 for a file that is not there.
  static func size(_ path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }

  /// Refuses what is there and is no regular file.
  static func requireRegular(_ path: String) throws(LedgerError) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return }
    throw LedgerError(
      .notADatabase, file: path, what: "cannot open", expected: "a regular file",
      found: status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "another kind of file",
      remedy: LedgerError.remedy(for: .notADatabase))
  }

  /// Makes renames and removals in a file's folder durable.
  static func synchroniseFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
