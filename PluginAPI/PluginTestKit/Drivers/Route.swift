import PluginSDK
import WharfABI

/// How a driver reaches the plugin; a test that runs on both shows that the adapter changes nothing.
public enum Route: String, CaseIterable, Sendable {
  /// Calls the Swift protocol.
  case direct
  /// Calls the functions of the C table, as the host does.
  case tables
}

/// The value itself, or its instance behind a table.
struct Target<Role> {
  /// The value, on the direct route; changed in place, so that a test of a large one is not slow.
  var role: Role?
  /// The instance, on the route through the tables.
  let opened: OpenedRole?

  init(
    _ route: Route, _ host: TestHost, _ role: PluginRole, _ direct: (HostServices) throws(PluginError) -> Role
  ) throws(PluginError) {
    switch route {
    case .direct: (self.role, opened) = (try direct(host.services), nil)
    case .tables: (self.role, opened) = (nil, try role.open(host.services))
    }
  }

  /// Calls the value or the table.
  mutating func call<Table>(
    _ host: TestHost, _ direct: (inout Role) throws(PluginError) -> Void,
    _ table: (UnsafePointer<Table>, OpaquePointer) -> wharf_status
  ) throws(PluginError) {
    if let opened {
      try TestHost.check(table(opened.table.assumingMemoryBound(to: Table.self), opened.handle), host)
    } else {
      try direct(&role!)
    }
  }
}

extension TestHost {
  /// Turns a status into the error it stands for, with the last line the plugin logged.
  static func check(_ status: wharf_status, _ host: TestHost) throws(PluginError) {
    guard status != 0 else { return }
    throw PluginError(PluginStatus(rawValue: status) ?? .fault, host.errors.last ?? "status \(status)")
  }
}
