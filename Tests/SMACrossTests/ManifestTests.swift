import PluginSDK
import PluginTestKit
import SMACrossLogic
import StrategyTestSupport
import Testing

@Suite struct `The manifest of SMA Cross` {
  @Test func `it says what the entry exports`() throws {
    let manifest = try ManifestFile.strategy("SMACross")
    #expect(manifest.id == "sma-cross")
    #expect(manifest.roles == ["strategy"])
    #expect(manifest.abi == "1.0")
  }

  @Test func `its defaults and every bound are options the strategy takes`() throws {
    let manifest = try ManifestFile.strategy("SMACross")
    let defaults = try manifest.defaults()
    #expect(defaults == ["fast": 20, "slow": 50, "mode": "cross", "quantity": 1.0])
    _ = try StrategyDriver(SMACross.self, host: TestHost(defaults))
    for option in manifest.options {
      for text in option.limits {
        var changed = defaults
        changed[option.name] = try option.value(text)
        // The bounds of one average must leave room for the other.
        if option.name == "fast", text == option.maximum { changed[option.name] = 499 }
        if option.name == "fast" { changed["slow"] = 500 }
        if option.name == "slow" { changed["fast"] = 1 }
        _ = try StrategyDriver(SMACross.self, host: TestHost(changed))
      }
    }
  }
}
