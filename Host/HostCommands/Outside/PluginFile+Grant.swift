import PluginHost

extension PluginFile {
  /// What it may ask the host for: what its manifest asks for, as far as a person granted it. What came with the host
  /// needs no grant.
  var grantedPermissions: Set<Permission> {
    let asked = Set(manifest?.permissions ?? [])
    return switch approval {
    case .notNeeded: asked
    case .given(let grant): asked.intersection(grant.permissions)
    case .notLookedAt, .missing, .outdated: []
    }
  }
}
