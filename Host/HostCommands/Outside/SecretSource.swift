import CommandLineKit
import Configuration
import Synchronization

/// Where secrets are looked up. The file is read when the first secret is needed.
final class SecretSource: Sendable {
  private let locations: HostLocations
  private let variables: [String: String]
  private let errors: LineOutput
  private let store = Mutex<SecretStore?>(nil)

  init(_ environment: HostEnvironment, _ errors: LineOutput) {
    locations = environment.locations
    variables = environment.variables
    self.errors = errors
  }

  /// A secret's value; `nil` when it is set nowhere. Blocks on the disk the first time.
  func secret(_ reference: SecretReference) -> Secret? {
    store.withLock { store in
      let known =
        store
        ?? {
          let file = DotEnvironment.read(locations)
          for fault in file.faults { errors.line("warning: \(fault)") }
          return SecretStore(environment: variables, file: file)
        }()
      store = known
      return known.secret(reference)
    }
  }
}
