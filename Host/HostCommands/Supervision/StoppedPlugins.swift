import CommandLineKit
import Isolation
import PluginHost
import Synchronization
import TradingTypes

/// Failures of plugins that were noticed and that nobody has dealt with yet. Any thread.
final class StoppedPlugins: Sendable {
  private let noted = Mutex<[String: PluginFailure]>([:])

  /// Notes a failure; what is told first is closest to the cause and stays.
  func note(_ failure: PluginFailure) {
    noted.withLock { if $0[failure.plugin.id] == nil { $0[failure.plugin.id] = failure } }
  }

  /// Notes a fault after which a plugin is not called any more; any other means nothing here.
  func note(_ fault: PluginFault) {
    if fault.kind == .stopped { note(PluginFailure(fault, time: SessionLedger.wallTime())) }
  }

  /// The failure of a plugin, which counts as dealt with from now on.
  func take(_ id: String) -> PluginFailure? { noted.withLock { $0.removeValue(forKey: id) } }
}

extension InstanceServices {
  /// Has failures of the instance noted too.
  mutating func noteStops(_ stopped: StoppedPlugins) {
    let told = faults
    faults = { fault in
      stopped.note(fault)
      told(fault)
    }
  }
}

/// The market data cannot be read any further because its plugin failed: the session ends, as it cannot go on without.
struct UnavailableData: Error {
  var cause: PluginFailure

  /// The error in the form of the command line.
  var commandFailure: CommandFailure {
    var told = cause.commandFailure.first
    told.code = "data_unavailable"
    told.remedy = "read the plugin's log above; the session goes on where it was when it is run again"
    told.exitCode = .unavailable
    return CommandFailure(told)
  }
}

extension PluginFailure {
  /// The failure of a plugin that ran in a process of its own.
  init(_ plugin: PluginIdentity, _ failure: RunnerFailure, time: Timestamp) {
    let kind: Kind =
      switch failure.kind {
      case .timeout: .timeout
      case .signal: .signal
      case .exit: .exit
      case .garbage: .garbage
      }
    self.init(plugin: plugin, call: failure.call, kind: kind, detail: failure.detail, time: time)
  }

  /// The failure of a plugin of which nothing is known but that it is not called any more.
  init(stopped plugin: PluginIdentity) {
    self.init(
      plugin: plugin, call: "call", kind: .fault, detail: "it stopped", time: SessionLedger.wallTime())
  }

  /// The failure in the form of the command line: nothing is worth having of a run in which a plugin failed.
  var commandFailure: CommandFailure {
    CommandFailure(
      code: "plugin_failed", message: description, where: "plugin \(plugin.id)", expected: "an answer to \(call)",
      found: "\(kind.rawValue): \(detail)",
      remedy: "read the plugin's log above; check it with host check-plugin, or run without it",
      exitCode: .internalFault)
  }
}
