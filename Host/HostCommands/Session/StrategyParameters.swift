import CommandLineKit
import Configuration
import PluginHost

/// `--param key=value` as options of the plugins that are run.
enum StrategyParameters {
  /// Every parameter goes to each named plugin that declares it; one that none declares is a fault.
  static func overrides(
    _ parameters: [(key: String, value: String)], plugins: [PluginFile]
  ) throws -> [ConfigurationOverride] {
    try requireDeclared(parameters.map(\.key), plugins: plugins)
    return parameters.flatMap { key, value in
      plugins.compactMap(\.manifest).filter { $0.options.contains { $0.name == key } }.map {
        ConfigurationOverride(ConfigurationKey("plugins", $0.id, key), value, .commandLine("--param \(key)"))
      }
    }
  }

  /// Refuses parameters that no plugin declares, all at once.
  static func requireDeclared(_ names: [String], plugins: [PluginFile]) throws {
    let known = Set(plugins.compactMap(\.manifest).flatMap { $0.options.map(\.name) })
    let expected = known.isEmpty ? "no parameters" : "one of: \(known.sorted().joined(separator: ", "))"
    let faults = names.filter { !known.contains($0) }.map { name in
      CommandError(
        code: "unknown_parameter", message: "no plugin that is run has an option \(name)", where: "--param \(name)",
        expected: expected, found: name, remedy: "see host config show", exitCode: .usage)
    }
    if let failure = CommandFailure(faults) { throw failure }
  }
}
