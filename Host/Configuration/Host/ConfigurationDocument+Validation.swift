extension ConfigurationDocument {
  /// Checks the document against what the host and the installed plugins take, and lays the layers over each other:
  /// built in, `presets` (a command's own defaults), the file, `overrides` (the last one for a key counts).
  ///
  /// `pluginsInUse` must have their required options; so must every plugin with a section of its own, and the active
  /// broker and LLM provider. Throws all faults at once, with warnings among them. Resolves no secrets
  /// (see ``SecretStore/faults(in:)``).
  public func validated(
    plugins: [PluginSchema], presets: [ConfigurationOverride] = [], overrides: [ConfigurationOverride] = [],
    pluginsInUse: Set<String> = []
  ) throws(ConfigurationFaults) -> EffectiveConfiguration {
    guard root != nil || faults.isEmpty else { throw ConfigurationFaults(faults) }
    var validator = ConfigurationValidator(
      plugins: plugins.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }, presets: presets,
      overrides: overrides, pluginsInUse: pluginsInUse, faults: faults)
    validator.run(root)
    let found = ConfigurationFaults(validator.faults)
    guard found.all.allSatisfy({ $0.severity == .warning }) else { throw found }
    return EffectiveConfiguration(
      host: HostConfiguration(validator.table), plugins: validator.pluginConfigurations,
      settings: validator.settings, warnings: found.all)
  }
}
