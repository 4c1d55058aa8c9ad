// swift-tools-version: 6.2
import PackageDescription

// The authoring kit as a package of its own, for plugins that are built outside this repository: a folder with this file
// in it is what `host sdk-path` prints. The host's own build does not read it; Tests/HostTests/PluginKit builds plugins
// with it.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
]

func room(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], linkerSettings: [LinkerSetting] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: name, exclude: exclude, swiftSettings: strict,
    linkerSettings: linkerSettings)
}

let package = Package(
  name: "WharfPluginKit",
  products: ["TradingTypes", "Indicators", "MarketCalendar", "PluginSDK", "PluginTestKit"].map { name in
    .library(name: name, targets: [name])
  },
  targets: [
    .systemLibrary(name: "WharfABI", path: "include"),
    room("TradingTypes", [], linkerSettings: [.linkedLibrary("m")]),
    room("Indicators", [], linkerSettings: [.linkedLibrary("m")]),
    room("MarketCalendar", ["TradingTypes"], exclude: ["Tables/README.md", "Tables/generate.py"]),
    room("PluginSDK", ["WharfABI", "TradingTypes", "MarketCalendar"]),
    room("PluginTestKit", ["WharfABI", "TradingTypes", "MarketCalendar", "PluginSDK"]),
  ],
  swiftLanguageModes: [.v6]
)
