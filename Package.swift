// swift-tools-version: 6.2
import PackageDescription

// One line a module: what it may import is its dependency list, so the arrows of the architecture are compiled.

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func room(
  _ name: String, _ path: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .target(name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: strict)
}

let strictC: [CSetting] = [.unsafeFlags(["-std=gnu11", "-Wall", "-Wextra", "-Werror"])]

func library(_ name: String, _ path: String) -> Target { .systemLibrary(name: name, path: path) }

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude, swiftSettings: strict)
}

/// A plugin is three small targets: testable logic, the entry with the one exported symbol, and the embedded manifest.
func plugin(_ name: String, _ role: String, _ dependencies: [Target.Dependency]) -> [Target] {
  [
    .target(
      name: "\(name)Logic", dependencies: dependencies + ["PluginSDK", "TradingTypes"],
      path: "Plugins/\(role)/\(name)/Logic", swiftSettings: strict),
    .target(
      name: "\(name)Entry",
      dependencies: [.target(name: "\(name)Logic"), .target(name: "\(name)Manifest"), "PluginSDK"],
      path: "Plugins/\(role)/\(name)/Entry", swiftSettings: strict, linkerSettings: exportOnlyTheEntry),
    .target(
      name: "\(name)Manifest", path: "Plugins/\(role)/\(name)/Manifest", publicHeadersPath: ".",
      cSettings: pluginHeaders),
  ]
}

let pluginHeaders: [CSetting] = [
  .unsafeFlags(["-I\(Context.packageDirectory)/PluginAPI/include", "-Wno-c23-extensions"])
]
let exportOnlyTheEntry: [LinkerSetting] = [
  .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/PluginAPI/exports.map"]),
  // Every session reads its plugins' files whole for their hashes; without debug information they are two fifths as long.
  .unsafeFlags(["-Xlinker", "--strip-debug"], .when(configuration: .release)),
]

/// What a plugin's tests drive it with.
let testKit: [Target.Dependency] = ["PluginSDK", "PluginTestKit"]

