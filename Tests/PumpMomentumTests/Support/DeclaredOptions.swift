import Foundation
import PluginTestKit
import TradingTypes

/// The plugin's manifest, read from the source it is embedded from.
struct DeclaredOptions: Decodable, Sendable {
  struct Option: Decodable, Sendable {
    var name, type, help: String
    var `default`, minimum, maximum: String?
  }
  var id, name, version, abi, language: String
  var roles: [String]
  var permissions: [String]
  var options: [Option]

  static let manifest: DeclaredOptions = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Plugins/Scanners/PumpMomentum/Manifest/manifest.json")
    return try! JSONDecoder().decode(DeclaredOptions.self, from: Data(contentsOf: file))
  }()

  /// A host whose options are the declared defaults, some of them changed.
  static func host(_ changes: [String: String] = [:]) -> TestHost {
    var values: [String: OptionValue] = [:]
    for option in manifest.options {
      guard let text = changes[option.name] ?? option.default else { continue }
      values[option.name] =
        option.type == "integer" ? .integer(Int64(text)!) : .decimal(nanos: Price(text)!.nanos)
    }
    return TestHost(values)
  }
}
