import Hashing

internal import WharfABI

/// A plugin's code in this process, its tables checked. Once loaded it stays until the process ends.
///
/// Sendable is safe: it is immutable, and the tables it points at have static lifetime and are only read.
public final class PluginImage: @unchecked Sendable {
  /// Which plugin it is.
  public let identity: PluginIdentity
  /// What it says about itself.
  public let manifest: Manifest
  /// The file it came from.
  public let path: String
  /// Whether it is a broker that the host's market data drives.
  public var isSimulatedVenue: Bool { venue != nil }

  private let tables: [PluginRole: UnsafeRawPointer]
  let venue: UnsafePointer<wharf_simulated_venue>?
  let startGuard: StartGuard?

  /// Loads a listed file and runs its entry function.
  ///
  /// What was hashed is what is loaded: of a third-party file a sealed copy (see ``SealedImage``). One that came with the
  /// host is loaded through the descriptor it was hashed by, and must be unchanged afterwards.
  ///
  /// - Parameter startGuard: marks this and the first creation and start of an instance, for a plugin that may crash.
  public static func load(
    _ file: PluginFile, startGuard: StartGuard? = nil
  ) throws(PluginLoadError) -> PluginImage {
    guard let startGuard else { return try open(file, nil) }
    return try startGuard.around(.loading) { () throws(PluginLoadError) in try open(file, startGuard) }
  }

  private static func open(
    _ file: PluginFile, _ startGuard: StartGuard?
  ) throws(PluginLoadError) -> PluginImage {
    let id = file.manifest?.id ?? "plugin"
    do throws(PluginLoadError.Reason) {
      guard file.status == .ready, let manifest = file.manifest else {
        throw .notReady(file.reason ?? "it was not examined")
      }
      let suspect = PluginIdentity(
        id: manifest.id, version: manifest.version.description,
        digest: file.requiredDigest ?? file.digest ?? SHA256.hash(""))
      let (library, tables) = try RunningCalls.shared.during(.entry, of: suspect, manifest.roles[0]) {
        () throws(PluginLoadError.Reason) in
        let library = try LoadedLibrary.open(file)
        let descriptor = try descriptor(library, manifest)
        return (library, try TableFinder(descriptor).tables(manifest.roles))
      }
      return PluginImage(
        identity: PluginIdentity(id: manifest.id, version: manifest.version.description, digest: library.digest),
        manifest: manifest, path: file.path, tables: tables.roles, venue: tables.venue,
        startGuard: startGuard)
    } catch {
      throw PluginLoadError(id: id, path: file.path, reason: error)
    }
  }

  private init(
    identity: PluginIdentity, manifest: Manifest, path: String, tables: [PluginRole: UnsafeRawPointer],
    venue: UnsafePointer<wharf_simulated_venue>?, startGuard: StartGuard?
  ) {
    self.startGuard = startGuard
    self.identity = identity
    self.manifest = manifest
    self.path = path
    self.tables = tables
    self.venue = venue
  }

  /// The table of a role, which must be one of the manifest.
  func table(_ role: PluginRole) -> UnsafeRawPointer {
    guard let table = tables[role] else {
      preconditionFailure("\(manifest.id) has no role \(role.rawValue); look into its manifest first")
    }
    return table
  }

  private static func descriptor(
    _ library: LoadedLibrary, _ manifest: Manifest
  ) throws(PluginLoadError.Reason) -> UnsafePointer<wharf_plugin> {
    guard let symbol = library.symbol("wharf_plugin_entry") else {
      throw .refusedByLoader("wharf_plugin_entry not found")
    }
    typealias Entry = @convention(c) () -> UnsafePointer<wharf_plugin>?
    guard let descriptor = unsafeBitCast(symbol, to: Entry.self)() else { throw .noDescriptor }
    try TableFinder.check(UnsafeRawPointer(descriptor), "wharf_plugin", size: MemoryLayout<wharf_plugin>.size)
    let code = ABIVersion(major: descriptor.pointee.abi_major, minor: descriptor.pointee.abi_minor)
    // The manifest names what the plugin needs, its code the headers it was compiled with, which may have more.
    guard code.major == manifest.abi.major, code.minor >= manifest.abi.minor else {
      throw .otherABI(manifest: manifest.abi, code: code)
    }
    return descriptor
  }
}