let package = Package(
  name: "Wharf",
  products: [
    .executable(name: "host", targets: ["Main"]),
    .library(name: "SMACross", type: .dynamic, targets: ["SMACrossEntry"]),
    .library(name: "RSI2", type: .dynamic, targets: ["RSI2Entry"]),
    .library(name: "MRCombined", type: .dynamic, targets: ["MRCombinedEntry"]),
    .library(name: "PumpMomentum", type: .dynamic, targets: ["PumpMomentumEntry"]),
    .library(name: "Paper", type: .dynamic, targets: ["PaperEntry"]),
    .library(name: "Replay", type: .dynamic, targets: ["ReplayEntry"]),
    .library(name: "Console", type: .dynamic, targets: ["ConsoleEntry"]),
    .library(name: "MinimalC", type: .dynamic, targets: ["MinimalC"]),
    .library(name: "Alternate", type: .dynamic, targets: ["Alternate"]),
  ],
  targets: [
    // The contract and what both sides of it share.
    library("WharfABI", "PluginAPI/include"),
    .target(
      name: "TradingTypes", path: "PluginAPI/TradingTypes", swiftSettings: strict, linkerSettings: [.linkedLibrary("m")]
    ),
    .target(
      name: "Indicators", path: "PluginAPI/Indicators", swiftSettings: strict, linkerSettings: [.linkedLibrary("m")]),
    room(
      "MarketCalendar", "PluginAPI/MarketCalendar", ["TradingTypes"],
      exclude: ["Tables/README.md", "Tables/generate.py"]),
    room("PluginSDK", "PluginAPI/PluginSDK", ["WharfABI", "TradingTypes", "MarketCalendar"]),

    room(
      "PluginTestKit", "PluginAPI/PluginTestKit", ["WharfABI", "TradingTypes", "MarketCalendar", "PluginSDK"]),

    room(
      "BarStore", "PluginAPI/BarStore", ["TradingTypes", "MarketCalendar", "Hashing", "CZlib", "WholeFiles"],
      exclude: ["README.md"]),

    // One owner for each C library.
    library("CSQLite", "Host/System/CSQLite"),
    library("CYAML", "Host/System/CYAML"),
    library("CZlib", "Host/System/CZlib"),
    library("CSodium", "Host/System/CSodium"),
    library("CSHA256", "Host/System/CSHA256"),
    library("CHostCompiler", "Host/System/CHostCompiler"),
    library("CSealedMemory", "Host/System/CSealedMemory"),
    library("CSeccomp", "Host/System/CSeccomp"),
    .target(name: "CSandbox", path: "Host/System/CSandbox", cSettings: strictC),
    room("Sandbox", "Host/System/Sandbox", ["CSeccomp", "CSandbox"]),
    .target(name: "CCallWatch", path: "Host/System/CCallWatch", cSettings: strictC),
    .target(
      name: "CCurl", path: "Host/System/CCurl", cSettings: strictC, linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CChild", path: "Host/System/CChild", cSettings: strictC),
    room("ChildProcesses", "Host/System/ChildProcesses", ["CChild", "Sandbox"]),
    room("Net", "Host/Net", ["CCurl"]),
    library("CFFI", "Host/System/CFFI"),
    library("CKernel", "Host/System/CKernel"),
    room("Hashing", "Host/System/Hashing", ["CSodium", "CSHA256"]),
    room("WholeFiles", "Host/System/WholeFiles"),

    // The host.
    room("TradingCore", "Host/TradingCore", ["TradingTypes", "MarketCalendar"]),
    room("Scheduling", "Host/Scheduling", ["TradingTypes", "MarketCalendar"]),
    room("Configuration", "Host/Configuration", ["TradingTypes", "CYAML"]),
    room("Ledger", "Host/Ledger", ["TradingTypes", "TradingCore", "CSQLite", "Hashing"]),
    .target(
      name: "PublishedABI", path: "Host/PluginHost/Isolation/Published", publicHeadersPath: ".",
      cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]),
    room(
      "Isolation", "Host/PluginHost/Isolation", ["PublishedABI", "CFFI", "CKernel", "Sandbox"], exclude: ["Published"]),
    room(
      "PluginHost", "Host/PluginHost",
      [
        "WharfABI", "TradingTypes", "MarketCalendar", "TradingCore", "Configuration", "Hashing", "CHostCompiler",
        "ChildProcesses", "CSealedMemory", "Isolation", "Sandbox", "WholeFiles",
      ], exclude: ["Conformance", "Isolation"]),
    room(
      "Conformance", "Host/PluginHost/Conformance",
      [
        "WharfABI", "PluginHost", "TradingCore", "TradingTypes", "MarketCalendar", "Configuration", "Hashing",
        "CCallWatch", "Sandbox",
      ]),
    room("Runtime", "Host/Runtime", ["TradingTypes", "MarketCalendar", "TradingCore", "Scheduling"]),
    room("Workload", "Host/Bench", ["TradingTypes", "Indicators"]),
    room("BacktestStatistics", "Host/Backtest/Statistics", ["TradingTypes"]),
    room("Sweep", "Host/Backtest/Sweep", ["TradingTypes", "BacktestStatistics"]),
    room("CommandLineKit", "Host/CommandLineKit", ["WholeFiles"]),
    room(
      "Backtest", "Host/Backtest/Run",
      ["TradingTypes", "MarketCalendar", "TradingCore", "Runtime", "BacktestStatistics"]),

    // The page that backtests are looked at in.
    .target(
      name: "ReportPage", path: "Host/Backtest/Report/Page", exclude: ["style.css", "script"], publicHeadersPath: ".",
      cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]),
    room(
      "BacktestReport", "Host/Backtest/Report", ["TradingTypes", "Hashing", "ReportPage"], exclude: ["Page"]),
    room(
      "HostCommands", "Host/HostCommands",
      [
        "TradingTypes", "MarketCalendar", "TradingCore", "Scheduling", "Configuration", "Ledger", "PluginHost",
        "Runtime", "Backtest", "BacktestStatistics", "BacktestReport", "Sweep", "BarStore", "CommandLineKit", "Hashing",
        "Workload", "Indicators", "Conformance", "Sandbox", "Net", "Isolation",
      ]),
    .executableTarget(name: "Main", dependencies: ["HostCommands"], path: "Host/Main", swiftSettings: strict),

    .target(
      name: "MinimalC", path: "Plugins/Strategies/MinimalC", publicHeadersPath: ".", cSettings: pluginHeaders,
      linkerSettings: exportOnlyTheEntry),
    .target(
      name: "Alternate", path: "Plugins/Strategies/Alternate", publicHeadersPath: ".", cSettings: pluginHeaders,
      linkerSettings: exportOnlyTheEntry),

    // The history that ships inside the replay plugin.
    .target(
      name: "ReplayBundled", path: "Plugins/MarketData/Replay/Bundled",
      exclude: ["SOURCE.md", "SPX.csv.gz", "IXIC.csv.gz"],
      publicHeadersPath: ".", cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]),

    // A web server that tests talk to.
    room("LoopbackServer", "Tests/LoopbackServer"),

    // What the tests of several strategies share.
    room("StrategyTestSupport", "Tests/StrategyTestSupport", ["TradingTypes"] + testKit),

    tests("TradingTypesTests", ["TradingTypes"]),
    tests("IndicatorsTests", ["Indicators"]),
    tests("MarketCalendarTests", ["MarketCalendar", "TradingTypes"]),
    tests("BarStoreTests", ["BarStore", "Hashing", "MarketCalendar", "TradingTypes"]),
    tests("SchedulingTests", ["Scheduling", "MarketCalendar", "TradingTypes"]),
    tests("ConfigurationTests", ["Configuration", "TradingTypes"]),
    tests("CommandLineKitTests", ["CommandLineKit"]),
    tests("TradingCoreTests", ["TradingCore", "TradingTypes", "MarketCalendar"]),
    tests("LedgerTests", ["Ledger", "TradingCore", "TradingTypes", "CSQLite", "Hashing"], exclude: ["Fixtures"]),
    tests(
      "PluginHostTests",
      [
        "PluginHost", "Isolation", "WharfABI", "TradingCore", "TradingTypes", "MarketCalendar", "Configuration",
        "Hashing",
        "CHostCompiler",
      ]),
    tests(
      "ConformanceTests",
      ["Conformance", "PluginHost", "WharfABI", "TradingCore", "TradingTypes", "Configuration", "Hashing"]),
    tests("IsolationTests", ["Isolation", "WharfABI"]),
    tests("HashingTests", ["Hashing"]),
    tests("SandboxTests", ["Sandbox", "CSandbox", "Prisoner"]),
    .executableTarget(
      name: "Prisoner", dependencies: ["Sandbox", "WharfABI"], path: "Tests/Fixtures/Prisoner", swiftSettings: strict),
    tests("NetTests", ["Net", "LoopbackServer"]),
    tests("ChildProcessesTests", ["ChildProcesses"]),
    tests("WholeFilesTests", ["WholeFiles"]),
    tests("WorkloadTests", ["Workload", "TradingTypes", "Indicators", "Hashing"]),
    tests("BacktestReportTests", ["BacktestReport", "TradingTypes", "Hashing"]),
    tests("ABITests", ["WharfABI"]),
    tests("PluginSDKTests", ["WharfABI", "TradingTypes", "MarketCalendar"] + testKit),
    tests("MRCombinedTests", ["MRCombinedLogic", "MarketCalendar", "TradingTypes"] + testKit),
    tests("PumpMomentumTests", ["PumpMomentumLogic", "MarketCalendar", "TradingTypes"] + testKit),
    tests("SMACrossTests", ["SMACrossLogic", "StrategyTestSupport", "TradingTypes"] + testKit),
    tests("RSI2Tests", ["RSI2Logic", "StrategyTestSupport", "TradingTypes"] + testKit),
    tests("PaperTests", ["PaperLogic", "TradingTypes"] + testKit),
    tests("ReplayTests", ["ReplayLogic", "BarStore", "TradingTypes"] + testKit),
    tests("ConsoleTests", ["ConsoleLogic", "TradingTypes"] + testKit),
    tests("RuntimeTests", ["Runtime", "TradingCore", "TradingTypes", "MarketCalendar"]),
    tests("SweepTests", ["Sweep", "BacktestStatistics", "TradingTypes"]),
    tests("BacktestStatisticsTests", ["BacktestStatistics", "TradingTypes", "StrategyTestSupport"]),
    tests(
      "HostTests",
      [
        "HostCommands", "Backtest", "Workload", "CommandLineKit", "Ledger", "Runtime", "TradingCore", "TradingTypes",
        "Sandbox", "PluginHost", "Hashing", "LoopbackServer",
      ]),
    tests("ArchitectureTests", []),
  ]
    + plugin("SMACross", "Strategies", ["Indicators"])
    + plugin("RSI2", "Strategies", ["Indicators"])
    + plugin("MRCombined", "Strategies", ["Indicators", "MarketCalendar"])
    + plugin("PumpMomentum", "Scanners", ["Indicators", "MarketCalendar"])
    + plugin("Paper", "Brokers", [])
    + plugin("Replay", "MarketData", ["CZlib", "Hashing", "BarStore", "ReplayBundled"])
    + plugin("Console", "Notifiers", []),
  swiftLanguageModes: [.v6]
)
