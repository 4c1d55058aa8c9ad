import Glibc
import Hashing

/// Finds out about one file what can be known without running it.
struct PluginExaminer {
  let links: LinkCheck
  let source: PluginFolder.Source
  /// Whether the whole file is read for its hash, and whether what it needs is looked for.
  var isThorough = true
  /// Which of the files beside the executable came with the host; without it all of them.
  var build: BuildList?
  static let sizeLimit = 1 << 29
  static let manifestLimit = 1 << 20

  /// The file at a path, with everything that speaks against it.
  func examine(_ path: String) -> PluginFile {
    var file = PluginFile(
      path: path, source: source, manifest: nil, digest: nil, status: .ready, isolation: .inProcess, problems: [],
      isFirstParty: source == .besideExecutable)
    let opened: OpenFile
    do throws(OpenFile.Failure) { opened = try OpenFile(path: path) } catch {
      file.problems = [PluginProblem(error)]
      file.status = .rejected
      return file
    }
    file.problems += rights(path, opened)
    if opened.identity.size > PluginExaminer.sizeLimit {
      file.problems.append(.tooLarge(size: opened.identity.size, limit: PluginExaminer.sizeLimit))
    } else {
      file.stamp = opened.identity
      if isThorough { file.digest = opened.digest() }
      do throws(ELFFault) {
        try examine(ELFImage(opened), into: &file)
      } catch {
        file.problems.append(PluginProblem(error))
      }
      if isThorough && file.digest == nil || !opened.isUnchanged { file.problems.append(.changing) }
    }
    if !file.problems.isEmpty { file.status = .rejected }
    if file.isFirstParty { build?.judge(&file) }
    return file
  }

  /// What is wrong with who may write to the file, its folder, and the folders above them.
  private func rights(_ path: String, _ opened: OpenFile) -> [PluginProblem] {
    var problems: [PluginProblem] = []
    if opened.identity.mode & 0o002 != 0 { problems.append(.worldWritableFile) }
    var folders = [LibraryFinder.directory(of: path)]
    if let target = realPath(path) { folders.append(LibraryFinder.directory(of: target)) }
    for folder in folders {
      guard let writable = PluginExaminer.worldWritable(folder), !problems.contains(writable) else { continue }
      problems.append(writable)
    }
    return problems
  }

  /// The first folder on the way to `folder` that every user may change; one above it may be writable when, as in
  /// `/tmp`, only the owner of a file can replace it.
  static func worldWritable(_ folder: String) -> PluginProblem? {
    guard var current = realPath(folder) else { return nil }
    var isInnermost = true
    while true {
      var status = stat()
      if stat(current, &status) == 0, status.st_mode & 0o002 != 0, isInnermost || status.st_mode & S_ISVTX == 0 {
        return .worldWritableFolder(path: current)
      }
      guard current != "/" else { return nil }
      current = LibraryFinder.directory(of: current)
      isInnermost = false
    }
  }

  private func examine(_ image: ELFImage, into file: inout PluginFile) throws(ELFFault) {
    readManifest(image, into: &file)
    if let section = image.section("wharf_build") {
      let bytes = try image.bytes(of: section, limit: 4096)
      file.buildIdentity = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let symbols = try ELFSymbols(image)
    let entry = try symbols.exported(Array("wharf_plugin_entry".utf8))
    if entry?.isFunction != true || !image.isCode(entry?.address ?? 0) { file.problems.append(.missingEntry) }
    let links =
      isThorough ? try links.problems(image, symbols, path: realPath(file.path) ?? file.path) : LinkProblems()
    if !links.missingLibraries.isEmpty { file.problems.append(.missingLibraries(links.missingLibraries)) }
    if !links.missingVersions.isEmpty {
      file.problems.append(.missingVersions(links.missingVersions.map { "\($0.version) of \($0.library)" }))
    }
    if isThorough { file.libraries = try BroughtLibraries(image, file.path, self.links).digests }
    if let problem = try compilerProblem(image, symbols, file.buildIdentity) {
      // Another compiler's runtime has other symbols, so naming those would only hide the cause.
      file.problems.append(problem)
    } else if !links.undefinedSymbols.isEmpty {
      file.problems.append(.undefinedSymbols(links.undefinedSymbols))
    }
  }

  private func readManifest(_ image: ELFImage, into file: inout PluginFile) {
    guard let section = image.section("wharf_manifest") else {
      file.problems.append(.noManifest)
      return
    }
    do throws(ELFFault) {
      let bytes = try image.bytes(of: section, limit: PluginExaminer.manifestLimit)
      do throws(ManifestError) {
        file.manifest = try ManifestReader.read(bytes, host: .host)
      } catch {
        switch error {
        case .unsupportedABI(let version):
          file.problems.append(version.major < ABIVersion.host.major ? .abiTooOld(version) : .abiTooNew(version))
        case .faults(let faults): file.problems.append(.badManifest(faults))
        }
      }
    } catch {
      file.problems.append(PluginProblem(error))
    }
  }

  /// Swift on Linux has no stable ABI: a plugin that uses the host's Swift runtime must come from the same compiler. One
  /// that only registers with it, as all do that Swift's build links, uses nothing of it.
  private func compilerProblem(
    _ image: ELFImage, _ symbols: ELFSymbols, _ found: String?
  ) throws(ELFFault) -> PluginProblem? {
    let registration = Array("swift_addNewDSOImage".utf8)
    guard try ELFLinking(image).needed.contains("libswiftCore.so"),
      try symbols.needed().contains(where: { name in
        name.starts(with: "$s".utf8) || name.starts(with: "swift_".utf8) && name != registration
      })
    else { return nil }
    guard let found else { return .noBuildIdentity }
    return found == HostCompiler.version ? nil : .otherSwiftCompiler(plugin: found, host: HostCompiler.version)
  }
}
