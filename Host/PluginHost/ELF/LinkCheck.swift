import Glibc

/// What would stop the loader from loading a library.
package struct LinkProblems: Equatable {
  /// Libraries that are nowhere, each with the one that needs it.
  package var missingLibraries: [String] = []
  /// Versions its libraries do not have.
  package var missingVersions: [VersionNeed] = []
  /// Names no library defines.
  package var undefinedSymbols: [String] = []

  /// Whether there are none.
  package var isEmpty: Bool { missingLibraries.isEmpty && missingVersions.isEmpty && undefinedSymbols.isEmpty }
}

/// Decides without loading anything whether a library's needs can be met: by the libraries it names, found as the loader
/// finds them, and by what this process already has. It looks at the needs of the library itself; libraries that come
/// with the system are taken as sound.
package final class LinkCheck {
  private struct Library {
    var path: String
    var linking: ELFLinking
    var symbols: ELFSymbols?
    var inherited: [String]
  }

  private let finder: LibraryFinder
  private var known: [String: Library] = [:]
  /// The libraries of this process by the names they go by.
  private lazy var process: [String: String] = processLibraries()

  package init(finder: LibraryFinder) { self.finder = finder }

  /// What is missing for a library. Throws only what is wrong with the library itself.
  package func problems(_ image: ELFImage, _ symbols: ELFSymbols, path: String) throws(ELFFault) -> LinkProblems {
    var problems = LinkProblems()
    let linking = try ELFLinking(image)
    let closure = closure(of: linking, path: path, missing: &problems.missingLibraries)
    for need in linking.versionNeeds {
      guard let library = closure[need.library], !library.linking.versions.isEmpty else { continue }
      if !library.linking.versions.contains(need.version) { problems.missingVersions.append(need) }
    }
    // A library that cannot be examined may define anything.
    let all = closure.values.sorted { $0.path < $1.path }
    guard problems.missingLibraries.isEmpty, !all.contains(where: { $0.symbols == nil }) else { return problems }
    for name in try symbols.needed() where try !isDefined(name, in: all, symbols) {
      problems.undefinedSymbols.append(String(decoding: name, as: UTF8.self))
    }
    problems.undefinedSymbols.sort()
    return problems
  }

  /// The files that are loaded with the one at a path, but for those this process was started with.
  func filesBeyondProcess(of path: String) -> [String] {
    guard let file = try? OpenFile(path: path), let image = try? ELFImage(file), let linking = try? ELFLinking(image)
    else { return [] }
    var missing: [String] = []
    let found = closure(of: linking, path: path, missing: &missing)
    return found.filter { process[$0.key] == nil }.map(\.value.path).sorted()
  }

  /// The libraries that would be loaded with this one, and that neither this process nor the system brings, by the names
  /// they are needed under: whoever wrote the plugin brought them.
  func brought(by image: ELFImage, path: String) throws(ELFFault) -> [String: String] {
    let linking = try ELFLinking(image)
    var missing: [String] = []
    return closure(of: linking, path: path, missing: &missing).mapValues(\.path).filter { name, place in
      process[name] == nil && !finder.isOfSystem(place)
    }
  }

  private func isDefined(_ name: [UInt8], in libraries: [Library], _ own: ELFSymbols) throws(ELFFault) -> Bool {
    if try own.exported(name) != nil { return true }
    for library in libraries {
      if let found = try? library.symbols?.exported(name), found.address != nil { return true }
    }
    // What this process offers to everything it loads.
    return name.withUnsafeBufferPointer { bytes in
      var text = bytes.map { CChar(bitPattern: $0) }
      text.append(0)
      return dlsym(nil, text) != nil
    }
  }

  /// Every library that is loaded with this one, by the name it is needed under.
  private func closure(of linking: ELFLinking, path: String, missing: inout [String]) -> [String: Library] {
    var found: [String: Library] = [:]
    var waiting = [Library(path: path, linking: linking, symbols: nil, inherited: [])]
    while !waiting.isEmpty {
      let requester = waiting.removeFirst()
      let passedOn =
        requester.linking.searchPathIsInherited
        ? requester.linking.searchPath.map { LibraryFinder.expanded($0, origin: requester.path) } + requester.inherited
        : requester.inherited
      for name in requester.linking.needed where found[name] == nil {
        let place =
          process[name]
          ?? finder.path(of: name, neededBy: requester.path, requester.linking, inherited: requester.inherited)
        guard let place, let library = library(place, inherited: passedOn) else {
          if !missing.contains(name) { missing.append(name) }
          continue
        }
        found[name] = library
        waiting.append(library)
      }
    }
    return found
  }

  private func library(_ path: String, inherited: [String]) -> Library? {
    if let library = known[path] { return library }
    guard let file = try? OpenFile(path: path), let image = try? ELFImage(file),
      let linking = try? ELFLinking(image)
    else { return nil }
    let library = Library(path: path, linking: linking, symbols: try? ELFSymbols(image), inherited: inherited)
    known[path] = library
    return library
  }

  /// The libraries this process was started with.
  private func processLibraries() -> [String: String] {
    let path = "/proc/self/exe"
    guard let file = try? OpenFile(path: path), let image = try? ELFImage(executable: file),
      let linking = try? ELFLinking(image)
    else { return [:] }
    var found: [String: String] = [:]
    var waiting = [(path: realPath(path) ?? path, linking: linking)]
    while !waiting.isEmpty {
      let requester = waiting.removeFirst()
      for name in requester.linking.needed where found[name] == nil {
        guard
          let place = finder.path(of: name, neededBy: requester.path, requester.linking, inherited: []),
          let library = library(place, inherited: [])
        else { continue }
        found[name] = place
        waiting.append((place, library.linking))
      }
    }
    return found
  }
}

/// A path without links, `.` and `..`; `nil` when there is nothing there.
func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}
