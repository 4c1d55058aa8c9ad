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
enum Target<Role> {
  case direct(Role)
  case tables(OpenedRole)

  static func make(
    _ route: Route, _ host: TestHost, _ role: PluginRole, _ direct: (HostServices) throws(PluginError) -> Role
  ) throws(PluginError) -> Target {
    switch route {
    case .direct: .direct(try direct(host.services))
    case .tables: .tables(try role.open(host.services))
    }
  }

  var role: Role? {
    if case .direct(let role) = self { role } else { nil }
  }

  /// Calls the value or the table.
  mutating func call<Table>(
    _ host: TestHost, _ direct: (inout Role) throws(PluginError) -> Void,
    _ table: (UnsafePointer<Table>, OpaquePointer) -> wharf_status
  ) throws(PluginError) {
    switch self {
    case .direct(var role):
      defer { self = .direct(role) }
      try direct(&role)
    case .tables(let opened):
      let status = table(opened.table.assumingMemoryBound(to: Table.self), opened.handle)
      try TestHost.check(status, host)
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
