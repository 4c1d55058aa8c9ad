import Configuration

/// The secrets that one plugin may have put into what leaves: never shown to it.
struct PluginSecrets: Sendable {
  /// Why a template cannot be filled.
  enum Refusal: Error, Equatable {
    /// The plugin was not granted this secret.
    case denied(String)
    /// This secret is set nowhere.
    case missing(String)
  }

  /// A granted secret that is shorter than this is cut out of answers only where a template has put it in.
  static let shortest = 8

  private let granted: Set<String>
  /// The secrets that the plugin's options refer to, by the names of the options.
  private let options: [String: SecretReference]
  private let lookUp: @Sendable (SecretReference) -> Secret?

  init(
    _ permissions: Set<Permission>, _ configuration: PluginConfiguration,
    _ lookUp: @escaping @Sendable (SecretReference) -> Secret?
  ) {
    granted = Set(permissions.filter { $0.kind == .secret }.map(\.target))
    options = Dictionary(
      configuration.settings.compactMap { setting in
        setting.value?.value.secret.map { (setting.schema.name, $0) }
      }, uniquingKeysWith: { first, _ in first })
    self.lookUp = lookUp
  }

  /// The values behind names, all of which must be granted and set.
  func values(_ names: Set<String>) throws(Refusal) -> [String: String] {
    var values: [String: String] = [:]
    for name in names.sorted() {
      guard granted.contains(name) else { throw .denied(name) }
      guard let value = value(name) else { throw .missing(name) }
      values[name] = value
    }
    return values
  }

  /// What to cut out of all that comes back to the plugin: what templates put in, and whatever else it was granted.
  func redactor(_ inserted: [String]) -> Redactor {
    let others = granted.compactMap(value).filter { $0.utf8.count >= PluginSecrets.shortest }
    return Redactor(inserted + others)
  }

  private func value(_ name: String) -> String? {
    guard let reference = options[name] ?? SecretReference(name: name) else { return nil }
    return lookUp(reference)?.withValue { $0.isEmpty ? nil : $0 }
  }
}
