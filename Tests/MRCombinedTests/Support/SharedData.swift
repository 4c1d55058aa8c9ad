import Foundation
import MarketCalendar
import Testing
import TradingTypes

/// The shared market data: `WHARF_SHARED`, else `../shared` beside the package.
enum SharedData {
  static let root: URL = {
    if let path = ProcessInfo.processInfo.environment["WHARF_SHARED"] { return URL(fileURLWithPath: path) }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared")
  }()

  static let daily = root.appendingPathComponent("data/equity/daily/yahoo")

  /// Whether the data is there; says loudly when it is not.
  static let isPresent: Bool = {
    let present = FileManager.default.fileExists(atPath: daily.appendingPathComponent("AAPL.csv").path)
    if !present {
      FileHandle.standardError.write(
        Data("MRCombinedTests: no shared data at \(root.path); reference tests are SKIPPED, set WHARF_SHARED\n".utf8))
    }
    return present
  }()

  /// The symbols of the daily files, ascending.
  static func symbols() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: daily.path).filter { $0.hasSuffix(".csv") }
      .map { String($0.dropLast(4)) }.sorted()
  }

  /// The bars of a symbol; before the tables begin a session closes at 16:00 New York time.
  static func bars(of symbol: String, id: UInt32) throws -> [Bar] {
    let text = try String(contentsOf: daily.appendingPathComponent("\(symbol).csv"), encoding: .utf8)
    return try text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      let columns = line.split(separator: ",")
      let start = try #require(Timestamp(rfc3339: columns[0]))
      let numbers = try columns[1...5].map { try #require(Double($0)) }
      let close = SessionCalendar.xnys.session(on: CivilDate(utc: start))?.close ?? start.adding(seconds: 21 * 3600)
      return Bar(
        start: start, end: close, open: numbers[0], high: numbers[1], low: numbers[2], close: numbers[3],
        volume: numbers[4], instrument: InstrumentID(id))
    }
  }
}

extension Trait where Self == ConditionTrait {
  /// Runs only where the shared market data is.
  static var needsSharedData: Self {
    .enabled(if: SharedData.isPresent, "the shared market data is absent; set WHARF_SHARED")
  }
}
