import Glibc
import Hashing

/// Why a plugin that looked usable was not loaded.
public struct PluginLoadError: Error, Hashable, Sendable {
  /// What went wrong.
  public enum Reason: Error, Hashable, Sendable {
    /// It is not ready; the listing says why.
    case notReady(String)
    /// The file is not the one that was listed.
    case changedSinceListed
    /// It has another content than was listed, approved or built.
    case otherContent(expected: Digest, found: Digest)
    /// Libraries that it brings with it are others than were approved; their names.
    case otherLibraries([String])
    /// Its bytes cannot be kept from change while it is loaded.
    case notSealed(errno: Int32)
    /// The file changed while it was being loaded; some of its code may have run.
    case changedWhileLoaded
    /// Another state of the file is already loaded in this process.
    case otherStateLoaded
    /// The system's loader refused it.
    case refusedByLoader(String)
    /// The process that it was to run in came to its end, or could not be started.
    case runnerFailed(String)
    /// The entry function answered null.
    case noDescriptor
    /// A table or descriptor does not lie where one can be.
    case misaligned(table: String)
    /// A table or descriptor has another size than its tag.
    case wrongSize(table: String, expected: UInt32, found: UInt32)
    /// The code was compiled for another ABI than the manifest says.
    case otherABI(manifest: ABIVersion, code: ABIVersion)
    /// The plugin does not have the table of a role in its manifest.
    case missingTable(String, status: Int32)
    /// Functions that may not be null are.
    case missingFunctions(table: String, [String])
    /// A scanner has a table with which it could trade: a security event.
    case scannerOffersTrading(table: String)
  }

  /// The plugin's id.
  public var id: String
  /// Its file.
  public var path: String
  /// What went wrong.
  public var reason: Reason

  /// Makes an error from its parts.
  package init(id: String, path: String, reason: Reason) {
    self.id = id
    self.path = path
    self.reason = reason
  }

  /// Whether the plugin tried to get what its role cannot have.
  public var isSecurityEvent: Bool { if case .scannerOffersTrading = reason { true } else { false } }

  /// Whether a closer look may show that a person must approve it first.
  public var isUnapproved: Bool {
    switch reason {
    case .otherContent, .otherLibraries: true
    default: false
    }
  }

  /// The next step.
  public var remedy: String {
    switch reason {
    case .notReady: "run host list-plugins"
    case .changedSinceListed, .changedWhileLoaded: "start again when nothing writes to the file"
    case .otherContent, .otherLibraries:
      "see host list-plugins; where you know why it changed, run host approve-plugin \(id)"
    case .notSealed:
      "allow the host memory files of the plugin's size (memfd_create; sysctl vm.memfd_noexec must not be 2)"
    case .otherStateLoaded: "restart the host to use the new file"
    case .refusedByLoader: "correct what the loader names and build the plugin again"
    case .runnerFailed: "correct what the plugin does while it is loaded, or read the host's log"
    case .noDescriptor, .misaligned, .missingTable, .missingFunctions:
      "correct the plugin's tables as the headers describe them and build it again"
    case .wrongSize, .otherABI: "build the plugin again with the headers of this host"
    case .scannerOffersTrading: "do not use this file; ask its author why an alert-only scanner can trade"
    }
  }
}

extension PluginLoadError: CustomStringConvertible {
  /// What failed, on what, expected against found, and the next step.
  public var description: String { "cannot load \(id) from \(printable(path)): \(what); \(remedy)" }

  private var what: String {
    switch reason {
    case .notReady(let reason): "it is not ready: \(reason)"
    case .changedSinceListed: "the file is another one than was listed"
    case .otherContent(let expected, let found):
      "its content is not the one that may be loaded: expected SHA-256 \(expected), found \(found)"
    case .otherLibraries(let names):
      "libraries that it brings are not those that were approved: "
        + names.map { printable($0) }.joined(separator: ", ")
    case .notSealed(let number): "its bytes cannot be sealed in memory: " + String(cString: strerror(number))
    case .changedWhileLoaded: "the file changed while it was being loaded"
    case .otherStateLoaded: "an earlier state of the file is loaded"
    case .refusedByLoader(let text): "the loader says: \(printable(text, limit: 400))"
    case .runnerFailed(let text): "its process: \(printable(text, limit: 400))"
    case .noDescriptor: "wharf_plugin_entry answered null"
    case .misaligned(let table): "\(table) is not aligned to 8 bytes"
    case .wrongSize(let table, let expected, let found): "\(table) has struct_size \(found), expected \(expected)"
    case .otherABI(let manifest, let code): "its manifest says ABI \(manifest), its code \(code)"
    case .missingTable(let table, let status): "its manifest promises \(table), its code answered status \(status)"
    case .missingFunctions(let table, let names): "\(table) has null for \(names.joined(separator: ", "))"
    case .scannerOffersTrading(let table): "security: a scanner also has the table \(table)"
    }
  }
}
