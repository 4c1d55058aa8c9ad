import Glibc
import PluginHost

internal import WharfABI

/// The code of a plugin in this process, as C sees it: nothing in it has been checked. It is never unloaded.
struct LoadedPlugin {
  typealias Entry = @convention(c) () -> UnsafePointer<wharf_plugin>?

  private let handle: UnsafeMutableRawPointer
  /// The entry function.
  let entry: Entry

  fileprivate init(path: String) throws {
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | Int32(RTLD_NODELETE)) else {
      throw Unusable("the loader refuses the file: " + (dlerror().map { String(cString: $0) } ?? "no reason"))
    }
    guard let symbol = dlsym(handle, "wharf_plugin_entry"), ExecutableMemory().contains(symbol) else {
      throw Unusable("there is no function wharf_plugin_entry")
    }
    self.handle = handle
    entry = unsafeBitCast(symbol, to: Entry.self)
  }

  /// What the entry function answers, if that can be a descriptor.
  func descriptor() throws -> UnsafePointer<wharf_plugin> {
    guard let descriptor = entry(), UInt(bitPattern: descriptor) % 8 == 0,
      descriptor.pointee.struct_size == MemoryLayout<wharf_plugin>.size, descriptor.pointee.table != nil
    else { throw Unusable("the entry function gives no usable descriptor") }
    return descriptor
  }

  /// What the plugin answers when it is asked for a table.
  func find(_ id: String) throws -> (status: Int32, table: UnsafeRawPointer?) {
    var table: UnsafeRawPointer?
    let find = try descriptor().pointee.table!
    let status = withText(id) { find($0, $1, &table) }
    return (status, table)
  }

  /// The table of a role, if it can be used; a table that cannot fails a test of the entry.
  func table<Table>(_ role: PluginRole, as: Table.Type) throws -> UnsafePointer<Table> {
    let (status, table) = try find(role.tableID)
    guard status == Status.ok, let table else { throw Unusable("there is no table \(role.tableID)") }
    do { try TableFinder.check(table, for: role) } catch { throw Unusable("the table \(role.tableID) cannot be used") }
    guard LoadedPlugin.functions(table).allSatisfy(ExecutableMemory().contains) else {
      throw Unusable("the table \(role.tableID) has functions that are none")
    }
    return table.assumingMemoryBound(to: Table.self)
  }
}

extension LoadedPlugin {
  /// The functions of a table that are not null. A table is its size, a reserved word, and then functions only.
  static func functions(_ table: UnsafeRawPointer) -> [UnsafeRawPointer] {
    let size = Int(table.load(as: UInt32.self))
    return stride(from: 8, to: size, by: 8).compactMap {
      UnsafeRawPointer(bitPattern: table.load(fromByteOffset: $0, as: UInt.self))
    }
  }
}

extension CheckSubject {
  /// Loads the plugin into this process; throws ``Unusable`` when that fails, as a test of the image then does.
  func load() throws -> LoadedPlugin {
    _ = try usableImage()
    return try LoadedPlugin(path: path)
  }
}
