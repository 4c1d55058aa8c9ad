import Glibc

/// All files in the plugin folders, each with what can be known about it without running it.
public enum PluginDirectory {
  /// The folders to look through, each once: those of the configuration, of `WHARF_PLUGIN_PATH` (colon-separated), and the
  /// one the executable is in.
  public static func folders(configured: [String], environment: [String: String]) -> [PluginFolder] {
    var folders = configured.map { PluginFolder(path: $0, source: .configuration) }
    folders += (environment["WHARF_PLUGIN_PATH"] ?? "").split(separator: ":").map {
      PluginFolder(path: String($0), source: .environment)
    }
    if let executable = realPath("/proc/self/exe") {
      folders.append(PluginFolder(path: LibraryFinder.directory(of: executable), source: .besideExecutable))
    }
    return folders
  }

  /// One file, as it would be listed in a folder that the user named. Runs no code of it. Blocks on the disk.
  package static func examine(_ path: String) -> PluginFile {
    PluginExaminer(links: LinkCheck(finder: LibraryFinder(environment: [:])), source: .environment).examine(path)
  }

  /// Every file whose name ends in `.so`, ordered by id, then path; files without a readable id come last. Runs no code
  /// of a plugin. Blocks on the disk.
  ///
  /// - Parameters:
  ///   - isThorough: whether the files are read whole for their hashes, and their symbols looked up in all libraries
  ///     they need; nearly all of the time goes there. Loading does both for what it loads in any case.
  ///   - build: which of the files beside the executable came with the host; without it all of them count as such.
  public static func list(
    _ folders: [PluginFolder], disabled: [String] = [], environment: [String: String], isThorough: Bool = true,
    build: BuildList? = nil
  ) -> [PluginFile] {
    let links = LinkCheck(finder: LibraryFinder(environment: environment))
    var files: [PluginFile] = []
    for (folder, source) in distinct(folders) {
      let examiner = PluginExaminer(links: links, source: source, isThorough: isThorough, build: build)
      switch names(in: folder) {
      case .failure(let failure):
        let problem: PluginProblem =
          switch failure.errno {
          case ENOENT: .noSuchFolder(named: source)
          case ENOTDIR: .notAFolder
          case ELOOP: .linkLoop
          default: .unreadable(errno: failure.errno)
          }
        files.append(rejected(folder, source, problem))
      case .success(let names):
        for name in names {
          let prefix = folder == "/" ? "/" : folder + "/"
          guard let text = String(validating: name, as: UTF8.self) else {
            files.append(rejected(prefix + String(decoding: name, as: UTF8.self), source, .nameNotText))
            continue
          }
          files.append(examiner.examine(prefix + text))
        }
      }
    }
    for index in files.indices where files[index].manifest.map({ disabled.contains($0.id) }) ?? false {
      files[index].status = .disabled
    }
    if !isThorough { examineDuplicates(&files, links, build) }
    rejectDuplicates(&files)
    return files.sorted { a, b in
      switch (a.manifest?.id, b.manifest?.id) {
      case (let x?, let y?) where x != y: precedes(x, y)
      case (_?, nil): true
      case (nil, _?): false
      default: precedes(a.path, b.path)
      }
    }
  }

  /// One id belongs to one file: to the one that came with the host, else to none of those that claim it.
  private static func rejectDuplicates(_ files: inout [PluginFile]) {
    for (id, indices) in duplicates(files) {
      let paths = indices.map { files[$0].path }
      let firstParty = indices.filter { files[$0].isFirstParty }
      for index in indices where firstParty != [index] {
        let others = paths.filter { $0 != files[index].path }.sorted(by: precedes)
        files[index].problems.append(.duplicateID(id, others: others))
        files[index].status = .rejected
      }
    }
  }

  /// Looks closer at files of one id: those that could not be loaded have no claim to it.
  private static func examineDuplicates(_ files: inout [PluginFile], _ links: LinkCheck, _ build: BuildList?) {
    for index in duplicates(files).values.joined() {
      let examiner = PluginExaminer(links: links, source: files[index].source, build: build)
      files[index] = examiner.examine(files[index].path)
    }
  }

  /// One file, wherever it lies, read whole. Blocks on the disk.
  public static func examine(
    _ path: String, source: PluginFolder.Source = .configuration, environment: [String: String],
    build: BuildList? = nil
  ) -> PluginFile {
    let links = LinkCheck(finder: LibraryFinder(environment: environment))
    return PluginExaminer(links: links, source: source, build: build).examine(path)
  }

  /// The usable files of each id that has several.
  private static func duplicates(_ files: [PluginFile]) -> [String: [Int]] {
    var claims: [String: [Int]] = [:]
    for index in files.indices where files[index].status == .ready {
      if let id = files[index].manifest?.id { claims[id, default: []].append(index) }
    }
    return claims.filter { $0.value.count > 1 }
  }

  /// The folders without repetitions, with their real paths; one beside the executable counts as such.
  private static func distinct(_ folders: [PluginFolder]) -> [(path: String, source: PluginFolder.Source)] {
    let resolved = folders.map { (path: realPath($0.path) ?? $0.path, source: $0.source) }
    var seen: Set<String> = []
    return resolved.filter { seen.insert($0.path).inserted }.map { folder in
      let isBeside = resolved.contains { $0.path == folder.path && $0.source == .besideExecutable }
      return (folder.path, isBeside ? .besideExecutable : folder.source)
    }
  }

  private static func rejected(_ path: String, _ source: PluginFolder.Source, _ problem: PluginProblem) -> PluginFile {
    PluginFile(
      path: path, source: source, manifest: nil, digest: nil, status: .rejected, isolation: .inProcess,
      problems: [problem], isFirstParty: false)
  }

  private static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

  private struct SystemFailure: Error { var errno: Int32 }

  /// The names ending in `.so`, in byte order.
  private static func names(in folder: String) -> Result<[[UInt8]], SystemFailure> {
    guard let stream = opendir(folder) else { return .failure(SystemFailure(errno: errno)) }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { return .failure(SystemFailure(errno: errno)) }
        return .success(names.sorted { $0.lexicographicallyPrecedes($1) })
      }
      let text = UnsafeRawPointer(entry) + MemoryLayout<dirent>.offset(of: \dirent.d_name)!
      let name = Array(UnsafeRawBufferPointer(start: text, count: strlen(text.assumingMemoryBound(to: CChar.self))))
      if name.suffix(3).elementsEqual(".so".utf8) { names.append(name) }
    }
  }
}
