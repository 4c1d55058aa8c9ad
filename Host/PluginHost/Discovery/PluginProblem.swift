import Glibc

/// Why a file in a plugin folder cannot be used.
public enum PluginProblem: Hashable, Sendable {
  // The file and its folder.
  case noSuchFolder(named: PluginFolder.Source)
  case notAFolder
  case unreadable(errno: Int32)
  case brokenLink
  case linkLoop
  case notAFile(kind: String)
  case nameNotText
  case tooLarge(size: Int, limit: Int)
  case worldWritableFile
  case worldWritableFolder(path: String)
  case changing
  // Its format.
  case notELF
  case truncated(what: String, end: UInt64, size: Int)
  case wrongMachine(found: String)
  case notSharedLibrary(found: String)
  case malformed(what: String)
  // Its manifest.
  case noManifest
  case badManifest([ManifestFault])
  case abiTooNew(ABIVersion)
  case abiTooOld(ABIVersion)
  case duplicateID(String, others: [String])
  // What it is linked to.
  case missingEntry
  case missingLibraries([String])
  case missingVersions([String])
  case undefinedSymbols([String])
  case noBuildIdentity
  case otherSwiftCompiler(plugin: String, host: String)

  /// The kind of problem, for programs.
  public var code: String {
    switch self {
    case .noSuchFolder: "no_such_folder"
    case .notAFolder: "not_a_folder"
    case .unreadable: "unreadable"
    case .brokenLink: "broken_link"
    case .linkLoop: "link_loop"
    case .notAFile: "not_a_file"
    case .nameNotText: "name_not_utf8"
    case .tooLarge: "too_large"
    case .worldWritableFile: "world_writable_file"
    case .worldWritableFolder: "world_writable_folder"
    case .changing: "changing"
    case .notELF: "not_elf"
    case .truncated: "truncated"
    case .wrongMachine: "wrong_machine"
    case .notSharedLibrary: "not_a_shared_library"
    case .malformed: "malformed"
    case .noManifest: "no_manifest"
    case .badManifest: "bad_manifest"
    case .abiTooNew: "abi_too_new"
    case .abiTooOld: "abi_too_old"
    case .duplicateID: "duplicate_id"
    case .missingEntry: "missing_entry"
    case .missingLibraries: "missing_library"
    case .missingVersions: "missing_version"
    case .undefinedSymbols: "undefined_symbols"
    case .noBuildIdentity: "no_build_identity"
    case .otherSwiftCompiler: "other_swift_compiler"
    }
  }

  package init(_ fault: ELFFault) {
    switch fault {
    case .notELF: self = .notELF
    case .truncated(let what, let end, let size): self = .truncated(what: what, end: end, size: size)
    case .wrongMachine(let found): self = .wrongMachine(found: found)
    case .notSharedLibrary(let found): self = .notSharedLibrary(found: found)
    case .malformed(let what): self = .malformed(what: what)
    }
  }

  init(_ failure: OpenFile.Failure) {
    switch failure {
    case .notAFile(let kind): self = .notAFile(kind: kind)
    case .system(ENOENT): self = .brokenLink
    case .system(ELOOP): self = .linkLoop
    case .system(ENXIO): self = .notAFile(kind: "a socket")
    case .system(let number): self = .unreadable(errno: number)
    }
  }
}
