import Configuration
import Testing
import TradingTypes

/// Plugins as three manifests might declare them.
let testPlugins: [PluginSchema] = [
  PluginSchema(
    id: "paper", roles: ["broker"],
    options: [
      OptionSchema("slippage_percent", .decimal, default: decimal("0.03"), minimum: .zero, maximum: Decimal9("100")),
      OptionSchema(
        "volume_share_percent", .decimal, default: decimal("10"), minimum: Decimal9("0.01"), maximum: Decimal9("100"),
        allowsUnlimited: true),
      OptionSchema("accounts", .list, default: .list(["main"])),
    ]),
  PluginSchema(
    id: "sma-cross", roles: ["strategy"],
    options: [
      OptionSchema("fast", .integer, default: .integer(20), minimum: Decimal9("1"), maximum: Decimal9("500")),
      OptionSchema("slow", .integer, default: .integer(50), minimum: Decimal9("2")),
      OptionSchema("mode", .choice(["cross", "level"]), default: .text("cross")),
      OptionSchema("label", .text),
    ]),
  PluginSchema(
    id: "alpaca", roles: ["broker", "market_data"],
    options: [
      OptionSchema("key_id", .secret, isRequired: true, help: "the key's id"),
      OptionSchema("live", .boolean, default: .boolean(false)),
      OptionSchema("timeout_seconds", .duration, default: decimal("2.5"), maximum: Decimal9("60")),
    ]),
]

func decimal(_ text: String) -> OptionValue? { DecimalValue(text).map(OptionValue.decimal) }

/// A document of a text, called `c.yaml`.
func document(_ text: String) -> ConfigurationDocument { ConfigurationDocument(Array(text.utf8), file: "c.yaml") }

/// The effective configuration of a text, with the test's plugins.
func validated(
  _ text: String, presets: [ConfigurationOverride] = [], overrides: [ConfigurationOverride] = [],
  pluginsInUse: Set<String> = []
) throws(ConfigurationFaults) -> EffectiveConfiguration {
  try document(text).validated(
    plugins: testPlugins, presets: presets, overrides: overrides, pluginsInUse: pluginsInUse)
}

/// The messages of everything that is wrong with a text.
func messages(
  _ text: String, overrides: [ConfigurationOverride] = [], pluginsInUse: Set<String> = []
) -> [String] {
  do throws(ConfigurationFaults) {
    return try validated(text, overrides: overrides, pluginsInUse: pluginsInUse).warnings.map(\.description)
  } catch {
    return error.all.map(\.description)
  }
}

/// A small generator with a seed, so that a failing run can be repeated (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
