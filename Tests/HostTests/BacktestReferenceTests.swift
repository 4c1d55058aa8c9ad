import Foundation
import Testing

/// Reference results of an independent simulation: trades, equity of every bar, drawdown and Sharpe ratio.
@Suite(.enabled(if: SharedData.path != nil, "needs the shared reference data"))
struct `Backtests agree with the reference` {
  struct Case: CustomTestStringConvertible, Sendable {
    var data: String
    var name: String
    var arguments: [String]
    var commission: String

    var testDescription: String { "\(data) \(name) commission \(commission)" }
    var file: String { "\(data)_\(name)_\(commission == "0" ? "no_commission" : "commission_10bps")" }
  }

  static let cases = ["GOOG_daily", "SPY_minute"].flatMap { data in
    ["0", "0.001"].flatMap { commission in
      [
        Case(
          data: data, name: "sma_20_50_cross",
          arguments: ["sma-cross", "--param", "fast=20", "--param", "slow=50", "--param", "mode=cross"],
          commission: commission),
        Case(
          data: data, name: "rsi2_mean_reversion",
          arguments: ["rsi2", "--param", "entry_below=10", "--param", "exit_above=70", "--param", "trend=200"],
          commission: commission),
      ]
    }
  }

  /// The rows of a table with a header, by name.
  static func rows(_ path: String) throws -> [[String: String]] {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
    let names = lines[0].split(separator: ",").map(String.init)
    return lines.dropFirst().map { line in
      Dictionary(
        uniqueKeysWithValues: zip(names, line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)))
    }
  }

  static func near(_ found: Any?, _ expected: Any?, _ tolerance: Double) -> Bool {
    func number(_ value: Any?) -> Double {
      (value as? NSNumber)?.doubleValue ?? (value as? String).flatMap(Double.init) ?? .nan
    }
    return abs(number(found) - number(expected)) <= tolerance
  }

  @Test(arguments: cases) func `trade for trade and bar for bar`(_ example: Case) throws {
    let shared = try #require(SharedData.path) + "/data/reference"
    let home = try HostProcess.Folder()
    let result = try HostProcess.run(
      ["backtest", "--strategy"] + example.arguments + [
        "--param", "quantity=50", "--cash", "10000", "--commission-rate", example.commission, "--json",
        "--data", "\(shared)/indicators/\(example.data)_input.csv",
      ], home: home)
    #expect(result.status == 0, "\(result.errors)")
    let json = try result.json
    let stated = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: "\(shared)/backtests/\(example.file).json")))
    let reference = try #require(stated as? [String: Any])
    #expect(Self.near(json["bars"], reference["bars"], 0))
    #expect(Self.near(json["final_equity"], reference["final_equity"], 1e-6))
    #expect(Self.near(json["return"], reference["total_return"], 1e-12))
    #expect(Self.near(json["max_drawdown"], reference["max_drawdown"], 1e-12))
    #expect(Self.near(json["sharpe"], reference["sharpe"], 1e-9))

    let trades = try #require(json["trades_list"] as? [[String: Any]])
    let expectedTrades = try Self.rows("\(shared)/backtests/\(example.file)_trades.csv")
    #expect(trades.count == expectedTrades.count)
    for (trade, expected) in zip(trades, expectedTrades) {
      let agrees =
        trade["entry_time"] as? String == expected["entry_time"]
        && trade["exit_time"] as? String == expected["exit_time"]
        && Self.near(trade["quantity"], expected["size"], 0)
        && Self.near(trade["entry_price"], expected["entry_price"], 1e-9)
        && Self.near(trade["exit_price"], expected["exit_price"], 1e-9)
        && Self.near(trade["fees"], expected["commission"], 1e-6)
        && Self.near(trade["pnl"], expected["net_pnl"], 1e-6)
      #expect(agrees, "trade \(expected["trade"] ?? "?"): \(trade), expected \(expected)")
    }

    let equity = try #require(json["equity"] as? [[String]])
    let expectedEquity = try Self.rows("\(shared)/backtests/\(example.file)_equity.csv")
    #expect(equity.count == expectedEquity.count)
    let off = zip(equity, expectedEquity).first {
      $0[0] != $1["timestamp"] || !Self.near($0[1], $1["equity"], 1e-6)
    }
    #expect(off == nil)
  }
}
