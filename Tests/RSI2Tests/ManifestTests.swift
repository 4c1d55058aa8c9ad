import PluginSDK
import PluginTestKit
import RSI2Logic
import StrategyTestSupport
import Testing

@Suite struct `The manifest of RSI2` {
  @Test func `it says what the entry exports`() throws {
    let manifest = try ManifestFile.strategy("RSI2")
    #expect(manifest.id == "rsi2")
    #expect(manifest.roles == ["strategy"])
    #expect(manifest.abi == "1.0")
  }

  @Test func `its defaults and every bound are options the strategy takes`() throws {
    let manifest = try ManifestFile.strategy("RSI2")
    let defaults = try manifest.defaults()
    #expect(defaults == ["entry_below": 10.0, "exit_above": 70.0, "trend": 200, "quantity": 1.0])
    for option in manifest.options {
      for text in option.limits + [option.default] {
        var changed = defaults
        changed[option.name] = try option.value(text)
        _ = try StrategyDriver(RSI2.self, host: TestHost(changed))
      }
    }
  }
}
