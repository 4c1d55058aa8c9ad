import CommandLineKit
import Configuration
import PluginHost

/// `--param key=value` as options of the plugins that are run.
enum StrategyParameters {
  /// Every parameter goes to each named plugin that declares it; one that none declares is a fault.
  static func overrides(
    _ parameters: [(key: String, value: String)], plugins: [PluginFile]
  ) throws -> [ConfigurationOverride] {
    var overrides: [ConfigurationOverride] = []
    var faults: [CommandError] = []
    for (key, value) in parameters {
      let takers = plugins.compactMap(\.manifest).filter { $0.options.contains { $0.name == key } }
      if takers.isEmpty {
        let known = plugins.compactMap(\.manifest).flatMap { $0.options.map(\.name) }.sorted().joined(separator: ", ")
        faults.append(
          CommandError(
            code: "unknown_parameter", message: "no plugin that is run has an option \(key)", where: "--param \(key)",
            expected: known.isEmpty ? "no parameters" : "one of: \(known)", found: key,
            remedy: "see host config show", exitCode: .usage))
      }
      overrides += takers.map {
        ConfigurationOverride(ConfigurationKey("plugins", $0.id, key), value, .commandLine("--param \(key)"))
      }
    }
    if let failure = CommandFailure(faults) { throw failure }
    return overrides
  }
}
