// swift-tools-version: 6.2
import PackageDescription

// The Wharf SDK: where WHARF_SDK says, else where it was when this folder was made; `host sdk-path` prints it.
let sdk = Context.environment["WHARF_SDK"] ?? "/usr/share/wharf"

func kit(_ names: String...) -> [Target.Dependency] { names.map { .product(name: $0, package: "WharfPluginKit") } }

let package = Package(
  name: "my-plugin",
  products: [.library(name: "MyPlugin", type: .dynamic, targets: ["RoleEntry"])],
  dependencies: [.package(name: "WharfPluginKit", path: sdk)],
  targets: [
    // What the plugin does; testable, without a pointer in sight.
    .target(
      name: "RoleLogic", dependencies: kit("PluginSDK", "TradingTypes", "Indicators", "MarketCalendar"),
      path: "Sources/Logic"),
    // manifest.json in the section where the host reads it without loading the file.
    .target(
      name: "RoleManifest", path: "Sources/Manifest",
      cSettings: [.unsafeFlags(["-I\(sdk)/include", "-Wno-c23-extensions"])]),
    // The one exported symbol. With Swift's runtime linked in, the host's own compiler does not matter.
    .target(
      name: "RoleEntry", dependencies: ["RoleLogic", "RoleManifest"] + kit("PluginSDK"), path: "Sources/Entry",
      linkerSettings: [
        .unsafeFlags([
          "-static-stdlib", "-Xlinker", "--version-script=\(sdk)/exports.map", "-Xlinker", "--gc-sections", "-Xlinker",
          "--strip-debug",
        ])
      ]),
    .testTarget(
      name: "RoleTests", dependencies: ["RoleLogic"] + kit("PluginSDK", "PluginTestKit", "TradingTypes"),
      path: "Tests"),
  ],
  swiftLanguageModes: [.v6]
)
