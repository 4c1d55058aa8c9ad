import WharfABI

/// A role's tables and one instance, for driving an adapter without a loaded file.
package struct OpenedRole {
  /// The role's table.
  package let table: UnsafeRawPointer
  /// Of a simulated venue, its second table.
  package let venue: UnsafePointer<wharf_simulated_venue>?
  /// The instance; the table's `destroy` ends it.
  package let handle: OpaquePointer
}

extension PluginRole {
  /// Makes an instance as `create` would, without the variable that the entry function fills.
  package func open(_ host: HostServices) throws(PluginError) -> OpenedRole {
    switch kind {
    case .strategy(let role): try role.open(host)
    case .scanner(let role): try role.open(host)
    case .broker(let role, let venue): try role.open(host, venue: venue)
    case .marketData(let role): try role.open(host)
    case .notifier(let role): try role.open(host)
    }
  }
}

extension RoleExport {
  fileprivate func open(
    _ host: HostServices, venue: UnsafePointer<wharf_simulated_venue>? = nil
  ) throws(PluginError) -> OpenedRole {
    OpenedRole(table: UnsafeRawPointer(table), venue: venue, handle: try make(host).handle)
  }
}
