import CommandLineKit
import Configuration
import Glibc
import PluginHost

/// Where things are, what is configured, and which plugin files there are: what most commands begin with.
struct HostEnvironment {
  let locations: HostLocations
  let document: ConfigurationDocument
  let files: [PluginFile]
  let variables: [String: String]
  /// Which plugins failed, and which are quarantined.
  let failures: FailureFile

  /// Reads the configuration file and lists the plugin folders; runs no plugin code. Blocks on the disk.
  ///
  /// - Parameter isThorough: whether every plugin file is hashed and checked for what it needs (see `PluginDirectory`).
  init(_ arguments: ParsedArguments, isThorough: Bool = false) throws {
    variables = HostEnvironment.processVariables()
    locations = try HostEnvironment.locations(arguments)
    do {
      document = try ConfigurationDocument.read(locations)
    } catch {
      throw CommandFailure(error.fault.commandError(exitCode: ExitCode(rawValue: error.exitCode) ?? .badConfiguration))
    }
    failures = FailureFile(home: locations.home)
    let book = try failures.read()
    let folders = PluginDirectory.folders(
      configured: document.pluginFolders(userHome: variables["HOME"] ?? "/"), environment: variables)
    let listed = PluginDirectory.list(folders, environment: variables, isThorough: isThorough)
    // A configuration with faults disables nothing here; whoever needs it reports its faults.
    let schemas = listed.filter { $0.status == .ready }.compactMap { $0.manifest?.schema }
    let disabled = (try? document.validated(plugins: schemas))?.host.plugins.disabled.value ?? []
    files = listed.map { file in
      var file = file
      if file.status == .ready, let id = file.manifest?.id, disabled.contains(id) { file.status = .disabled }
      file.apply(book)
      return file
    }
  }

  /// Where things are; looks at nothing.
  static func locations(_ arguments: ParsedArguments) throws -> HostLocations {
    do {
      return try HostLocations(
        homeOption: arguments.value("home"), configurationOption: arguments.value("config"),
        environment: processVariables())
    } catch {
      throw CommandFailure(error.commandError)
    }
  }

  /// The files that can be used.
  var usable: [PluginFile] { files.filter { $0.status == .ready } }

  /// The files whose options may stand in the configuration.
  private var configurable: [PluginFile] { files.filter { $0.status == .ready || $0.status == .quarantined } }

  /// The checked configuration; all faults at once.
  func configuration(
    presets: [ConfigurationOverride] = [], overrides: [ConfigurationOverride] = [], inUse: Set<String> = []
  ) throws -> EffectiveConfiguration {
    do throws(ConfigurationFaults) {
      return try document.validated(
        plugins: configurable.compactMap { $0.manifest?.schema }, presets: presets, overrides: overrides,
        pluginsInUse: inUse)
    } catch {
      throw CommandFailure(error.all.map(\.commandError))
        ?? CommandFailure(
          code: "bad_configuration", message: "\(error)", where: locations.configurationFile, expected: nil, found: nil,
          remedy: "run host config check", exitCode: .badConfiguration)
    }
  }

  /// A usable plugin by id; the failure says why it cannot be used.
  func plugin(_ id: String, role: PluginRole? = nil) throws -> PluginFile {
    if let file = usable.first(where: { $0.manifest?.id == id }) {
      if let role, let roles = file.manifest?.roles, !roles.contains(role) {
        throw CommandFailure(
          code: "wrong_role", message: "plugin \(id) cannot be used as \(role.rawValue)", where: file.path,
          expected: role.rawValue, found: roles.map(\.rawValue).joined(separator: ", "),
          remedy: "name a plugin of that role; see host list-plugins", exitCode: .usage)
      }
      return file
    }
    if let file = files.first(where: { $0.manifest?.id == id }) {
      let isQuarantined = file.status == .quarantined
      throw CommandFailure(
        code: isQuarantined ? "plugin_quarantined" : "plugin_unusable",
        message: "plugin \(id) cannot be used: \(file.reason ?? file.status.rawValue)",
        where: file.path, expected: "status ready", found: "status \(file.status.rawValue)", remedy: file.remedy,
        exitCode: isQuarantined ? .refused : .badConfiguration)
    }
    let known = usable.compactMap { $0.manifest?.id }.sorted().joined(separator: ", ")
    throw CommandFailure(
      code: "unknown_plugin", message: "there is no plugin \(id)", where: "plugin folders",
      expected: known.isEmpty ? "a plugin file in a plugin folder" : "one of: \(known)", found: id,
      remedy: "see host list-plugins", exitCode: .noInput)
  }

  static func processVariables() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let pointer = entry.pointee {
      let text = String(cString: pointer)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      entry += 1
    }
    return variables
  }
}

extension ConfigurationFault {
  /// The fault in the form of the command line.
  var commandError: CommandError { commandError(exitCode: code == .usage ? .usage : .badConfiguration) }

  func commandError(exitCode: ExitCode) -> CommandError {
    let place = self.place.map { "\($0)" }
    let key = self.key.map { "\($0)" }
    return CommandError(
      code: code.rawValue, message: what, where: [place, key].compactMap(\.self).joined(separator: ": "),
      expected: expected, found: found, remedy: remedy, exitCode: exitCode)
  }
}
