import Glibc

/// Finds libraries where the loader would find them (`ld.so(8)`), without loading any.
package struct LibraryFinder {
  /// The loader's list of the libraries in its folders.
  static let cachePath = "/etc/ld.so.cache"

  private let cache: LoaderCache
  private let environmentPath: [String]
  private let defaultFolders: [String]

  /// Looks through `LD_LIBRARY_PATH`, the loader's cache and its default folders.
  package init(environment: [String: String], cachePath: String = "/etc/ld.so.cache") {
    cache = LoaderCache(path: cachePath)
    environmentPath = (environment["LD_LIBRARY_PATH"] ?? "").split(whereSeparator: { $0 == ":" || $0 == ";" }).map(
      String.init)
    let folder = HostMachine.libraryFolder
    defaultFolders = ["/lib/" + folder, "/usr/lib/" + folder, "/lib", "/usr/lib", "/lib64", "/usr/lib64"]
  }

  /// The path of a library that `requester` needs; `nil` when it is nowhere. `inherited` are the search paths of the
  /// libraries that led to the requester and pass theirs on.
  func path(of library: String, neededBy requester: String, _ linking: ELFLinking, inherited: [String]) -> String? {
    if library.utf8.contains(UInt8(ascii: "/")) { return isFile(library) ? library : nil }
    let own = linking.searchPath.map { LibraryFinder.expanded($0, origin: requester) }
    let ownIsFirst = linking.searchPathIsInherited
    let order = ownIsFirst ? own + inherited + environmentPath : environmentPath + own
    for folder in order where isFile(folder + "/" + library) { return folder + "/" + library }
    if let cached = cache[library], isFile(cached) { return cached }
    for folder in defaultFolders where isFile(folder + "/" + library) { return folder + "/" + library }
    return nil
  }

  /// Whether a library lies where the system's do.
  func isOfSystem(_ path: String) -> Bool {
    let folder = LibraryFinder.directory(of: realPath(path) ?? path)
    return defaultFolders.contains { folder == $0 || folder == realPath($0) }
  }

  /// A folder of a search path, with `$ORIGIN` standing for the folder of the library that names it.
  package static func expanded(_ folder: String, origin file: String) -> String {
    var result = ""
    var rest = folder[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[dollar...]
      guard let token = ["${ORIGIN}", "$ORIGIN"].first(where: { rest.hasPrefix($0) }) else {
        result += "$"
        rest = rest.dropFirst()
        continue
      }
      result += directory(of: file)
      rest = rest.dropFirst(token.count)
    }
    return result + rest
  }

  /// The folder a path is in.
  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
