import CommandLineKit
import Configuration
import PluginHost

extension HostEnvironment {
  /// Where it is noted which plugin is being started.
  var startMarks: StartMarks { StartMarks(home: locations.home) }

  /// Names the plugins during whose start a host died, each in a line. Blocks on the disk.
  func reportSuspects(_ errors: LineOutput) {
    for suspect in startMarks.suspects() {
      errors.line(
        "warning: the host died while plugin \(suspect.description); if it does so again, start with --safe-mode, or "
          + "approve it anew with host approve-plugin \(suspect.id) --isolation isolated, or take its approval back with "
          + "host revoke-plugin \(suspect.id)")
    }
  }
}
