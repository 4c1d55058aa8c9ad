import Configuration
import Hashing

/// A folder that is looked through for plugins.
public struct PluginFolder: Hashable, Sendable {
  /// Who named it.
  public enum Source: Hashable, Sendable {
    /// `plugins.paths` of the configuration.
    case configuration
    /// `WHARF_PLUGIN_PATH`.
    case environment
    /// The host's executable is in it: first-party plugins.
    case besideExecutable
  }

  /// The path as it was given.
  public var path: String
  /// Who named it.
  public var source: Source

  /// Makes a folder from its parts.
  public init(path: String, source: Source) {
    self.path = path
    self.source = source
  }
}

/// A file in a plugin folder as `host list-plugins` shows it.
public struct PluginFile: Hashable, Sendable {
  /// Whether it can be used.
  public enum Status: String, Hashable, Sendable {
    /// It can be loaded.
    case ready
    /// The configuration says not to use it.
    case disabled
    /// A person must allow it first.
    case needsApproval = "needs_approval"
    /// It failed too often.
    case quarantined
    /// It cannot be used.
    case rejected
  }

  /// The wall between the plugin and the host.
  public enum Isolation: String, Hashable, Sendable {
    /// None: it runs in the host's process.
    case inProcess = "in-process"
    /// A process of its own.
    case isolated
  }

  /// Why a file that could be used must not be.
  public struct Refusal: Hashable, Sendable {
    /// The rule, and how the file stands to it.
    public var reason: String
    /// The next step.
    public var remedy: String
  }

  /// Where it is.
  public var path: String
  /// Who named its folder.
  public var source: PluginFolder.Source
  /// What it says about itself; `nil` when that cannot be read.
  public var manifest: Manifest?
  /// The hash of the whole file; `nil` when it cannot be read or was not asked for.
  public var digest: Digest?
  /// The hashes of the libraries it brings with it, by name; `nil` when they were not looked for.
  public var libraries: [String: Digest]?
  /// Whether it can be used.
  public var status: Status
  /// The compiler that built it, as it says itself; `nil` when it does not.
  public var buildIdentity: String?
  /// The wall it would run behind.
  public var isolation: Isolation
  /// Everything that speaks against it, when it was rejected.
  public var problems: [PluginProblem]
  /// Whether it came with the host: it needs no approval.
  public var isFirstParty: Bool
  /// The hash without which it is not loaded: the one of the build, or the one that was approved; `nil` when neither is
  /// known.
  public var requiredDigest: Digest?
  /// Why it is quarantined, when it is.
  public var quarantine: Quarantine?
  /// The hashes that were approved of the libraries it brings with it; `nil` when it was not approved.
  public var requiredLibraries: [String: Digest]?
  /// Why a file beside the executable is not one that came with the host; `nil` for all others.
  public var buildDifference: BuildList.Difference?
  /// Whether a person has allowed it.
  public var approval = PluginApproval.notLookedAt
  /// Why a policy keeps it from being used, though it could be; `nil` when none does.
  public var refusal: Refusal?
  /// What the file was like when it was examined.
  var stamp: OpenFile.Identity?

  /// Why it cannot be used; `nil` when it is ready.
  public var reason: String? {
    if let refusal { return refusal.reason }
    switch status {
    case .ready: return nil
    case .disabled: return "disabled by plugins.disabled"
    case .needsApproval: return "not approved"
    case .quarantined: return quarantine?.reason ?? "quarantined"
    case .rejected: return problems.map(\.description).joined(separator: "; ")
    }
  }

  /// What to do about it; `nil` when it is ready.
  public var remedy: String? {
    if let refusal { return refusal.remedy }
    let name = manifest?.id ?? path
    switch status {
    case .ready: return nil
    case .disabled: return "remove \(name) from plugins.disabled"
    case .needsApproval: return "run host approve-plugin \(name)"
    case .quarantined: return "look into the log, then run host release-plugin \(name)"
    case .rejected:
      var remedies: [String] = []
      for problem in problems where !remedies.contains(problem.remedy) { remedies.append(problem.remedy) }
      return remedies.joined(separator: "; ")
    }
  }
}
