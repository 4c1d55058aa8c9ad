import WharfABI

/// A scanner of one instance, its type known only to its calls.
@usableFromInline typealias ScannerBox = RoleBox<ScannerCalls>

enum ScannerTable {
  static let plain = Fixed(table(evaluates: false))
  static let evaluating = Fixed(table(evaluates: true))

  private static func table(evaluates: Bool) -> wharf_scanner {
    var table = wharf_scanner()
    table.struct_size = UInt32(MemoryLayout<wharf_scanner>.size)
    table.create = { create($0, $1, exported.scanner?.make) }
    table.start = { handle, start in
      guard let start else { return PluginStatus.invalid.rawValue }
      return ScannerBox.call(handle) { $0.calls.start($0.cell, start) }
    }
    table.on_bar = { handle, bar, sink in
      guard let bar, let sink else { return PluginStatus.invalid.rawValue }
      return ScannerBox.call(handle) { $0.calls.onBar($0.cell, bar, sink) }
    }
    if evaluates {
      table.evaluate = { handle, time, sink in
        guard let sink else { return PluginStatus.invalid.rawValue }
        return ScannerBox.call(handle) { $0.calls.evaluate?($0.cell, time, sink) ?? 0 }
      }
    }
    table.finish = { handle, sink in
      guard let sink else { return PluginStatus.invalid.rawValue }
      return ScannerBox.call(handle) { $0.calls.finish($0.cell, sink) }
    }
    table.destroy = { ScannerBox.destroy($0) }
    return table
  }
}
