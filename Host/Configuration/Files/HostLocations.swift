/// Where the host keeps its things: a pure function of arguments and environment; nothing is looked at or made.
public struct HostLocations: Hashable, Sendable {
  /// The folder of configuration, data, ledger and state.
  public let home: String
  /// The configuration file.
  public let configurationFile: String
  /// Whether the configuration file was named, so that it must exist.
  public let configurationIsNamed: Bool

  /// The file that may hold secrets.
  public var secretsFile: String { home + "/.env" }

  /// Decides: `--home`, else `$WHARF_HOME`, else `$HOME/.wharf`; `--config`, else `config.yaml` in that folder. An empty
  /// variable counts as not set; an empty argument is a fault.
  public init(
    homeOption: String? = nil, configurationOption: String? = nil, environment: [String: String]
  ) throws(ConfigurationFault) {
    for (name, value) in [("--home", homeOption), ("--config", configurationOption)] where value?.isEmpty == true {
      throw ConfigurationFault(
        .usage, at: .commandLine(name), what: "an empty path", expected: name == "--home" ? "a folder" : "a file")
    }
    if let homeOption {
      home = HostLocations.withoutTrailingSlashes(homeOption)
    } else if let variable = environment["WHARF_HOME"], !variable.isEmpty {
      home = HostLocations.withoutTrailingSlashes(variable)
    } else if let user = environment["HOME"], !user.isEmpty {
      home = HostLocations.withoutTrailingSlashes(user) + "/.wharf"
    } else {
      throw ConfigurationFault(
        .usage, at: .environment("HOME"), what: "not set, so there is no home folder", remedy: "give --home DIR")
    }
    configurationFile = configurationOption ?? home + "/config.yaml"
    configurationIsNamed = configurationOption != nil
  }

  /// A path of the configuration: `~/` is the user's home, anything relative is beside the file it was written in.
  static func resolved(_ path: String, writtenIn file: String, userHome: String?) -> String {
    if path.utf8.first == UInt8(ascii: "/") { return path }
    if let userHome, path == "~" || path.utf8.starts(with: "~/".utf8) {
      return withoutTrailingSlashes(userHome) + path.dropFirst()
    }
    guard let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }

  private static func withoutTrailingSlashes(_ path: String) -> String {
    guard let end = path.lastIndex(where: { $0 != "/" }) else { return path.isEmpty ? "" : "/" }
    return String(path[...end])
  }
}
