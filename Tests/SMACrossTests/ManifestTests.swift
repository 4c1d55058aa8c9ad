import Foundation
import PluginSDK
import PluginTestKit
import SMACrossLogic
import Testing
import TradingTypes

@Suite struct `The manifest of SMA Cross` {
  struct Manifest: Decodable {
    struct Option: Decodable {
      var name: String
      var type: String
      var `default`: String
      var minimum: String?
      var maximum: String?
      var choices: [String]?
    }
    var id: String
    var roles: [String]
    var abi: String
    var options: [Option]
  }

  private func manifest() throws -> Manifest {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "Plugins/Strategies/SMACross/Manifest/manifest.json")
    return try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: file))
  }

  @Test func `it says what the entry exports`() throws {
    let manifest = try manifest()
    #expect(manifest.id == "sma-cross")
    #expect(manifest.roles == ["strategy"])
    #expect(manifest.abi == "1.0")
  }

  @Test func `its defaults and every bound are options the strategy takes`() throws {
    let options = try manifest().options
    func value(_ text: String, _ type: String) throws -> OptionValue {
      switch type {
      case "integer": .integer(try #require(Int64(text)))
      case "decimal": .decimal(nanos: try #require(Price(text)).nanos)
      default: .text(text)
      }
    }
    var defaults: [String: OptionValue] = [:]
    for option in options { defaults[option.name] = try value(option.default, option.type) }
    #expect(defaults == ["fast": 20, "slow": 50, "mode": "cross", "quantity": 1.0])
    _ = try StrategyDriver(SMACross.self, host: TestHost(defaults))
    for option in options {
      for text in [option.minimum, option.maximum].compactMap(\.self) + (option.choices ?? []) {
        var changed = defaults
        changed[option.name] = try value(text, option.type)
        // The bounds of one average must leave room for the other.
        if option.name == "fast", text == option.maximum { changed[option.name] = 499 }
        if option.name == "fast" { changed["slow"] = 500 }
        if option.name == "slow" { changed["fast"] = 1 }
        _ = try StrategyDriver(SMACross.self, host: TestHost(changed))
      }
    }
  }
}
