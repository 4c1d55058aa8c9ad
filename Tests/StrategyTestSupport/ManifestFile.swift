import Foundation
import PluginTestKit
import TradingTypes

/// The manifest of a plugin as its file in the source tree says it.
public struct ManifestFile: Decodable {
  /// One option with its default and its bounds.
  public struct Option: Decodable {
    public var name: String
    public var type: String
    public var `default`: String
    public var minimum: String?
    public var maximum: String?
    public var choices: [String]?

    /// A text of the manifest as a value of this option.
    public func value(_ text: String) throws -> OptionValue {
      switch type {
      case "integer": if let number = Int64(text) { return .integer(number) }
      case "decimal": if let price = Price(text) { return .decimal(nanos: price.nanos) }
      default: return .text(text)
      }
      throw CocoaError(.coderInvalidValue, userInfo: ["option": name, "value": text])
    }

    /// Every value that the manifest names as the last one allowed, or as allowed.
    public var limits: [String] { [minimum, maximum].compactMap(\.self) + (choices ?? []) }
  }
  public var id: String
  public var roles: [String]
  public var abi: String
  public var options: [Option]

  /// Reads the manifest of a strategy by its folder's name.
  public static func strategy(_ folder: String) throws -> ManifestFile {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "Plugins/Strategies/\(folder)/Manifest/manifest.json")
    return try JSONDecoder().decode(ManifestFile.self, from: Data(contentsOf: file))
  }

  /// The values of all options that were not set.
  public func defaults() throws -> [String: OptionValue] {
    var defaults: [String: OptionValue] = [:]
    for option in options { defaults[option.name] = try option.value(option.default) }
    return defaults
  }
}
