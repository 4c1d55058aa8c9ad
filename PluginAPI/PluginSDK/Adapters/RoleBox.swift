import WharfABI

/// One instance: the cell of the author's type and the calls that know that type.
///
/// The calls are closures made where the type is known, so the compiler specialises them in the plugin: a bar costs one
/// indirect call. A C function cannot be generic, and a generic class would dispatch through unspecialised code.
@usableFromInline
final class RoleBox<Calls> {
  @usableFromInline let cell: UnsafeMutableRawPointer
  @usableFromInline let calls: Calls
  let release: (UnsafeMutableRawPointer) -> Void

  @usableFromInline
  init(cell: UnsafeMutableRawPointer, calls: Calls, release: @escaping (UnsafeMutableRawPointer) -> Void) {
    self.cell = cell
    self.calls = calls
    self.release = release
  }

  deinit { release(cell) }

  /// Makes a box around a role made for this host.
  @inlinable
  static func make<Role>(_ role: Role, _ host: HostServices, _ calls: Calls) -> RoleBox<Calls> {
    let cell = UnsafeMutablePointer<Cell<Role>>.allocate(capacity: 1)
    cell.initialize(to: Cell(role: role, log: host.log))
    return RoleBox(cell: UnsafeMutableRawPointer(cell), calls: calls) { raw in
      let cell = Cell<Role>.at(raw)
      cell.deinitialize(count: 1)
      cell.deallocate()
    }
  }

  /// The handle the host keeps; owns the box until ``destroy(_:)``.
  var handle: OpaquePointer { OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

  /// Calls into the box behind a handle without taking a reference.
  @inline(__always)
  static func call(_ handle: OpaquePointer?, _ body: (RoleBox<Calls>) -> wharf_status) -> wharf_status {
    guard let handle else { return PluginStatus.invalid.rawValue }
    return Unmanaged<RoleBox<Calls>>.fromOpaque(UnsafeRawPointer(handle))._withUnsafeGuaranteedRef(body)
  }

  /// Ends the instance behind a handle.
  static func destroy(_ handle: OpaquePointer?) {
    guard let handle else { return }
    Unmanaged<RoleBox<Calls>>.fromOpaque(UnsafeRawPointer(handle)).release()
  }
}

/// Makes an instance for `create`: logs a failure, and hands the instance out only on success.
func create<Calls>(
  _ host: UnsafePointer<wharf_host>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
  _ factory: ((HostServices) throws(PluginError) -> RoleBox<Calls>)?
) -> wharf_status {
  guard let host, let out else { return PluginStatus.invalid.rawValue }
  guard let factory else { return PluginStatus.unsupported.rawValue }
  let services = HostServices(host)
  do throws(PluginError) {
    out.pointee = try factory(services).handle
    return 0
  } catch {
    return services.log.status(of: error)
  }
}

/// A table or descriptor with static lifetime.
struct Fixed<Table>: @unchecked Sendable {
  // Sendable is safe: the memory is written here, before anyone has its address, and never again.
  let pointer: UnsafePointer<Table>

  init(_ table: Table) {
    let memory = UnsafeMutablePointer<Table>.allocate(capacity: 1)
    memory.initialize(to: table)
    pointer = UnsafePointer(memory)
  }
}
