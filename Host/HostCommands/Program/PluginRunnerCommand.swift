import Isolation
import Sandbox

/// `host plugin-runner`: the process in which one plugin runs. The host starts it; it is no command for people, so no help
/// shows it and the command line's parser never sees it.
enum PluginRunnerCommand {
  /// Whether these arguments ask for it.
  static func isAskedFor(_ arguments: [String]) -> Bool { arguments == [PluginRunner.command] }

  /// Goes behind its wall, loads the plugin and serves the host until it ends.
  static func run() -> Never {
    PluginRunner.serve { needs in
      let wall = try Sandbox.enter(
        SandboxPolicy(
          readableFiles: needs.readableFiles, keptDescriptors: needs.keptDescriptors,
          loadingDescriptors: needs.loadingDescriptors))
      return { try wall.seal() }
    }
  }
}
