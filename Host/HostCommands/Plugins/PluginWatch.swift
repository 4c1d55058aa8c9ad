import CommandLineKit
import Configuration
import Glibc
import PluginHost
import Synchronization

/// Looks after the plugins that run in the host's own process: a call that hangs and a crash are laid at the right door.
enum PluginWatch {
  private static let hasBegun = Atomic<Bool>(false)

  /// Begins to watch; it ends with the process. Only the first call of a process does anything.
  static func begin(_ configuration: PluginsConfiguration, _ failures: FailureFile, _ errors: LineOutput) {
    guard !hasBegun.exchange(true, ordering: .relaxed) else { return }
    CrashHandler.install()
    let action = configuration.watchdog.value
    let seconds = configuration.callDeadline.value
    CallWatchdog.start(seconds: Double(seconds.components.seconds) + Double(seconds.components.attoseconds) / 1e18) {
      hung in
      if hung.isHopeless {
        if action == .stop { end(hung.failure) }
        return
      }
      errors.line("\(hung.failure); what to do: \(remedy(hung, action))")
      if hung.isVital { record(hung.failure, failures, errors) }
    }
  }

  /// Puts a failure on record that nothing follows from in this process.
  static func record(_ failure: PluginFailure, _ failures: FailureFile, _ errors: LineOutput) {
    do {
      if try failures.update({ $0.record(failure) }) == .quarantined {
        errors.line("plugin \(failure.plugin.id) is quarantined; what to do: \(release(failure.plugin.id))")
      }
    } catch {
      errors.line("the failure of plugin \(failure.plugin.id) could not be put on record: \(error)")
    }
  }

  /// Names who was being called when earlier sessions of this home folder ended without a word, and keeps the calls of this
  /// one where the next can find them.
  static func beginSession(_ failures: FailureFile, _ errors: LineOutput) {
    for suspect in CallFiles.collect(from: failures.folder) {
      errors.line("\(suspect); what to do: look into it, or run without the plugin")
      if let failure = suspect.failure { record(failure, failures, errors) }
    }
    do {
      try failures.makeFolder()
      if let problem = CallFiles.begin(in: failures.folder) { errors.line("note: \(problem)") }
    } catch {
      errors.line("note: running calls cannot be kept: \(error)")
    }
  }

  /// What a person who released a plugin does.
  static func release(_ id: String) -> String { "look into the log, then run host release-plugin \(id)" }

  private static func remedy(_ hung: HungCall, _ action: WatchdogAction) -> String {
    let wait = "it runs in the host's process and cannot be interrupted"
    guard hung.isVital else { return "\(wait); look whether the terminal stands still" }
    switch action {
    case .warn: return "\(wait); stop the host when it does not come back"
    case .stop: return "\(wait); the host stops when it has taken three times as long (plugins.watchdog)"
    }
  }

  /// Ends the process. What was decided is in the ledger already, so starting again is recovery.
  private static func end(_ failure: PluginFailure) -> Never {
    let plugin = failure.plugin
    StandardStreams(mode: OutputMode(arguments: Array(CommandLine.arguments.dropFirst()))).report(
      CommandFailure(
        code: "plugin_hangs", message: "\(failure)", where: "plugin \(plugin.id)", expected: "an answer",
        found: failure.detail,
        remedy:
          "start the host again, it goes on where it was; without the plugin, or with it isolated, it cannot hang",
        exitCode: .internalFault))
    CallFiles.end()
    _exit(ExitCode.internalFault.rawValue)
  }
}
