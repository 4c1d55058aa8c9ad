import Glibc
import Hashing
import Synchronization

/// A shared library in this process. It is never unloaded.
///
/// Sendable is safe: the loader's handle is never closed and may be used from any thread.
struct LoadedLibrary: @unchecked Sendable {
  /// The hash of its file.
  let digest: Digest
  private let handle: UnsafeMutableRawPointer
  private static let flags = RTLD_NOW | RTLD_LOCAL | Int32(RTLD_NODELETE)

  /// What was loaded, by device and inode: two states of one file never run in one process.
  private static let loaded = Mutex<[[UInt]: LoadedLibrary]>([:])

  /// Loads a listed file if it is the one that was examined and has the hash that it must have.
  ///
  /// A third-party file is loaded from a sealed copy of its bytes. One that came with the host is loaded itself, which
  /// costs no memory; whether it changed meanwhile is looked at afterwards.
  ///
  /// - Parameter betweenSteps: called between the steps, so that a test can change the file there.
  static func open(_ file: PluginFile, betweenSteps: () -> Void = {}) throws(PluginLoadError.Reason) -> LoadedLibrary {
    guard let stamp = file.stamp else { throw .notReady("it was not examined") }
    let opened = try SealedImage.opened(file.path, stamp)
    return file.isFirstParty
      ? try openItself(opened, file)
      : try openSealed(SealedImage(opened, file, betweenSteps: betweenSteps), opened, file)
  }

  private static func openSealed(
    _ sealed: SealedImage, _ opened: OpenFile, _ file: PluginFile
  ) throws(PluginLoadError.Reason) -> LoadedLibrary {
    // Each copy is a library of its own to the loader, with its own global variables; so there is one a file.
    if let earlier = try earlier(opened, sealed.digest) { return earlier }
    guard let copy = try? OpenFile(path: "/proc/self/fd/\(sealed.descriptor)") else { throw .changedSinceListed }
    let library = LoadedLibrary(digest: sealed.digest, handle: try load(copy, file.path))
    // No other file may get its inode while it stands for this one.
    opened.keep()
    loaded.withLock { $0[opened.place] = library }
    return library
  }

  private static func openItself(
    _ opened: OpenFile, _ file: PluginFile
  ) throws(PluginLoadError.Reason) -> LoadedLibrary {
    guard let digest = opened.digest() else { throw .changedSinceListed }
    for case let required? in [file.digest, file.requiredDigest] where required != digest {
      throw .otherContent(expected: required, found: digest)
    }
    _ = try earlier(opened, digest)
    let library = LoadedLibrary(digest: digest, handle: try load(opened, file.path))
    loaded.withLock { $0[opened.place] = library }
    guard opened.isUnchanged else { throw .changedWhileLoaded }
    return library
  }

  /// What was loaded of this file before.
  private static func earlier(_ opened: OpenFile, _ digest: Digest) throws(PluginLoadError.Reason) -> LoadedLibrary? {
    guard let earlier = loaded.withLock({ $0[opened.place] }) else { return nil }
    guard earlier.digest == digest else { throw .otherStateLoaded }
    return earlier
  }

  /// The address of a symbol; `nil` when there is none.
  func symbol(_ name: String) -> UnsafeMutableRawPointer? { dlsym(handle, name) }

  /// Hands a file to the loader, with the libraries that lie beside `path`.
  private static func load(
    _ file: OpenFile, _ path: String
  ) throws(PluginLoadError.Reason) -> UnsafeMutableRawPointer {
    try loadNeighbours(of: file, path)
    guard let handle = dlopen("/proc/self/fd/\(file.descriptor)", flags) else {
      throw .refusedByLoader(loaderMessage(file))
    }
    // The loader knows the library by the name of this descriptor, so no other file may ever get the same one.
    file.keep()
    return handle
  }

  /// Loads the libraries beside the plugin first: behind a descriptor the loader cannot tell what `$ORIGIN` is.
  private static func loadNeighbours(of file: OpenFile, _ path: String) throws(PluginLoadError.Reason) {
    for place in try neighbours(of: file, path) {
      guard dlopen(place, flags) != nil else { throw .refusedByLoader(loaderMessage(file)) }
    }
  }

  /// The libraries that a file at `path` needs and that lie in folders which it names relative to its own.
  static func neighbours(of file: OpenFile, _ path: String) throws(PluginLoadError.Reason) -> [String] {
    guard let image = try? ELFImage(file), let linking = try? ELFLinking(image) else { throw .changedSinceListed }
    let origin = realPath(path) ?? path
    let folders = linking.searchPath.filter { $0.contains("ORIGIN") }.map {
      LibraryFinder.expanded($0, origin: origin)
    }
    return linking.needed.compactMap { library in
      folders.map { $0 + "/" + library }.first { access($0, F_OK) == 0 }
    }
  }

  private static func loaderMessage(_ file: OpenFile) -> String {
    guard let message = dlerror() else { return "no reason" }
    let name = "/proc/self/fd/\(file.descriptor): "
    let text = String(cString: message)
    return text.hasPrefix(name) ? String(text.dropFirst(name.count)) : text
  }
}

extension OpenFile {
  /// What tells it from every other file: its device and inode.
  fileprivate var place: [UInt] { [identity.device, identity.inode] }
}
