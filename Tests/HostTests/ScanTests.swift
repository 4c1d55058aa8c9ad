import Foundation
import Testing

/// Reference data beside the project; tests that need it say loudly that they skip without it.
enum SharedData {
  static let path: String? = {
    let path = ProcessInfo.processInfo.environment["WHARF_SHARED"] ?? "\(SourceRoot.path)/../shared"
    guard FileManager.default.fileExists(atPath: "\(path)/data/README.md") else {
      FileHandle.standardError.write(Data("SKIPPED: no reference data at \(path); set WHARF_SHARED\n".utf8))
      return nil
    }
    return path
  }()
}

@Suite(.enabled(if: SharedData.path != nil, "needs the shared reference data")) struct `host scan` {
  static func scan(_ arguments: [String], symbol: String) throws -> [String: Any] {
    let home = try HostProcess.Folder()
    let result = try HostProcess.run(["scan"] + arguments + ["--json"], home: home)
    #expect(result.status == 0, "\(result.output) \(result.errors)")
    let symbols = try #require(try result.json["symbols"] as? [String: Any])
    return try #require(symbols[symbol] as? [String: Any])
  }

  static func number(_ object: Any?, _ keys: String...) -> Double {
    var value = object
    for key in keys { value = (value as? [String: Any])?[key] }
    return (value as? Double) ?? (value as? Int).map(Double.init) ?? .nan
  }

  /// Equal in all the digits the reference prints.
  static func agrees(_ value: Double, _ reference: Double, digits: Int = 6) -> Bool {
    abs(value - reference) <= 0.5 * pow(10, floor(log10(abs(reference))) + 1 - Double(digits))
  }

  @Test func `the worked example of MR Combined comes out to its last digit`() throws {
    let shared = try #require(SharedData.path)
    let part = try Self.scan(
      [
        "mr-combined", "--data", "\(shared)/data/equity/daily/yahoo/AAPL.csv", "--cash", "10000", "--from",
        "2018-04-20",
        "--to", "2018-05-03",
      ], symbol: "AAPL")
    let bar = try #require((part["bars"] as? [[String: Any]])?.first)
    #expect(bar["bar_time"] as? String == "2018-04-20T00:00:00Z")
    let inputs: [(String, Double)] = [
      ("rsi2", 4.26893), ("z20", -1.40804), ("ibs", 0.0500877), ("r5", -0.0515653), ("z5", -1.29369), ("rv", 2.05598),
      ("atr14", 0.987425), ("sma5", 43.5210), ("sma200", 41.3812),
    ]
    for (name, value) in inputs { #expect(Self.agrees(Self.number(bar, "inputs", name), value), "\(name)") }
    for (name, value) in [("r", 0.715405), ("z", 0.272029), ("b", 0.833041), ("d", 0.310681)] {
      #expect(Self.agrees(Self.number(bar, "sub_scores", name), value), "\(name)")
    }
    #expect(Self.agrees(Self.number(bar, "score"), 0.569312))
    #expect(bar["bar_gates_pass"] as? Bool == true)
    #expect(bar["raised"] as? Bool == true)
    let plan = try #require(bar["plan"] as? [String: String])
    #expect(
      plan == ["entry": "41.43", "stop": "37.98", "target": "43.53", "limit_entry": "41.18", "quantity": "14"])
    #expect(Self.number(bar, "ev", "n") == 34)
    #expect(Self.number(bar, "ev", "wins") == 26)
    #expect(Self.agrees(Self.number(bar, "ev", "p_hat"), 0.6757, digits: 4))
    #expect(Self.agrees(Self.number(bar, "ev", "ev_net"), 0.00366, digits: 3))
    let trade = try #require((part["trades"] as? [[String: Any]])?.first)
    #expect(trade["entry"] as? String == "41.7075")
    #expect(trade["stop"] as? String == "38.26")
    #expect(trade["exit"] as? String == "41.602501")
    #expect(trade["reason"] as? String == "sma5")
  }

  @Test func `the worked example of Pump Momentum comes out to its last digit`() throws {
    let shared = try #require(SharedData.path)
    let part = try Self.scan(
      [
        "pump-momentum", "--market", "crypto", "--quote", "BTC", "--data",
        "\(shared)/data/crypto/pumps/no_licence/BRDBTC_20181113T1700Z_minute.csv",
      ], symbol: "BRDBTC")
    let episodes = try #require(part["episodes"] as? [[String: Any]])
    #expect(episodes.count == 3)
    #expect(episodes.reduce(0) { $0 + (($1["alerts"] as? [Any])?.count ?? 0) } == 6)
    #expect(episodes[0]["close_reason"] as? String == "fading")
    let alert = try #require((episodes[0]["alerts"] as? [[String: Any]])?.first)
    #expect(alert["level"] as? String == "pump_signal")
    #expect(alert["why"] as? String == "open")
    #expect(Self.agrees(Self.number(alert, "score"), 91.953, digits: 5))
    let inputs: [(String, Double)] = [
      ("r15", 0.0974900), ("rvol15", 90.1799), ("zv15", 3.79626), ("atr_pct", 0.0638426), ("m15", 14.9618),
      ("hod", 0.953283), ("vw", 0.0508113),
    ]
    for (name, value) in inputs { #expect(Self.agrees(Self.number(alert, "inputs", name), value), "\(name)") }
    #expect((alert["labels"] as? [String: Any])?["continued"] as? Bool == false)
  }

  @Test func `a scanner in a session observes and trades nothing`() throws {
    let shared = try #require(SharedData.path)
    let home = try HostProcess.Folder()
    let result = try HostProcess.run(
      [
        "run", "--strategy", "pump-momentum", "--market", "crypto", "--quote", "BTC", "--approve", "all", "--json",
        "--data", "\(shared)/data/crypto/pumps/no_licence/BRDBTC_20181113T1700Z_minute.csv",
      ], home: home)
    #expect(result.status == 0, "\(result.output)")
    let summary = try result.json
    #expect(summary["signals"] as? Int == 0)
    #expect(summary["orders"] as? Int == 0)
    let rows = try HostProcess.run(["observations", "--json"], home: home)
    #expect(((try rows.json["observations"] as? [Any])?.count ?? 0) >= 6)
  }

  @Test func `thirty symbols over six years give one digest`() throws {
    let shared = try #require(SharedData.path)
    let home = try HostProcess.Folder()
    let run = [
      "run", "--data", "\(shared)/data/equity/daily/yahoo", "--from", "2015-01-01", "--to", "2020-12-31", "--speed",
      "max",
      "--approve", "all", "--json", "--ledger",
    ]
    for name in ["a.db", "b.db"] {
      let result = try HostProcess.run(run + ["\(home.path)/\(name)"], home: home)
      #expect(result.status == 0, "\(result.output)")
      #expect(try result.json["symbols"] as? Int == 30)
      #expect((try result.json["trades"] as? Int ?? 0) > 200)
    }
    let digests = try ["a.db", "b.db"].map { name in
      let result = try HostProcess.run(["ledger", "digest", "\(home.path)/\(name)", "--json"], home: home)
      return try result.json["digest"] as? String
    }
    #expect(digests[0] != nil)
    #expect(digests[0] == digests[1])
    let verified = try HostProcess.run(["ledger", "verify", "\(home.path)/a.db", "--json"], home: home)
    #expect(verified.status == 0, "\(verified.output)")
  }
}
