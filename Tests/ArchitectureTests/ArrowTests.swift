import Testing

/// Who may import whom. A module that is not listed may be imported by nobody else than tests.
@Suite struct `Import arrows` {
  /// What each room may import, besides the standard library and Glibc.
  static let arrows: [String: Set<String>] = [
    "PluginAPI/TradingTypes": [],
    "PluginAPI/Indicators": [],
    "PluginAPI/MarketCalendar": ["TradingTypes"],
    "PluginAPI/BarStore": ["TradingTypes", "MarketCalendar", "Hashing", "CZlib", "WholeFiles"],
    "PluginAPI/PluginSDK": ["WharfABI", "TradingTypes", "MarketCalendar"],
    "Host/TradingCore": ["TradingTypes", "MarketCalendar"],
    "Host/Scheduling": ["TradingTypes", "MarketCalendar"],
    "Host/Runtime": ["TradingTypes", "MarketCalendar", "TradingCore", "Scheduling"],
    "Host/Configuration": ["TradingTypes", "CYAML"],
    "Host/Ledger": ["TradingTypes", "TradingCore", "CSQLite", "Hashing", "FoundationEssentials"],
    "Host/PluginHost": [
      "WharfABI", "TradingTypes", "MarketCalendar", "TradingCore", "Configuration", "Hashing", "CHostCompiler",
      "ChildProcesses", "CSealedMemory", "Isolation", "Sandbox", "WholeFiles",
    ],
    "Host/PluginHost/Conformance": [
      "WharfABI", "PluginHost", "TradingCore", "TradingTypes", "MarketCalendar", "Configuration", "Hashing",
      "CCallWatch", "Sandbox",
    ],
    "Host/PluginHost/Isolation": ["PublishedABI", "CFFI", "CKernel", "Sandbox"],
    "Host/Backtest/Run": ["TradingTypes", "MarketCalendar", "TradingCore", "Runtime", "BacktestStatistics"],
    "Host/Backtest/Statistics": ["TradingTypes"],
    "Host/Backtest/Sweep": ["TradingTypes", "BacktestStatistics"],
    "Host/Backtest/Report": ["TradingTypes", "Hashing", "ReportPage"],
    "Host/System/Hashing": ["CSodium", "CSHA256"],
    "Host/System/ChildProcesses": ["CChild", "Sandbox"],
    "Host/System/WholeFiles": [],
    "Host/Net": ["CCurl"],
    "Host/System/Sandbox": ["CSeccomp", "CSandbox"],
    "Host/Bench": ["TradingTypes", "Indicators"],
    "Host/CommandLineKit": ["WholeFiles"],
    "Host/Main": ["HostCommands"],
  ]

  /// Rooms that look outside; they never import each other, only HostCommands sees them all.
  static let adapters: Set<String> = ["Ledger", "PluginHost", "Configuration", "Net"]

  @Test func `each room imports only what its arrows allow`() throws {
    for file in try SourceTree().swiftFiles(below: "PluginAPI", "Host") {
      guard let room = Self.arrows.keys.filter({ file.path.hasPrefix($0 + "/") }).max(by: { $0.count < $1.count })
      else { continue }
      let allowed = Self.arrows[room]!.union(["Glibc", "Synchronization"])
      for module in file.imports {
        #expect(allowed.contains(module), "\(file.path) imports \(module); \(room) may import \(allowed.sorted())")
      }
    }
  }

  @Test func `each C library has one owner`() throws {
    let owners = [
      "CSQLite": ["Host/Ledger/"], "CYAML": ["Host/Configuration/"],
      "CSealedMemory": ["Host/PluginHost/Approval/"],
      "CCurl": ["Host/Net/"], "CChild": ["Host/System/ChildProcesses/"],
      "CSodium": ["Host/System/Hashing/"], "CSHA256": ["Host/System/Hashing/"],
      "CCallWatch": ["Host/PluginHost/Conformance/"], "CSeccomp": ["Host/System/Sandbox/"],
      "CSandbox": ["Host/System/Sandbox/"],
      "CFFI": ["Host/PluginHost/Isolation/"], "CKernel": ["Host/PluginHost/Isolation/"],
      "CZlib": ["Plugins/MarketData/Replay/", "PluginAPI/BarStore/"],
      "WharfABI": ["Host/PluginHost/", "PluginAPI/PluginSDK/", "PluginAPI/PluginTestKit/"],
    ]
    for file in try SourceTree().swiftFiles(below: "PluginAPI", "Host", "Plugins") {
      for (library, folders) in owners where file.imports.contains(library) {
        #expect(folders.contains { file.path.hasPrefix($0) }, "\(file.path) imports \(library)")
      }
    }
  }

  @Test func `nothing links full Foundation`() throws {
    for file in try SourceTree().swiftFiles(below: "PluginAPI", "Host", "Plugins") {
      #expect(!file.imports.contains("Foundation"), "\(file.path) imports Foundation")
      #expect(!file.imports.contains("Dispatch"), "\(file.path) imports Dispatch")
    }
  }

  @Test func `plugins see the authoring kit and never the host`() throws {
    let rooms: Set<String> = [
      "TradingCore", "Runtime", "PluginHost", "Ledger", "Configuration", "CommandLineKit", "HostCommands", "Scheduling",
      "BacktestStatistics", "Sweep",
    ]
    for file in try SourceTree().swiftFiles(below: "Plugins") {
      #expect(rooms.isDisjoint(with: file.imports), "\(file.path) imports \(file.imports)")
    }
  }

  @Test func `the core does no input or output and reads no clock`() throws {
    for file in try SourceTree().swiftFiles(below: "Host/TradingCore") {
      #expect(!file.imports.contains("Glibc"), "\(file.path)")
      #expect(!file.lines.contains { $0.contains("ContinuousClock") || $0.contains("random(in") }, "\(file.path)")
    }
  }
}
