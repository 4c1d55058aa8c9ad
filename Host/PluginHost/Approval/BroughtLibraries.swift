import Glibc
import Hashing

/// The libraries that a plugin brings with it: those that are loaded with it and come neither from the system nor from the
/// host. They are approved with it, for their code runs as its own.
struct BroughtLibraries {
  /// Their hashes, by the names they are needed under.
  let digests: [String: Digest]

  /// Finds and reads them; one that cannot be read counts as missing, which the loader will say. Blocks on the disk.
  init(_ image: ELFImage, _ path: String, _ links: LinkCheck) throws(ELFFault) {
    var digests: [String: Digest] = [:]
    for (name, place) in try links.brought(by: image, path: realPath(path) ?? path) {
      digests[name] = (try? OpenFile(path: place))?.digest()
    }
    self.digests = digests
  }

  /// Compares those of a file with what was approved, if it was. Most plugins bring none and name no folder to look for
  /// them, which costs nothing here.
  static func check(_ opened: OpenFile, _ file: PluginFile) throws(PluginLoadError.Reason) {
    guard let required = file.requiredLibraries else { return }
    guard let found = try? found(opened, file, required) else { throw .changedSinceListed }
    guard found != required else { return }
    let names = Set(found.keys).union(required.keys).filter { found[$0] != required[$0] }
    throw .otherLibraries(names.sorted())
  }

  private static func found(
    _ opened: OpenFile, _ file: PluginFile, _ required: [String: Digest]
  ) throws(ELFFault) -> [String: Digest] {
    let image = try ELFImage(opened)
    let namesFolders = try !ELFLinking(image).searchPath.isEmpty
    guard namesFolders || !required.isEmpty else { return [:] }
    let path = getenv("LD_LIBRARY_PATH").map { String(cString: $0) }
    let links = LinkCheck(finder: LibraryFinder(environment: path.map { ["LD_LIBRARY_PATH": $0] } ?? [:]))
    return try BroughtLibraries(image, file.path, links).digests
  }
}
