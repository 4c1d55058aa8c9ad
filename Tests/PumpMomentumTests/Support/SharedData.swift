import Foundation
import Testing
import TradingTypes

/// The shared market data: `WHARF_SHARED`, else `../shared` beside the package.
enum SharedData {
  static let root: URL = {
    if let path = ProcessInfo.processInfo.environment["WHARF_SHARED"] { return URL(filePath: path) }
    return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")
  }()

  /// The four announced pumps of the sample: symbol, file, announced minute.
  static let pumps: [(symbol: String, file: String, announced: String)] = [
    ("BRDBTC", "BRDBTC_20181113T1700Z_minute.csv", "2018-11-13T17:00:00Z"),
    ("ASTBTC", "ASTBTC_20180907T1530Z_minute.csv", "2018-09-07T15:30:00Z"),
    ("DLTBTC", "DLTBTC_20180823T1600Z_minute.csv", "2018-08-23T16:00:00Z"),
    ("ICNBTC", "ICNBTC_20180911T1530Z_minute.csv", "2018-09-11T15:30:00Z"),
  ]
  static let pumpFolder = "data/crypto/pumps/no_licence/"
  static let gme = "data/equity/minute/yahoo/GME.csv"

  /// Whether the data is there; says loudly when it is not.
  static let isPresent: Bool = {
    let missing = ([gme] + pumps.map { pumpFolder + $0.file })
      .filter { !FileManager.default.fileExists(atPath: root.appending(path: $0).path) }
    if !missing.isEmpty {
      FileHandle.standardError.write(
        Data(
          "PumpMomentumTests: no \(missing[0]) in \(root.path); worked examples are SKIPPED, set WHARF_SHARED\n".utf8))
    }
    return missing.isEmpty
  }()

  /// The one-minute bars of a file; the time is the first column.
  static func bars(_ file: String) throws -> [Bar] {
    let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
    return try text.split(separator: "\n").dropFirst().map { line in
      let columns = line.split(separator: ",")
      let start = try #require(Timestamp(rfc3339: columns[0]))
      let numbers = try columns[1...5].map { try #require(Double($0)) }
      return Bar(
        start: start, end: start.adding(seconds: 60), open: numbers[0], high: numbers[1], low: numbers[2],
        close: numbers[3], volume: numbers[4], instrument: InstrumentID(0))
    }
  }
}

extension Trait where Self == ConditionTrait {
  /// Runs only where the shared market data is.
  static var needsSharedData: Self {
    .enabled(if: SharedData.isPresent, "the shared market data is absent; set WHARF_SHARED")
  }
}
