/// Where secrets are looked up: in the environment of the process first, then in the file `.env`.
public struct SecretStore: Sendable {
  private let environment: [String: Secret]
  private let file: [String: Secret]

  /// Makes a store of the process's variables and of a `.env` file.
  public init(environment: [String: String], file: DotEnvironment = .absent) {
    self.environment = environment.mapValues(Secret.init)
    self.file = file.secrets
  }

  /// The value behind a reference; `nil` when it is set nowhere or empty.
  public func secret(_ reference: SecretReference) -> Secret? {
    for store in [environment, file] {
      if let secret = store[reference.name], !secret.isEmpty { return secret }
    }
    return nil
  }

  /// A fault for each secret that the configuration refers to and that is set nowhere.
  public func faults(in configuration: EffectiveConfiguration) -> [ConfigurationFault] {
    configuration.settings.compactMap { setting in
      guard let value = setting.value, case .secret(let reference) = value.value, secret(reference) == nil else {
        return nil
      }
      return ConfigurationFault(
        .secretMissing, at: value.origin.place, key: setting.key, what: "secret not found",
        expected: "\(reference.name) in the environment or in .env", found: "neither",
        remedy: "add the line \(reference.name)=value to .env in the home folder")
    }
  }
}
