/// The files a plugin is loaded from besides its own, found without loading anything.
public enum PluginLibraries {
  /// The libraries that the loader would open for a plugin and for the libraries loaded before it, with the loader's own
  /// list of libraries; without those this process was started with, which are loaded already.
  ///
  /// - Parameters:
  ///   - path: the plugin's file; may be a descriptor's name in `/proc/self/fd`.
  ///   - libraries: what is loaded before it, by path.
  public static func files(of path: String, after libraries: [String], environment: [String: String]) -> [String] {
    let links = LinkCheck(finder: LibraryFinder(environment: environment))
    var files = libraries
    for root in libraries + [path] {
      for file in links.filesBeyondProcess(of: root) where !files.contains(file) { files.append(file) }
    }
    return files.isEmpty ? [] : files + [LibraryFinder.cachePath]
  }
}
