import CommandLineKit
import Configuration
import Hashing
import MarketCalendar
import PluginHost
import TradingTypes

/// Loads the plugins a session uses and gives each instance its services.
final class PluginRack {
  private let environment: HostEnvironment
  private let configuration: EffectiveConfiguration
  private let clock: RoadClock
  private let errors: LineOutput
  private var images: [String: PluginImage] = [:]
  /// Known once the data is open.
  var calendars: [String: SessionCalendar] = [:]
  var board: PortfolioBoard?

  init(
    _ environment: HostEnvironment, _ configuration: EffectiveConfiguration, _ clock: RoadClock, _ errors: LineOutput
  ) {
    self.environment = environment
    self.configuration = configuration
    self.clock = clock
    self.errors = errors
  }

  /// The loaded plugin with this id, in this role. Runs the plugin's entry function the first time.
  func image(_ id: String, role: PluginRole) throws -> PluginImage {
    let file = try environment.plugin(id, role: role)
    if let image = images[id] { return image }
    do {
      let image = try PluginImage.load(file)
      images[id] = image
      return image
    } catch {
      if error.isSecurityEvent { errors.line("security: \(error)") }
      throw CommandFailure(
        code: error.isSecurityEvent ? "security_event" : "plugin_unusable", message: "\(error)", where: file.path,
        expected: "a plugin of ABI \(PluginABI.text)", found: nil, remedy: error.remedy,
        exitCode: error.isSecurityEvent ? .refused : .badConfiguration)
    }
  }

  /// The services of one instance.
  func services(_ id: String, state: (any PluginHost.PluginStateStore)? = nil) throws -> InstanceServices {
    guard let options = configuration.plugin(id) else {
      throw CommandFailure(
        code: "unknown_plugin", message: "plugin \(id) has no options", where: "plugins.\(id)",
        expected: "an installed plugin",
        found: id, remedy: "see host list-plugins", exitCode: .noInput)
    }
    let errors = self.errors
    let seed = SHA256.hash("wharf.random/1 \(id)").bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    var services = InstanceServices(
      configuration: options, clock: clock, seed: seed,
      log: { line in
        guard line.level != .debug else { return }
        errors.line("\(line.plugin.id): \(line.level == .info ? "" : "\(line.level): ")\(line.text)")
      },
      faults: { fault in errors.line("plugin fault: \(fault.description)") })
    services.calendars = calendars
    services.portfolio = board
    services.state = state
    return services
  }

  /// Makes an instance, or says in the command line's form why not.
  func make<Instance>(_ id: String, _ make: () throws(PluginFault) -> Instance) throws -> Instance {
    do throws(PluginFault) {
      return try make()
    } catch {
      throw CommandFailure(
        code: "plugin_failed", message: error.description, where: "plugin \(id)", expected: error.expected,
        found: error.found, remedy: "read the plugin's log above; check its options with host config show",
        exitCode: .badConfiguration)
    }
  }

  /// Id, version and hash of every plugin loaded so far, by id.
  var loaded: [PluginIdentity] { images.values.map(\.identity).sorted { $0.id < $1.id } }
}
