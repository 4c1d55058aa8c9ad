internal import WharfABI

/// Asks a plugin for its tables and checks each before anything in it is used.
package struct TableFinder {
  private let find: @convention(c) (UnsafePointer<CChar>?, UInt64, UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int32

  /// The tables of a plugin's roles.
  struct Tables {
    var roles: [PluginRole: UnsafeRawPointer] = [:]
    var venue: UnsafePointer<wharf_simulated_venue>?
  }

  init(_ descriptor: UnsafePointer<wharf_plugin>) throws(PluginLoadError.Reason) {
    guard let find = descriptor.pointee.table else { throw .missingFunctions(table: "wharf_plugin", ["table"]) }
    self.find = find
  }

  /// The tables of these roles, and the venue's table if a broker has one.
  func tables(_ roles: [PluginRole]) throws(PluginLoadError.Reason) -> Tables {
    if roles.contains(.scanner) {
      for id in ["wharf.strategy/1", "wharf.broker/1", "wharf.simulated_venue/1"] where table(id).status == Status.ok {
        throw .scannerOffersTrading(table: id)
      }
    }
    var tables = Tables()
    for role in roles {
      let (status, pointer) = table(role.tableID)
      guard status == Status.ok, let pointer else { throw .missingTable(role.tableID, status: status) }
      try TableFinder.check(pointer, for: role)
      tables.roles[role] = pointer
    }
    let id = "wharf.simulated_venue/1"
    let (status, pointer) = table(id)
    guard roles.contains(.broker), status == Status.ok, let pointer else { return tables }
    try TableFinder.check(pointer, id, size: MemoryLayout<wharf_simulated_venue>.size)
    let venue = pointer.assumingMemoryBound(to: wharf_simulated_venue.self)
    try TableFinder.require(
      id, [("on_quote", venue.pointee.on_quote == nil), ("on_bar", venue.pointee.on_bar == nil)])
    tables.venue = venue
    return tables
  }

  private func table(_ id: String) -> (status: Int32, pointer: UnsafeRawPointer?) {
    var pointer: UnsafeRawPointer?
    let status = withText(id) { find($0, $1, &pointer) }
    return (status, pointer)
  }

  /// Checks that something can be the table of a role: where it lies, its size, and that nothing required is null.
  package static func check(_ pointer: UnsafeRawPointer, for role: PluginRole) throws(PluginLoadError.Reason) {
    try check(pointer, role.tableID, size: size(role))
    try require(role.tableID, functions(pointer, role))
  }

  /// Checks that something can be a table with this size.
  static func check(_ pointer: UnsafeRawPointer, _ name: String, size: Int) throws(PluginLoadError.Reason) {
    guard UInt(bitPattern: pointer) % 8 == 0 else { throw .misaligned(table: name) }
    let found = pointer.load(as: UInt32.self)
    guard found == size else { throw .wrongSize(table: name, expected: UInt32(size), found: found) }
  }

  private typealias Function = (name: String, isNull: Bool)

  private static func require(_ table: String, _ functions: [Function]) throws(PluginLoadError.Reason) {
    let missing = functions.filter(\.isNull).map(\.name)
    guard missing.isEmpty else { throw .missingFunctions(table: table, missing) }
  }

  private static func size(_ role: PluginRole) -> Int {
    switch role {
    case .strategy: MemoryLayout<wharf_strategy>.size
    case .scanner: MemoryLayout<wharf_scanner>.size
    case .broker: MemoryLayout<wharf_broker>.size
    case .marketData: MemoryLayout<wharf_market_data>.size
    case .notifier: MemoryLayout<wharf_notifier>.size
    }
  }

  /// The functions of a role's table that may not be null.
  private static func functions(_ pointer: UnsafeRawPointer, _ role: PluginRole) -> [Function] {
    switch role {
    case .strategy:
      let table = pointer.assumingMemoryBound(to: wharf_strategy.self).pointee
      return [
        ("create", table.create == nil), ("start", table.start == nil), ("on_bar", table.on_bar == nil),
        ("destroy", table.destroy == nil),
      ]
    case .scanner:
      let table = pointer.assumingMemoryBound(to: wharf_scanner.self).pointee
      return [
        ("create", table.create == nil), ("start", table.start == nil), ("on_bar", table.on_bar == nil),
        ("destroy", table.destroy == nil),
      ]
    case .broker:
      let table = pointer.assumingMemoryBound(to: wharf_broker.self).pointee
      return [
        ("create", table.create == nil), ("start", table.start == nil), ("capabilities", table.capabilities == nil),
        ("account", table.account == nil), ("positions", table.positions == nil),
        ("open_orders", table.open_orders == nil), ("order", table.order == nil), ("place", table.place == nil),
        ("replace", table.replace == nil), ("cancel", table.cancel == nil), ("destroy", table.destroy == nil),
      ]
    case .marketData:
      let table = pointer.assumingMemoryBound(to: wharf_market_data.self).pointee
      return [
        ("create", table.create == nil), ("open", table.open == nil), ("read", table.read == nil),
        ("rewind", table.rewind == nil), ("destroy", table.destroy == nil),
      ]
    case .notifier:
      let table = pointer.assumingMemoryBound(to: wharf_notifier.self).pointee
      return [("create", table.create == nil), ("notify", table.notify == nil), ("destroy", table.destroy == nil)]
    }
  }
}
