import PluginHost

/// The plugin ABI this host speaks.
enum PluginABI {
  static let text = ABIVersion.host.description
}
