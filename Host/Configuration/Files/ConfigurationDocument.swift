/// A configuration file that cannot be read, with the exit code that says so.
public struct ConfigurationReadError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let fault: ConfigurationFault
  /// 66 when a named file does not exist, 74 when the disk fails, else 78.
  public let exitCode: Int32

  /// The fault's text.
  public var description: String { fault.description }
}

/// A configuration file as it was written, not yet checked against what the host and its plugins take.
public struct ConfigurationDocument: Sendable {
  /// The file's path; `nil` when there is none.
  public let file: String?
  let root: YAMLNode?
  let faults: [ConfigurationFault]

  /// No file: everything is as built in.
  public static let absent = ConfigurationDocument()

  private init() {
    file = nil
    root = nil
    faults = []
  }

  /// Reads a text; `file` is its name in messages. What is wrong with it is reported by ``validated(plugins:presets:overrides:pluginsInUse:)``.
  public init(_ bytes: [UInt8], file: String) {
    let document = YAMLDocument(bytes, file: file)
    self.file = file
    root = document.root
    faults = document.faults
  }

  /// Reads the file at the host's locations; one that was not named may be absent. Blocks on the disk.
  public static func read(_ locations: HostLocations) throws(ConfigurationReadError) -> ConfigurationDocument {
    let path = locations.configurationFile
    do throws(FileBytes.Problem) {
      return ConfigurationDocument(try FileBytes.read(path, limit: YAMLDocument.Limits().bytes), file: path)
    } catch {
      if error == .missing, !locations.configurationIsNamed { return .absent }
      throw ConfigurationReadError(fault: error.fault(path), exitCode: error.exitCode)
    }
  }

  /// The folders of `plugins.paths`, to look for plugins before the file can be checked against them: `~/` is the user's
  /// home, relative ones are beside the file. What is not a text is left out here and reported by the check.
  public func pluginFolders(userHome: String?) -> [String] {
    guard let file, case .sequence(let items) = root?.entry("plugins")?.value.entry("paths")?.value.content else {
      return []
    }
    return items.compactMap { item in
      guard case .scalar(let path, _) = item.content, !path.isEmpty else { return nil }
      return HostLocations.resolved(path, writtenIn: file, userHome: userHome)
    }
  }
}

extension DotEnvironment {
  /// Reads the file of secrets at the host's locations; it may be absent. A file that others may read is a fault, and
  /// none of its values is used. Blocks on the disk.
  public static func read(_ locations: HostLocations) -> DotEnvironment {
    let path = locations.secretsFile
    do throws(FileBytes.Problem) {
      return DotEnvironment(try FileBytes.read(path, limit: 1 << 20, isPrivate: true), file: path)
    } catch {
      return DotEnvironment(faults: error == .missing ? [] : [error.fault(path)])
    }
  }
}
