import Hashing

/// Which plugin it was, exactly.
public struct PluginIdentity: Hashable, Sendable, CustomStringConvertible {
  /// Its id.
  public var id: String
  /// Its version.
  public var version: String
  /// The hash of its file.
  public var digest: Digest

  /// Makes an identity from its parts.
  public init(id: String, version: String, digest: Digest) {
    self.id = id
    self.version = version
    self.digest = digest
  }

  /// `mr-combined 1.0.0 (3f2a9c0d51e7)`, with the first twelve digits of the hash.
  public var description: String { "\(id) \(version) (\(digest.hex.prefix(12)))" }
}

/// A breach of the contract by a plugin. What it concerned was dropped.
public struct PluginFault: Error, Hashable, Sendable {
  /// What kind of breach it is.
  public enum Kind: String, Hashable, Sendable {
    /// A value or status that the contract does not allow.
    case violation
    /// An attempt to do what its role cannot.
    case security
    /// The plugin declared itself broken, or answered a call in a way that leaves it unusable: it is not called again.
    case stopped
  }

  /// The plugin.
  public var plugin: PluginIdentity
  /// What kind of breach it is.
  public var kind: Kind
  /// The function that was called or that the plugin called: `strategy.on_bar`, `log.write`.
  public var call: String
  /// The value concerned: `signal.close`, `status`.
  public var what: String
  /// What the contract allows.
  public var expected: String
  /// What came instead, printable.
  public var found: String

  /// Makes a fault from its parts.
  public init(
    plugin: PluginIdentity, kind: Kind, call: String, what: String, expected: String, found: String
  ) {
    self.plugin = plugin
    self.kind = kind
    self.call = call
    self.what = what
    self.expected = expected
    self.found = found
  }
}

extension PluginFault {
  /// Whether the plugin says that it cannot work with its options, as the contract lets it.
  public var refusesConfiguration: Bool {
    kind == .stopped && what == "status" && found == Status.name(Status.configuration)
  }
}

extension PluginFault: CustomStringConvertible {
  /// `plugin mr-combined 1.0.0 (3f2a9c0d51e7): strategy.on_bar: signal.close: expected a number above 0, found nan`.
  public var description: String {
    let prefix = kind == .security ? "security: " : ""
    return "\(prefix)plugin \(plugin): \(call): \(what): expected \(expected), found \(found)"
  }
}
