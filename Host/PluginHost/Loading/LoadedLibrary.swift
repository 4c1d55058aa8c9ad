import Glibc
import Hashing
import Synchronization

/// A shared library in this process. It is never unloaded.
struct LoadedLibrary {
  /// The hash of its file.
  let digest: Digest
  private let handle: UnsafeMutableRawPointer
  private static let flags = RTLD_NOW | RTLD_LOCAL | Int32(RTLD_NODELETE)

  /// What was loaded, by device and inode: the loader takes two states of one file for the same library.
  private static let loaded = Mutex<[[UInt]: Digest]>([:])

  /// Loads the file at a path if it is the one that was examined and has the hash it had, where that is known.
  static func open(
    _ path: String, _ stamp: OpenFile.Identity, _ expected: Digest?
  ) throws(PluginLoadError.Reason) -> LoadedLibrary {
    guard let file = try? OpenFile(path: path), file.identity == stamp, let digest = file.digest(),
      expected == nil || digest == expected
    else { throw .changedSinceListed }
    let place = [file.identity.device, file.identity.inode]
    let earlier = loaded.withLock { $0[place] }
    guard earlier == nil || earlier == digest else { throw .otherStateLoaded }
    try loadNeighbours(of: file, path)
    guard let handle = dlopen("/proc/self/fd/\(file.descriptor)", flags) else {
      throw .refusedByLoader(loaderMessage(file))
    }
    // The loader knows the library by the name of this descriptor, so no other file may ever get the same one.
    file.keep()
    loaded.withLock { $0[place] = digest }
    guard file.isUnchanged else { throw .changedWhileLoaded }
    return LoadedLibrary(digest: digest, handle: handle)
  }

  /// The address of a symbol; `nil` when there is none.
  func symbol(_ name: String) -> UnsafeMutableRawPointer? { dlsym(handle, name) }

  /// Loads the libraries beside the plugin first: behind a descriptor the loader cannot tell what `$ORIGIN` is.
  private static func loadNeighbours(of file: OpenFile, _ path: String) throws(PluginLoadError.Reason) {
    guard let image = try? ELFImage(file), let linking = try? ELFLinking(image) else { throw .changedSinceListed }
    let origin = realPath(path) ?? path
    let folders = linking.searchPath.filter { $0.contains("ORIGIN") }.map {
      LibraryFinder.expanded($0, origin: origin)
    }
    for library in linking.needed {
      let places = folders.map { $0 + "/" + library }
      guard let place = places.first(where: { access($0, F_OK) == 0 }) else { continue }
      guard dlopen(place, flags) != nil else { throw .refusedByLoader(loaderMessage(file)) }
    }
  }

  private static func loaderMessage(_ file: OpenFile) -> String {
    guard let message = dlerror() else { return "no reason" }
    let name = "/proc/self/fd/\(file.descriptor): "
    let text = String(cString: message)
    return text.hasPrefix(name) ? String(text.dropFirst(name.count)) : text
  }
}
