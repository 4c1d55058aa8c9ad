import TradingTypes

/// Walks the tree once, section by section, and collects settings and faults.
struct ConfigurationValidator {
  let plugins: [PluginSchema]
  let presets: [ConfigurationOverride]
  let overrides: [ConfigurationOverride]
  let pluginsInUse: Set<String>
  var faults: [ConfigurationFault]
  private(set) var settings: [EffectiveSetting] = []
  private(set) var pluginConfigurations: [PluginConfiguration] = []
  private var values: [ConfigurationKey: Setting<OptionValue>] = [:]
  private var knownOverrides: Set<Int> = []

  init(
    plugins: [PluginSchema], presets: [ConfigurationOverride], overrides: [ConfigurationOverride],
    pluginsInUse: Set<String>, faults: [ConfigurationFault]
  ) {
    self.plugins = plugins
    self.presets = presets
    self.overrides = overrides
    self.pluginsInUse = pluginsInUse
    self.faults = faults
  }

  var table: SettingTable { SettingTable(values: values) }

  mutating func run(_ root: YAMLNode?) {
    for section in HostSchema.sections {
      let node = section.key.segments.reduce(root) { $0?.entry($1)?.value }
      check(section.key, section.options, in: node, subsections: section.subsections)
      if section.key.segments.isEmpty { checkInstruments(root?.entry("instruments")?.value) }
    }
    checkPlugins(root?.entry("plugins")?.value)
    checkProcesses(root?.entry("processes")?.value)
    reportUnknownOverrides()
    checkMeaning()
  }

  /// Settles every option of a section, and reports keys it does not have.
  @discardableResult
  mutating func check(
    _ section: ConfigurationKey, _ options: [OptionSchema], in node: YAMLNode?, subsections: [String] = [],
    isRequired: Bool = true
  ) -> [EffectiveSetting] {
    let entries = self.entries(of: node, section)
    let settled = options.map { option in
      settle(option, section, entries.first { $0.key == option.name }, of: node, isRequired: isRequired)
    }
    settings += settled
    let names = options.map(\.name) + subsections
    for entry in entries where !names.contains(entry.key) { reportUnknown(entry, in: section, names: names) }
    return settled
  }

  /// The entries of a section; an empty one may be left blank, anything else but a section is a fault.
  mutating func entries(of node: YAMLNode?, _ section: ConfigurationKey) -> [YAMLEntry] {
    guard let node, !node.isEmpty else { return [] }
    switch node.content {
    case .mapping(let entries): return entries
    case .refused: return []
    case .scalar, .sequence:
      faults.append(
        ConfigurationFault(
          .wrongValue, at: .position(node.position), key: section.segments.isEmpty ? nil : section,
          what: "wrong value", expected: "a section of keys", found: node.kind,
          remedy: "write key: value on the lines below, indented alike"))
      return []
    }
  }

  /// The layers of one option, the upper over the lower; every layer is checked, also below another.
  private mutating func settle(
    _ option: OptionSchema, _ section: ConfigurationKey, _ entry: YAMLEntry?, of node: YAMLNode?, isRequired: Bool
  ) -> EffectiveSetting {
    let key = section.appending(option.name)
    var value = option.defaultValue.map { Setting($0, .builtIn) }
    let faultsBefore = faults.count
    for preset in presets where preset.key == key { value = read(preset, option) ?? value }
    if let entry {
      value = read(entry, option, key).map { Setting($0, .file(entry.value.position)) } ?? value
    }
    for (index, override) in overrides.enumerated() where override.key == key {
      knownOverrides.insert(index)
      value = read(override, option) ?? value
    }
    if value == nil, isRequired, option.isRequired, entry == nil, faults.count == faultsBefore {
      faults.append(
        ConfigurationFault(
          .missing, at: (node?.position).map(ConfigurationFault.Place.position), key: key, what: "not set",
          expected: option.expectation, remedy: option.help.isEmpty ? nil : "set it: " + option.help))
    }
    values[key] = value
    return EffectiveSetting(key: key, schema: option, value: value)
  }

  private mutating func read(_ override: ConfigurationOverride, _ option: OptionSchema) -> Setting<OptionValue>? {
    do throws(OptionMismatch) { return Setting(try option.value(of: override.text), override.origin) } catch {
      report(error, at: override.origin.place, key: override.key)
      return nil
    }
  }

  private mutating func read(_ entry: YAMLEntry, _ option: OptionSchema, _ key: ConfigurationKey) -> OptionValue? {
    let place = ConfigurationFault.Place.position(entry.value.position)
    do throws(OptionMismatch) { return try option.value(in: entry.value) } catch {
      report(error, at: place, key: key)
      return nil
    }
  }

  mutating func report(_ mismatch: OptionMismatch, at place: ConfigurationFault.Place?, key: ConfigurationKey) {
    faults.append(
      ConfigurationFault(
        mismatch.code, at: place, key: key, what: mismatch.what, expected: mismatch.expected, found: mismatch.found,
        remedy: mismatch.remedy))
  }
}

extension ConfigurationValidator {
  /// Whether a value from outside the file is for a key below `section`; its names after the section.
  func overridden(below section: String) -> Set<String> {
    let paths = (presets + overrides).map(\.key.segments).filter { $0.first == section && $0.count > 1 }
    return Set(paths.map { $0[1] })
  }

  private mutating func checkInstruments(_ node: YAMLNode?) {
    let section = ConfigurationKey("instruments")
    let entries = self.entries(of: node, section)
    let symbols = Set(entries.map(\.key)).union(overridden(below: "instruments"))
    for symbol in symbols.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let entry = entries.first { $0.key == symbol }
      if symbol.isEmpty {
        faults.append(
          ConfigurationFault(
            .wrongValue, at: (entry?.position).map(ConfigurationFault.Place.position), key: section,
            what: "a symbol without letters", expected: "a ticker"))
      }
      check(section.appending(symbol), HostSchema.instrument, in: entry?.value)
    }
  }

  private mutating func checkPlugins(_ node: YAMLNode?) {
    let section = ConfigurationKey("plugins")
    check(section, HostSchema.plugins, in: node.map(withoutIDs))
    let entries: [YAMLEntry] = if case .mapping(let all) = node?.content { all } else { [] }
    let disabled = Set(table["plugins", "disabled"]?.value.list ?? [])
    let active = ["broker", "llm"].compactMap { table[$0, "active"]?.value.text }
    let inUse = pluginsInUse.union(active)
    for plugin in plugins where !PluginSchema.reservedIDs.contains(plugin.id) {
      let entry = entries.first { $0.key == plugin.id }
      let isRequired = !disabled.contains(plugin.id) && (entry != nil || inUse.contains(plugin.id))
      let settled = check(
        section.appending(plugin.id), plugin.options, in: entry?.value, isRequired: isRequired)
      pluginConfigurations.append(PluginConfiguration(id: plugin.id, settings: settled))
    }
    let known = Set(plugins.map(\.id)).union(PluginSchema.reservedIDs).union(disabled)
    for entry in entries where !known.contains(entry.key) { reportUnknownPlugin(entry, in: section) }
  }

  /// The section `plugins` without what belongs to single plugins.
  private func withoutIDs(_ node: YAMLNode) -> YAMLNode {
    guard case .mapping(let entries) = node.content else { return node }
    return YAMLNode(.mapping(entries.filter { PluginSchema.reservedIDs.contains($0.key) }), at: node.position)
  }

  private mutating func reportUnknownOverrides() {
    for (index, override) in overrides.enumerated() where !knownOverrides.contains(index) {
      reportUnknown(override)
    }
  }
}
