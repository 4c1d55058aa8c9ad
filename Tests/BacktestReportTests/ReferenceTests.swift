import BacktestReport
import Foundation
import Testing
import TradingTypes

/// The folder of reference backtests: below `WHARF_SHARED`, else `../shared` beside the package; `nil` (said on stderr)
/// without.
private let references: URL? = {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let shared =
    ProcessInfo.processInfo.environment["WHARF_SHARED"].map { URL(filePath: $0) }
    ?? root.deletingLastPathComponent().appending(path: "shared")
  let folder = shared.appending(path: "data/reference/backtests")
  if FileManager.default.fileExists(atPath: folder.path) { return folder }
  FileHandle.standardError.write(
    Data("SKIPPED: reports of the reference backtests: no folder \(folder.path); set WHARF_SHARED\n".utf8))
  return nil
}()

@Suite struct `Reference backtests` {
  static let names = ["GOOG_daily", "SPY_minute"].flatMap { data in
    ["sma_20_50_cross", "rsi2_mean_reversion"].flatMap { strategy in
      ["no_commission", "commission_10bps"].map { "\(data)_\(strategy)_\($0)" }
    }
  }

  @Test(.enabled(if: references != nil, "needs the shared data: set WHARF_SHARED"), arguments: names)
  func `a page shows their equity to the cent and their drawdown`(_ name: String) throws {
    let folder = try #require(references)
    let curve = try String(contentsOf: folder.appending(path: name + "_equity.csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    let result = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appending(path: name + ".json")))
        as? [String: Any])
    var content = ExampleRun(timing: name.hasPrefix("GOOG") ? .sessions : .instants).content
    content.account = AccountSampler(startingEquity: 10_000)
    for row in curve {
      content.account.add(at: try #require(Timestamp(rfc3339: row[0])), equity: try #require(Double(row[1])))
    }
    let expected = try #require(result["max_drawdown"] as? Double)
    #expect(abs((content.account.drawdowns.deepest?.depth ?? 0) - expected) < 1e-12)

    let data = try embeddedData(rendered(content))
    let account = try #require(data["account"] as? [String: Any])
    let unit = try #require(data["unit"] as? Double) / 1000
    let factor = pow(10, try #require(account["places"] as? Double))
    var (time, equity) = (0.0, 0.0)
    var wrong = 0
    let (times, values) = (try #require(account["t"] as? [Double]), try #require(account["last"] as? [Double]))
    #expect(times.count == curve.count)
    for (index, row) in curve.enumerated() {
      time += times[index]
      equity += values[index]
      let isRight =
        Int64(time * unit) == Timestamp(rfc3339: row[0])!.seconds && abs(equity / factor - Double(row[1])!) < 0.00501
      wrong += isRight ? 0 : 1
    }
    #expect(wrong == 0)
  }
}
