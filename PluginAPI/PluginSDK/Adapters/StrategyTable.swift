import WharfABI

/// A strategy of one instance, its type known only to its calls.
@usableFromInline typealias StrategyBox = RoleBox<StrategyCalls>

enum StrategyTable {
  static let plain = Fixed(table(evaluates: false))
  static let evaluating = Fixed(table(evaluates: true))

  private static func table(evaluates: Bool) -> wharf_strategy {
    var table = wharf_strategy()
    table.struct_size = UInt32(MemoryLayout<wharf_strategy>.size)
    table.create = { create($0, $1, exported.strategy?.make) }
    table.start = { handle, start in
      guard let start else { return PluginStatus.invalid.rawValue }
      return StrategyBox.call(handle) { $0.calls.start($0.cell, start) }
    }
    table.on_bar = { handle, bar, sink in
      guard let bar else { return PluginStatus.invalid.rawValue }
      guard let sink else { return PluginStatus.invalid.rawValue }
      return StrategyBox.call(handle) { $0.calls.onBar($0.cell, bar, sink) }
    }
    if evaluates {
      table.evaluate = { handle, time, sink in
        guard let sink else { return PluginStatus.invalid.rawValue }
        return StrategyBox.call(handle) { $0.calls.evaluate?($0.cell, time, sink) ?? 0 }
      }
    }
    table.recheck = { handle, request, sink in
      guard let request, let sink else { return PluginStatus.invalid.rawValue }
      return StrategyBox.call(handle) { $0.calls.recheck($0.cell, request, sink) }
    }
    table.on_fill = { handle, fill in
      guard let fill else { return PluginStatus.invalid.rawValue }
      return StrategyBox.call(handle) { $0.calls.onFill($0.cell, fill) }
    }
    table.destroy = { StrategyBox.destroy($0) }
    return table
  }
}
