import Foundation
import Testing

/// The SDK, installed once in a folder of its own: what the tests build against, so that no source tree is needed.
struct InstalledKit: Sendable {
  /// What was installed, and where.
  let folder: HostProcess.Folder
  var sdk: String { folder.path + "/share/wharf" }

  static let shared = Result { try InstalledKit() }

  private init() throws {
    folder = try HostProcess.Folder()
    let home = try HostProcess.Folder()
    let result = try HostProcess.run(["sdk-path", "--install", folder.path, "--json"], home: home)
    try #require(result.status == 0, "\(result.output)")
    atexit {
      guard case .success(let kit) = InstalledKit.shared else { return }
      try? FileManager.default.removeItem(atPath: kit.folder.path)
    }
    #expect(try result.json["path"] as? String == URL(fileURLWithPath: sdk).resolvingSymlinksInPath().path)
  }

  /// Makes a plugin and answers its folder; the SDK it will use is the installed one.
  func newPlugin(_ role: String, _ name: String, _ language: String, in folder: HostProcess.Folder) throws -> String {
    let result = try HostProcess.run(
      ["new-plugin", role, name, "--lang", language, "--dir", folder.path, "--json"], home: folder,
      environment: ["WHARF_SDK": sdk])
    try #require(result.status == 0, "\(result.output)\(result.errors)")
    #expect(try result.json["path"] as? String == "\(folder.path)/\(name)")
    return "\(folder.path)/\(name)"
  }
}

/// A plugin that was built, alone in a plugin folder, and its host.
struct BuiltPlugin {
  let id: String
  let home: HostProcess.Folder
  let path: String

  /// Copies the file to a folder of its own.
  init(_ id: String, file: String) throws {
    self.id = id
    home = try HostProcess.Folder()
    let plugins = home.path + "/plugins"
    try FileManager.default.createDirectory(atPath: plugins, withIntermediateDirectories: true)
    path = plugins + "/" + URL(fileURLWithPath: file).lastPathComponent
    try FileManager.default.copyItem(atPath: file, toPath: path)
  }

  func host(_ arguments: String...) throws -> HostProcess.Result {
    try HostProcess.run(arguments, home: home, environment: ["WHARF_PLUGIN_PATH": home.path + "/plugins"])
  }

  /// Checks it, has it approved, and puts it to work in the host's process and behind the wall; not before.
  func prove(_ role: String) throws {
    #expect(try status() == "needs_approval")
    let check = try host("check-plugin", path, "--level", "1", "--seed", "1", "--json")
    #expect(check.status == 0, "\(check.output)")
    #expect(try check.json["failed"] as? Int == 0)
    #expect(try #require(try check.json["passed"] as? Int) > 0)
    for isolation in ["in-process", "isolated"] {
      let approval = try host("approve-plugin", id, "--isolation", isolation, "--yes", "--json")
      #expect(approval.status == 0, "\(approval.output)")
      #expect(try status() == "ready")
      try perform(role)
    }
  }

  private func status() throws -> String? {
    let list = try host("list-plugins", "--json")
    let rows = try #require(try list.json["plugins"] as? [[String: Any]])
    return try #require(rows.first { $0["id"] as? String == id }, "\(list.output)")["status"] as? String
  }

  /// Does what its role is for, and does it as its first-party likeness does.
  private func perform(_ role: String) throws {
    try home.write("AAA.csv", MadeUpBars.csv(symbol: 3))
    let data = home.path + "/AAA.csv"
    switch role {
    case "strategy":
      func figures(_ strategy: String) throws -> [String] {
        let result = try host(
          "backtest", "--strategy", strategy, "--param", "window=10", "--data", data, "--json", "--no-series")
        let json = try result.json
        return ["fills", "trades", "pnl"].map { "\(json[$0] ?? result.output)" }
      }
      let own = try figures(id)
      #expect(try own == figures("minimal-c"))
      #expect(own[0] != "0")
    case "scanner":
      let scan = try host("scan", id, "--data", data, "--market", "crypto", "--param", "ratio=1.2", "--json")
      #expect(try alerts(scan) == MadeUpBars.volumes(symbol: 3).alerts(window: 20, ratio: 1.2), "\(scan.output)")
    case "broker":
      let frictionless = "plugins: {paper: {slippage_rate: 0, spread_rate: 0, volume_share: 0}}\n"
      func figures(_ broker: String) throws -> [String] {
        try home.write("config.yaml", frictionless + "broker: {active: \(broker)}\n")
        let result = try host(
          "run", "--strategy", "minimal-c", "--param", "window=10", "--data", data, "--approve", "all", "--json",
          "--new",
          "--ledger", "\(home.path)/\(broker).db")
        let json = try result.json
        return ["orders", "fills", "trades", "equity"].map { "\(json[$0] ?? result.output)" }
      }
      let own = try figures(id)
      #expect(try own == figures("paper"))
      #expect(own[1] != "0")
    default: break
    }
  }

  private func alerts(_ scan: HostProcess.Result) throws -> Int {
    let symbols = try #require(try scan.json["symbols"] as? [String: [String: Any]])
    let episodes = symbols.values.flatMap { $0["episodes"] as? [[String: Any]] ?? [] }
    return episodes.reduce(0) { $0 + (($1["alerts"] as? [Any])?.count ?? 0) }
  }
}

extension MadeUpBars {
  /// The volumes of the made-up bars.
  static func volumes(symbol index: UInt64) -> [Double] {
    csv(symbol: index).split(separator: "\n").dropFirst().compactMap { Double($0.split(separator: ",").last!) }
  }
}

extension [Double] {
  /// How many are at least so many times the average of the window before them.
  fileprivate func alerts(window: Int, ratio: Double) -> Int {
    indices.dropFirst(window).count { place in
      self[place] / (self[(place - window)..<place].reduce(0, +) / Double(window)) >= ratio
    }
  }
}
