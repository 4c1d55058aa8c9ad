import Glibc

extension PluginProblem: CustomStringConvertible {
  /// What is wrong, expected against found.
  public var description: String {
    switch self {
    case .noSuchFolder: return "no such folder"
    case .notAFolder: return "not a folder"
    case .unreadable(let number): return "cannot be read: " + String(cString: strerror(number))
    case .brokenLink: return "a link to a file that does not exist"
    case .linkLoop: return "a link that leads back to itself"
    case .notAFile(let kind): return "expected a file, found " + kind
    case .nameNotText: return "its name is not UTF-8"
    case .tooLarge(let size, let limit): return "expected at most \(limit) bytes, found \(size)"
    case .worldWritableFile: return "every user may write to the file"
    case .worldWritableFolder(let path): return "every user may write to the folder \(printable(path))"
    case .changing: return "it changed while it was being read"
    case .notELF: return "not an ELF file"
    case .truncated(let what, let end, let size):
      return "truncated: \(what) ends at byte \(end), the file at byte \(size)"
    case .wrongMachine(let found): return "built for \(found), this machine is \(HostMachine.name)"
    case .notSharedLibrary(let found): return "expected a shared library, found \(found)"
    case .malformed(let what): return "malformed ELF file: \(what)"
    case .noManifest: return "no manifest: section wharf_manifest is missing"
    case .badManifest(let faults): return "bad manifest: " + faults.map(\.description).joined(separator: "; ")
    case .abiTooNew(let version): return "needs plugin ABI \(version), this host has \(ABIVersion.host)"
    case .abiTooOld(let version):
      return "built for plugin ABI \(version), this host has \(ABIVersion.host.major).x"
    case .duplicateID(let id, let others):
      return "id \(id) is also that of " + others.map { printable($0) }.joined(separator: ", ")
    case .missingEntry: return "the function wharf_plugin_entry is not exported"
    case .missingLibraries(let names): return "libraries not found: " + PluginProblem.list(names)
    case .missingVersions(let names): return "libraries are too old: " + PluginProblem.list(names) + " not found"
    case .undefinedSymbols(let names): return "undefined symbols: " + PluginProblem.list(names)
    case .noBuildIdentity: return "linked to the Swift runtime, but the section wharf_build is missing"
    case .otherSwiftCompiler(let plugin, let host):
      return "built by another Swift compiler: expected \(printable(host)), found \(printable(plugin))"
    }
  }

  /// The next step.
  public var remedy: String {
    switch self {
    case .noSuchFolder(.configuration): "create it, or remove it from plugins.paths"
    case .noSuchFolder(.environment): "create it, or remove it from WHARF_PLUGIN_PATH"
    case .noSuchFolder(.besideExecutable): "create it"
    case .notAFolder: "name the folder that the file is in"
    case .unreadable: "allow the user who runs the host to read it"
    case .brokenLink: "restore the file, or remove the link"
    case .linkLoop: "remove the link"
    case .notAFile, .nameNotText: "rename it, or move it to another folder"
    case .tooLarge: "strip it, or move it to another folder"
    case .worldWritableFile: "check where it comes from, then run chmod o-w on it"
    case .worldWritableFolder: "check its files, then run chmod o-w on the folder"
    case .changing: "try again when it is complete"
    case .notELF: "replace it by a shared library, or give it another ending than .so"
    case .truncated: "copy or build it again"
    case .wrongMachine: "build it for this machine"
    case .notSharedLibrary: "link it with -shared"
    case .malformed: "build it again, and do not strip its section headers"
    case .noManifest: "embed a manifest with WHARF_MANIFEST_FILE or WHARF_MANIFEST_SECTION of wharf/plugin.h"
    case .badManifest: "correct the manifest and build the plugin again"
    case .abiTooNew: "update the host, or build the plugin with the headers of this host"
    case .abiTooOld: "build the plugin with the headers of this host"
    case .duplicateID(let id, _): "keep one of the files, or give one another id than \(id)"
    case .missingEntry: "define wharf_plugin_entry as wharf/plugin.h declares it, and export it"
    case .missingLibraries: "install them, or put them beside the plugin and link it with -rpath '$ORIGIN'"
    case .missingVersions: "update the libraries, or build the plugin on this system"
    case .undefinedSymbols: "link the libraries that define them; find them all with ld -z defs"
    case .noBuildIdentity: "put WHARF_BUILD_IDENTITY of wharf/plugin.h into a C file of the plugin"
    case .otherSwiftCompiler:
      "build the plugin with the host's Swift compiler, or link the Swift runtime into it with -static-stdlib"
    }
  }

  /// Names on one line, the first ten of them.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(10).map { printable($0) }.joined(separator: ", ")
    return names.count > 10 ? shown + " and \(names.count - 10) more" : shown
  }
}
