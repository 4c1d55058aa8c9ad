import CommandLineKit
import Configuration
import Hashing
import MarketCalendar
import PluginHost
import TradingCore

/// Makes what each plugin instance is given. It never changes, so several threads can use one.
struct ServiceMaker: Sendable {
  var configuration: EffectiveConfiguration
  /// By the code of the exchange; known once the data is open.
  var calendars: [String: SessionCalendar]
  /// Takes the log lines and faults of plugins, from any thread.
  var log: @Sendable (String) -> Void

  /// The services of one instance: its options, its seed, its log. Equal ids have equal random numbers.
  func services(_ id: String, clock: RoadClock) throws -> InstanceServices {
    guard let options = configuration.plugin(id) else {
      throw CommandFailure(
        code: "unknown_plugin", message: "plugin \(id) has no options", where: "plugins.\(id)",
        expected: "an installed plugin", found: id, remedy: "see host list-plugins", exitCode: .noInput)
    }
    let log = self.log
    let seed = SHA256.hash("wharf.random/1 \(id)").bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    var services = InstanceServices(
      configuration: options, clock: clock, seed: seed,
      log: { line in
        guard line.level != .debug else { return }
        RunningCalls.shared.excusing {
          log("\(line.plugin.id): \(line.level == .info ? "" : "\(line.level): ")\(line.text)")
        }
      },
      faults: { fault in log("plugin fault: \(fault.description)") })
    services.calendars = calendars
    services.limits = InstanceLimits(configuration.host.limits)
    return services
  }
}

extension PluginFault {
  /// The fault in the form of the command line.
  var commandFailure: CommandFailure {
    CommandFailure(
      code: refusesConfiguration ? CommandFailure.pluginRefused : "plugin_failed", message: description,
      where: "plugin \(plugin.id)", expected: expected, found: found,
      remedy: "read the plugin's log above; check its options with host config show", exitCode: .badConfiguration)
  }
}

extension CommandFailure {
  /// The code of a failure in which a plugin says that it cannot work with its options.
  static let pluginRefused = "plugin_refused"
}
