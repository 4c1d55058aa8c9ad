import CommandLineKit
import Configuration
import Glibc
import PluginHost
import Sandbox

/// Where things are, what is configured, and which plugin files there are: what most commands begin with.
struct HostEnvironment {
  let locations: HostLocations
  let document: ConfigurationDocument
  let files: [PluginFile]
  let variables: [String: String]
  /// Which plugins failed, and which are quarantined.
  let failures: FailureFile
  /// What people have allowed third-party plugins.
  let lockFile: PluginLockFile
  /// Which plugins that could be used may be used.
  let policy: PluginPolicy
  /// Which plugins came with the host.
  let build: BuildList

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
    lockFile = PluginLockFile(home: locations.home)
    let isSafeMode = arguments.has("safe-mode")
    let lock = try HostEnvironment.lock(lockFile, isSafeMode: isSafeMode)
    do throws(TrustFileError) { build = try BuildList.read() } catch { throw CommandFailure(error.commandError) }
    let folders = PluginDirectory.folders(
      configured: document.pluginFolders(userHome: variables["HOME"] ?? "/"), environment: variables)
    let listed = PluginDirectory.list(folders, environment: variables, isThorough: isThorough, build: build)
    // A configuration with faults disables nothing here; whoever needs it reports its faults.
    let schemas = listed.filter { $0.status == .ready }.compactMap { $0.manifest?.schema }
    let settings = (try? document.validated(plugins: schemas))?.host.plugins
    let policy = PluginPolicy(
      lock: lock, isSafeMode: isSafeMode,
      missingForSandbox: settings.flatMap(HostEnvironment.missingForSandbox))
    self.policy = policy
    files = listed.map { file in
      var file = file
      if file.status == .ready, let id = file.manifest?.id, settings?.disabled.value.contains(id) == true {
        file.status = .disabled
      }
      policy.apply(to: &file)
      file.apply(book)
      return file
    }
  }

  /// What this machine lacks to isolate plugins, where the settings refuse to do without.
  static func missingForSandbox(_ settings: PluginsConfiguration) -> String? {
    settings.requireSandbox.value ? SandboxSupport.current.missing.first : nil
  }

  /// What people have allowed. Safe mode allows nothing of it, so that a file that cannot be read keeps nobody out.
  private static func lock(_ file: PluginLockFile, isSafeMode: Bool) throws -> PluginLock {
    do throws(TrustFileError) { return try file.read() } catch {
      guard isSafeMode else { throw CommandFailure(error.commandError) }
      return PluginLock()
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

  /// The files whose options may stand in the configuration: those that are used, and those that only a person or a rule
  /// keeps from it.
  private var configurable: [PluginFile] {
    files.filter { $0.problems.isEmpty && ($0.status != .disabled || $0.refusal != nil) }
  }

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
    let claims = files.filter { $0.manifest?.id == id }
    if let file = claims.first(where: { $0.status != .rejected }) ?? claims.first { throw file.unusable }
    let known = usable.compactMap { $0.manifest?.id }.sorted().joined(separator: ", ")
    throw CommandFailure(
      code: "unknown_plugin", message: "there is no plugin \(id)", where: "plugin folders",
      expected: known.isEmpty ? "a plugin file in a plugin folder" : "one of: \(known)", found: id,
      remedy: "see host list-plugins", exitCode: .noInput)
  }

  /// A listed file again, read whole and judged; without what the configuration says of it. Blocks on the disk.
  func examinedAgain(_ file: PluginFile) -> PluginFile {
    var file = PluginDirectory.examine(
      file.path, source: file.source, environment: variables, build: build)
    policy.apply(to: &file)
    return file
  }

  /// Makes the home folder where there is none. Blocks on the disk.
  func makeHome() throws {
    let folder = locations.home
    guard mkdir(folder, 0o700) != 0, errno != EEXIST else { return }
    throw CommandFailure(
      code: "cannot_create", message: "cannot make the home folder: \(String(cString: strerror(errno)))", where: folder,
      expected: "a writable folder", found: nil, remedy: "name another with --home", exitCode: .cannotCreate)
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

extension PluginFile {
  /// Why a command cannot use it.
  var unusable: CommandFailure {
    let isRefused = refusal != nil || status == .needsApproval || status == .quarantined
    let code =
      switch status {
      case .needsApproval: "plugin_not_approved"
      case .quarantined: "plugin_quarantined"
      case .ready, .disabled, .rejected: "plugin_unusable"
      }
    return CommandFailure(
      code: code,
      message: "plugin \(manifest?.id ?? path) cannot be used: \(reason ?? status.rawValue)",
      where: path, expected: "status ready", found: "status \(status.rawValue)", remedy: remedy,
      exitCode: isRefused ? .refused : .badConfiguration)
  }
}

extension TrustFileError {
  /// The error in the form of the command line.
  var commandError: CommandError {
    CommandError(
      code: path.hasSuffix("/" + BuildList.fileName) ? "bad_build_list" : "bad_plugin_lock",
      message: "the file that says which plugins are trusted cannot be used",
      where: place.isEmpty ? path : "\(path): \(place)",
      expected: expected, found: found, remedy: remedy, exitCode: isSystemFailure ? .inputOutput : .badConfiguration)
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
