import Configuration
import PluginHost

internal import WharfABI

/// A plugin that can be driven: its code, its manifest and the roles a test is about.
struct DrivenPlugin {
  let plugin: LoadedPlugin
  let manifest: Manifest
  /// The host's script before a test changes it.
  let script: HostScript
  private let level: Int

  fileprivate init(_ subject: CheckSubject) throws {
    manifest = try subject.usableManifest()
    plugin = try subject.load()
    level = subject.level
    var script = HostScript(manifest)
    script.seed = subject.seed
    self.script = script
  }

  /// Whether some options must be set and have no default, so that the values they get here are guesses.
  var hasMadeUpOptions: Bool { manifest.options.contains { $0.isRequired && $0.defaultValue == nil } }

  /// An instance of a role that was not created yet.
  func drive(_ role: PluginRole, _ script: HostScript? = nil) throws -> Drive {
    try drive(role, on: DriverHost(script ?? self.script))
  }

  /// An instance of a role on a host, not created yet.
  func drive(_ role: PluginRole, on host: DriverHost) throws -> Drive {
    let drive = try passing(role, on: host)
    // It stays as long as the process does, because a plugin may still use what it was lent.
    _ = Unmanaged.passRetained(drive)
    return drive
  }

  /// The same, but what it lends is gone with it.
  func passing(_ role: PluginRole, on host: DriverHost) throws -> Drive {
    switch role {
    case .strategy: StrategyDrive(try plugin.table(role, as: wharf_strategy.self), host)
    case .scanner: ScannerDrive(try plugin.table(role, as: wharf_scanner.self), host)
    case .broker:
      BrokerDrive(try plugin.table(role, as: wharf_broker.self), venue: try venue(), host)
    case .marketData: MarketDataDrive(try plugin.table(role, as: wharf_market_data.self), host)
    case .notifier: NotifierDrive(try plugin.table(role, as: wharf_notifier.self), host)
    }
  }

  /// An instance that was created and begun; throws ``Unusable`` when it refuses, as `lifecycle-session` then shows.
  func begun(_ role: PluginRole, _ market: CheckMarket, _ script: HostScript? = nil) throws -> Drive {
    let drive = try self.drive(role, script)
    try begin(drive, market)
    return drive
  }

  /// Creates and begins an instance.
  func begin(_ drive: Drive, _ market: CheckMarket) throws {
    guard drive.create() == Status.ok, drive.isUsable, drive.begin(market) == Status.ok else {
      throw Unusable("no instance could be made and started; see lifecycle-session")
    }
  }

  /// The market that suits a role: days, and five minutes for a scanner.
  func market(_ role: PluginRole, _ random: inout SeededGenerator) -> CheckMarket {
    role == .scanner ? .minutes(&random) : .daily(&random)
  }

  private func venue() throws -> UnsafePointer<wharf_simulated_venue>? {
    let (status, table) = try plugin.find("wharf.simulated_venue/1")
    guard status == Status.ok, let table, UInt(bitPattern: table) % 8 == 0,
      table.load(as: UInt32.self) == MemoryLayout<wharf_simulated_venue>.size
    else { return nil }
    let venue = table.assumingMemoryBound(to: wharf_simulated_venue.self)
    return venue.pointee.on_quote == nil || venue.pointee.on_bar == nil ? nil : venue
  }
}

extension CheckSubject {
  /// Loads the plugin and answers those of its roles that are among some.
  func driven(_ roles: Set<PluginRole> = Set(PluginRole.allCases)) throws -> (DrivenPlugin, [PluginRole]) {
    let plugin = try DrivenPlugin(self)
    return (plugin, plugin.manifest.roles.filter(roles.contains))
  }
}
