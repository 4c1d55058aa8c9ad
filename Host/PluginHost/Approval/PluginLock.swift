import Hashing
import TradingTypes

/// Which third-party plugin files a person has allowed, and what to do: the content of `plugins.lock`.
public struct PluginLock: Hashable, Sendable {
  /// What was allowed to one plugin.
  public struct Grant: Hashable, Sendable {
    /// The hash of the file that was looked at.
    public var digest: Digest
    /// The hashes of the libraries that it brings with it, by name.
    public var libraries: [String: Digest]
    /// Its version.
    public var version: SemanticVersion
    /// Where it was; it may lie elsewhere since.
    public var path: String
    /// What it does.
    public var roles: [PluginRole]
    /// What it may ask the host for, in order of their text.
    public var permissions: [Permission]
    /// The wall it runs behind.
    public var isolation: PluginFile.Isolation
    /// What the tests said about this file; `nil` when they were never made.
    public var check: CheckVerdict?
    /// When it was allowed.
    public var approvedAt: Timestamp

    /// What a listed file asks for, granted; `nil` unless it was read whole.
    public init?(_ file: PluginFile, isolation: PluginFile.Isolation, check: CheckVerdict?, approvedAt: Timestamp) {
      guard let manifest = file.manifest, let digest = file.digest, let libraries = file.libraries else { return nil }
      self.init(
        digest: digest, libraries: libraries, version: manifest.version, path: file.path, roles: manifest.roles,
        permissions: manifest.permissions, isolation: isolation, check: check, approvedAt: approvedAt)
    }

    init(
      digest: Digest, libraries: [String: Digest], version: SemanticVersion, path: String, roles: [PluginRole],
      permissions: [Permission],
      isolation: PluginFile.Isolation, check: CheckVerdict?, approvedAt: Timestamp
    ) {
      self.digest = digest
      self.libraries = libraries
      self.version = version
      self.path = path
      self.roles = roles
      self.permissions = permissions.inOrder
      self.isolation = isolation
      self.check = check
      self.approvedAt = approvedAt
    }
  }

  /// What was allowed, by plugin id.
  public private(set) var grants: [String: Grant] = [:]
  /// Verdicts about files that are not allowed, or not yet.
  public private(set) var verdicts: [Digest: CheckVerdict] = [:]
  /// Verdicts that are kept of such files; the oldest give way.
  public static let verdictLimit = 64

  /// Allows nothing.
  public init() {}

  init(grants: [String: Grant], verdicts: [Digest: CheckVerdict]) {
    self.grants = grants
    self.verdicts = verdicts
  }

  /// What the tests said about a file.
  public func verdict(on digest: Digest) -> CheckVerdict? {
    grants.values.first { $0.digest == digest && $0.check != nil }?.check ?? verdicts[digest]
  }

  /// Keeps what the tests said about a file, whether it is allowed or not.
  public mutating func recordCheck(_ verdict: CheckVerdict, of digest: Digest) {
    let granted = grants.keys.filter { grants[$0]?.digest == digest }
    for id in granted { grants[id]?.check = verdict }
    guard granted.isEmpty else { return }
    verdicts[digest] = verdict
    while verdicts.count > PluginLock.verdictLimit {
      let oldest = verdicts.min { ($0.value.checkedAt, $0.key.hex) < ($1.value.checkedAt, $1.key.hex) }!
      verdicts[oldest.key] = nil
    }
  }

  /// Allows a plugin, instead of what was allowed to its id before.
  public mutating func approve(_ id: String, _ grant: Grant) {
    grants[id] = grant
    verdicts[grant.digest] = nil
  }

  /// Takes back what was allowed; false when nothing was.
  public mutating func revoke(_ id: String) -> Bool {
    guard let grant = grants.removeValue(forKey: id) else { return false }
    if let check = grant.check { recordCheck(check, of: grant.digest) }
    return true
  }
}

extension [Permission] {
  /// Sorted by their text.
  var inOrder: [Permission] {
    sorted { $0.description.utf8.lexicographicallyPrecedes($1.description.utf8) }
  }
}
