import Hashing
import Isolation

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

  /// The process that it runs in, when that is not this one; it goes with the last instance.
  let runner: Runner?
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
      return try RunningCalls.shared.during(.entry, of: suspect, manifest.roles[0]) {
        () throws(PluginLoadError.Reason) in
        let library = try LoadedLibrary.open(file)
        return try PluginImage(file, manifest, library.digest, descriptor(library), startGuard: startGuard)
      }
    } catch {
      throw PluginLoadError(id: id, path: file.path, reason: error)
    }
  }

  /// Checks a plugin's descriptor and tables, which may stand for those of one in another process.
  init(
    _ file: PluginFile, _ manifest: Manifest, _ digest: Digest, _ descriptor: UnsafePointer<wharf_plugin>,
    runner: Runner? = nil, startGuard: StartGuard? = nil
  ) throws(PluginLoadError.Reason) {
    try PluginImage.check(descriptor, manifest)
    let tables = try TableFinder(descriptor).tables(manifest.roles)
    identity = PluginIdentity(id: manifest.id, version: manifest.version.description, digest: digest)
    self.manifest = manifest
    path = file.path
    self.runner = runner
    self.startGuard = startGuard
    self.tables = tables.roles
    venue = tables.venue
  }

  /// The table of a venue that the host's market data drives, if it has one.
  package var venueTable: UnsafeRawPointer? { venue.map { UnsafeRawPointer($0) } }

  /// The table of a role, which must be one of the manifest.
  package func table(_ role: PluginRole) -> UnsafeRawPointer {
    guard let table = tables[role] else {
      preconditionFailure("\(manifest.id) has no role \(role.rawValue); look into its manifest first")
    }
    return table
  }

  private static func descriptor(
    _ library: LoadedLibrary
  ) throws(PluginLoadError.Reason) -> UnsafePointer<wharf_plugin> {
    guard let symbol = library.symbol("wharf_plugin_entry") else {
      throw .refusedByLoader("wharf_plugin_entry not found")
    }
    typealias Entry = @convention(c) () -> UnsafePointer<wharf_plugin>?
    guard let descriptor = unsafeBitCast(symbol, to: Entry.self)() else { throw .noDescriptor }
    return descriptor
  }

  private static func check(
    _ descriptor: UnsafePointer<wharf_plugin>, _ manifest: Manifest
  ) throws(PluginLoadError.Reason) {
    try TableFinder.check(UnsafeRawPointer(descriptor), "wharf_plugin", size: MemoryLayout<wharf_plugin>.size)
    let code = ABIVersion(major: descriptor.pointee.abi_major, minor: descriptor.pointee.abi_minor)
    // The manifest names what the plugin needs, its code the headers it was compiled with, which may have more.
    guard code.major == manifest.abi.major, code.minor >= manifest.abi.minor else {
      throw .otherABI(manifest: manifest.abi, code: code)
    }
  }
}
