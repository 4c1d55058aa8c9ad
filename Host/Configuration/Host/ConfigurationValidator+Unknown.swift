extension ConfigurationValidator {
  /// Reports a key that a section does not have; its value may be a secret and is not shown.
  mutating func reportUnknown(_ entry: YAMLEntry, in section: ConfigurationKey, names: [String]) {
    faults.append(
      ConfigurationFault(
        .unknownKey, at: .position(entry.position), key: section.appending(entry.key), what: "unknown key",
        remedy: remedy(forUnknown: entry.key, in: section, names: names)))
  }

  /// Reports a key below `plugins` that is neither a setting of the section nor an installed plugin.
  mutating func reportUnknownPlugin(_ entry: YAMLEntry, in section: ConfigurationKey) {
    let isSection = if case .mapping = entry.value.content { true } else { entry.value.isEmpty }
    let near = suggestion(for: entry.key, among: plugins.map(\.id) + PluginSchema.reservedIDs)
    faults.append(
      ConfigurationFault(
        isSection ? .unknownPlugin : .unknownKey, at: .position(entry.position), key: section.appending(entry.key),
        what: isSection ? "no plugin with this id is installed" : "unknown key",
        remedy: near.map { "did you mean \($0)" }
          ?? "install it, remove the section, or list the id under plugins.disabled"))
  }

  /// Reports a value from outside the file that no option takes; the value is not shown.
  mutating func reportUnknown(_ override: ConfigurationOverride) {
    let segments = override.key.segments
    let section = ConfigurationKey(Array(segments.dropLast()))
    var fault = ConfigurationFault(
      .unknownKey, at: override.origin.place, key: override.key, what: "unknown key",
      remedy: remedy(forUnknown: segments.last ?? "", in: section, names: names(in: section)))
    if segments.count == 3, segments[0] == "plugins", !plugins.contains(where: { $0.id == segments[1] }) {
      fault.code = .unknownPlugin
      fault.what = "no plugin with this id is installed"
      fault.remedy =
        suggestion(for: segments[1], among: plugins.map(\.id)).map { "did you mean \($0)" }
        ?? "run host list-plugins to see which are"
    }
    faults.append(fault)
  }

  private func names(in section: ConfigurationKey) -> [String] {
    let segments = section.segments
    if let known = HostSchema.sections.first(where: { $0.key == section }) {
      return known.options.map(\.name) + known.subsections
    }
    switch (segments.first, segments.count) {
    case ("plugins", 1): return PluginSchema.reservedIDs
    case ("plugins", 2): return plugins.first { $0.id == segments[1] }?.options.map(\.name) ?? []
    case ("instruments", 2): return HostSchema.instrument.map(\.name)
    default: return []
    }
  }

  private func remedy(forUnknown name: String, in section: ConfigurationKey, names: [String]) -> String {
    if let near = suggestion(for: name, among: names) { return "did you mean \(near)" }
    for other in HostSchema.sections where other.key != section {
      if let option = other.options.first(where: { $0.name == name }) {
        return "did you mean \(other.key.appending(option.name))"
      }
    }
    guard !names.isEmpty else { return "remove it, nothing can be set here" }
    return "known here: " + names.joined(separator: ", ")
  }
}
