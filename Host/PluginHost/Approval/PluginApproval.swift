import Hashing

/// Whether a person has allowed a plugin file.
public enum PluginApproval: Hashable, Sendable {
  /// It cannot be used anyway, so nobody looked.
  case notLookedAt
  /// It came with the host.
  case notNeeded
  /// It was allowed as it is, as far as it was read.
  case given(PluginLock.Grant)
  /// Nobody has ever allowed a plugin of this id.
  case missing
  /// Another file of this id, or one that asked for other things, was allowed.
  case outdated(PluginLock.Grant, [ApprovalChange])
}

/// How a file differs from what was allowed to its id.
public enum ApprovalChange: Hashable, Sendable {
  /// Another version.
  case version(from: SemanticVersion, to: SemanticVersion)
  /// Another content.
  case content(from: Digest, to: Digest)
  /// Libraries that it brings with it came, went, or have another content; their names.
  case libraries([String])
  /// It does other things.
  case roles(from: [PluginRole], to: [PluginRole])
  /// It asks for more, for less, or both.
  case permissions(added: [Permission], removed: [Permission])

  /// Everything in which a listed file differs; its content and libraries only where those were read.
  static func between(_ grant: PluginLock.Grant, _ manifest: Manifest, _ file: PluginFile) -> [ApprovalChange] {
    var changes: [ApprovalChange] = []
    if grant.version != manifest.version { changes.append(.version(from: grant.version, to: manifest.version)) }
    if Set(grant.roles) != Set(manifest.roles) { changes.append(.roles(from: grant.roles, to: manifest.roles)) }
    let (had, asks) = (Set(grant.permissions), Set(manifest.permissions))
    if had != asks {
      changes.append(
        .permissions(added: Array(asks.subtracting(had)).inOrder, removed: Array(had.subtracting(asks)).inOrder))
    }
    if let libraries = file.libraries, libraries != grant.libraries {
      let names = Set(libraries.keys).union(grant.libraries.keys).filter { libraries[$0] != grant.libraries[$0] }
      changes.append(.libraries(names.sorted()))
    }
    if let digest = file.digest, digest != grant.digest { changes.append(.content(from: grant.digest, to: digest)) }
    return changes
  }
}

extension ApprovalChange: CustomStringConvertible {
  /// In a few words: `version 1.0.0 to 1.1.0`.
  public var description: String {
    func names(_ roles: [PluginRole]) -> String { roles.map(\.rawValue).joined(separator: ",") }
    switch self {
    case .version(let from, let to): return "version \(from) to \(to)"
    case .content(let from, let to): return "SHA-256 \(from.hex.prefix(12)) to \(to.hex.prefix(12))"
    case .libraries(let names): return "libraries " + names.map { printable($0) }.joined(separator: " ")
    case .roles(let from, let to): return "roles \(names(from)) to \(names(to))"
    case .permissions(let added, let removed):
      let parts = [("added", added), ("removed", removed)].filter { !$0.1.isEmpty }
      return parts.map { "permissions \($0): " + $1.map(\.description).joined(separator: " ") }.joined(separator: ", ")
    }
  }
}
