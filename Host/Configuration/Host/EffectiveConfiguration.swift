/// One option with what is in effect for it.
public struct EffectiveSetting: Sendable {
  /// The option's full key.
  public let key: ConfigurationKey
  /// What the option takes.
  public let schema: OptionSchema
  /// What is in effect; `nil` when nothing is set and nothing is built in.
  public let value: Setting<OptionValue>?
}

/// The options of one plugin, checked.
public struct PluginConfiguration: Sendable {
  /// The plugin's id.
  public let id: String
  /// Every option in the order of the manifest, set or not.
  public let settings: [EffectiveSetting]

  /// What an option is set to; `nil` when it is not set or not declared.
  public subscript(_ name: String) -> OptionValue? {
    settings.first { $0.schema.name == name }?.value?.value
  }

  /// The same options with one of them set to what a text stands for, `nil` when no such option is declared. Throws when
  /// the text is none of its values.
  public func setting(_ name: String, to text: String, _ origin: Origin) throws(OptionMismatch) -> PluginConfiguration?
  {
    guard let index = settings.firstIndex(where: { $0.schema.name == name }) else { return nil }
    let value = try settings[index].schema.value(of: text)
    var settings = settings
    settings[index] = EffectiveSetting(
      key: settings[index].key, schema: settings[index].schema, value: Setting(value, origin))
    return PluginConfiguration(id: id, settings: settings)
  }
}

/// A configuration that is right: typed for the host, by name for plugins, flat for people.
public struct EffectiveConfiguration: Sendable {
  /// The host's own settings.
  public let host: HostConfiguration
  /// Every installed plugin's options, by id in byte order.
  public let plugins: [PluginConfiguration]
  /// Every option in the order of display.
  public let settings: [EffectiveSetting]
  /// What is odd, but not wrong.
  public let warnings: [ConfigurationFault]

  /// One plugin's options; `nil` when it is not installed.
  public func plugin(_ id: String) -> PluginConfiguration? { plugins.first { $0.id == id } }

  /// What `host config show` prints: secrets appear as references only.
  public var rows: [Row] {
    settings.map { setting in
      Row(
        key: setting.key.description, value: setting.value?.value.description,
        origin: (setting.value?.origin ?? .builtIn).description, help: setting.schema.help)
    }
  }

  /// A line of `host config show`.
  public struct Row: Hashable, Sendable {
    /// The full key.
    public let key: String
    /// The value on one line; `nil` when not set.
    public let value: String?
    /// Where it comes from.
    public let origin: String
    /// What it is for.
    public let help: String
  }
}

/// A value that stands outside the file: an argument or a variable above it, or a command's own default below it.
public struct ConfigurationOverride: Hashable, Sendable {
  /// The option's full key.
  public let key: ConfigurationKey
  /// The value's text, read as the option's type; lists are texts between commas.
  public let text: String
  /// Where it comes from.
  public let origin: Origin

  /// Makes an override from its parts.
  public init(_ key: ConfigurationKey, _ text: String, _ origin: Origin) {
    self.key = key
    self.text = text
    self.origin = origin
  }
}
