import WharfABI

/// What the entry function returns.
public typealias PluginDescriptor = UnsafePointer<wharf_plugin_v1>

/// Answers the descriptor of a plugin that offers these roles, each at most once; the whole body of the entry function:
///
///     @c(wharf_plugin_entry)
///     public func entry() -> PluginDescriptor { exportPlugin(.strategy(MyStrategy.self)) }
public func exportPlugin(_ roles: PluginRole...) -> PluginDescriptor {
  var all = Exported()
  for role in roles {
    switch role.kind {
    case .strategy(let strategy): all.strategy = strategy
    case .scanner(let scanner): all.scanner = scanner
    case .broker(let broker, let venue): (all.broker, all.venue) = (broker, venue)
    case .marketData(let source): all.marketData = source
    case .notifier(let notifier): all.notifier = notifier
    }
  }
  exported = all
  return descriptor.pointer
}

/// The roles of this image.
struct Exported {
  var strategy: RoleExport<wharf_strategy, StrategyCalls>?
  var scanner: RoleExport<wharf_scanner, ScannerCalls>?
  var broker: RoleExport<wharf_broker, BrokerCalls>?
  var venue: UnsafePointer<wharf_simulated_venue>?
  var marketData: RoleExport<wharf_market_data, MarketDataCalls>?
  var notifier: RoleExport<wharf_notifier, NotifierCalls>?

  func table(_ id: String) -> UnsafeRawPointer? {
    switch id {
    case "wharf.strategy/1": strategy.map { UnsafeRawPointer($0.table) }
    case "wharf.scanner/1": scanner.map { UnsafeRawPointer($0.table) }
    case "wharf.broker/1": broker.map { UnsafeRawPointer($0.table) }
    case "wharf.simulated_venue/1": venue.map { UnsafeRawPointer($0) }
    case "wharf.market_data/1": marketData.map { UnsafeRawPointer($0.table) }
    case "wharf.notifier/1": notifier.map { UnsafeRawPointer($0.table) }
    default: nil
    }
  }
}

// Unsafe is safe here: the ABI calls the entry once, before anything else, and only the entry writes; each plugin links
// its own copy of this module with its own variable.
nonisolated(unsafe) var exported = Exported()

private let descriptor = Fixed(
  wharf_plugin(
    struct_size: UInt32(MemoryLayout<wharf_plugin>.size), abi_major: UInt16(WHARF_ABI_MAJOR),
    abi_minor: UInt16(WHARF_ABI_MINOR),
    table: { id, length, out in
      guard let out, let id = text(id, length) else { return PluginStatus.invalid.rawValue }
      guard let table = exported.table(id) else { return PluginStatus.unsupported.rawValue }
      out.pointee = table
      return 0
    }))
