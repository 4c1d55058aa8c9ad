import Foundation
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

/// One line of the shared data's manifest.
struct SharedFile: Sendable, CustomTestStringConvertible {
  var path: String
  var rows: Int
  var first: String
  var last: String
  var testDescription: String { path }

  /// The files of bars.
  static let bars: [SharedFile] = {
    guard let sharedData,
      let text = try? String(contentsOf: sharedData.appending(path: "MANIFEST.csv"), encoding: .utf8)
    else { return [] }
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let path = fields[0]
      let isBars =
        ["crypto/minute/", "equity/daily/yahoo/", "equity/minute/lean/", "equity/minute/yahoo/"].contains {
          path.hasPrefix($0)
        } || (path.hasPrefix("equity/daily/raw/") && !path.hasSuffix("actions.csv"))
        || (path.hasPrefix("crypto/pumps/no_licence/") && path.hasSuffix("minute.csv"))
        || (path.hasPrefix("reference/indicators/") && path.hasSuffix("input.csv"))
        || path.hasSuffix("sp500_2013_2018.csv.gz") || path.hasSuffix("minutes_expected.csv")
      return isBars ? SharedFile(path: path, rows: Int(fields[3])!, first: fields[4], last: fields[5]) : nil
    }
  }()
}

private let needsShared: Comment = "needs the shared data: set WHARF_SHARED"

@Suite(.enabled(if: sharedData != nil, needsShared)) struct `The shared data` {
  @Test func `has all its files of bars`() { #expect(SharedFile.bars.count == 53) }

  @Test(arguments: SharedFile.bars)
  func `every file of bars opens with the rows and times of its manifest`(_ file: SharedFile) throws {
    let shared = try #require(sharedData)
    let reading = try Reading(paths: [shared.appending(path: file.path).path])
    #expect(reading.failure == nil)
    #expect(reading.bars.count == file.rows)
    #expect(reading.faults.allSatisfy { $0.code == "possible_split" || $0.code == "possible_gap" })
    #expect(reading.starts.first == file.first)
    #expect(reading.starts.last == file.last)
    #expect(reading.series.map(\.barCount).reduce(0, +) == file.rows)
    let isMinute =
      file.path.contains("minute")
      || file.path.contains("SPY_minute")
    #expect(reading.series.allSatisfy { $0.barSeconds == (isMinute ? 60 : 86_400) })
    #expect(
      zip(reading.bars, reading.bars.dropFirst()).allSatisfy { ($0.start, $0.instrument) < ($1.start, $1.instrument) })
  }

  @Test func `the rejected rows are all faults, each with its code`() throws {
    let shared = try #require(sharedData)
    let path = shared.appending(path: "equity/daily/sp500_2013_2018_rejected.csv").path
    let reading = try Reading(paths: [path])
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
    let expected = lines.enumerated().map { index, line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = fields[2...5].map { Double($0) }
      guard let open = numbers[0], let high = numbers[1], let low = numbers[2], let close = numbers[3] else {
        return "missing_field:\(index + 2)"
      }
      let code =
        high < low
        ? "high_below_low"
        : high < open
          ? "high_below_open" : high < close ? "high_below_close" : low > open ? "low_above_open" : "low_above_close"
      return "\(code):\(index + 2)"
    }
    #expect(expected.count == 23)
    #expect(Array(reading.codes.prefix(23)) == expected)
    #expect(Array(reading.codes.dropFirst(23)) == ["no_bars:0"])
    #expect(reading.failure?.status == .invalid)
  }

  @Test func `a folder passes over what has no bars and takes the symbols of the rest`() throws {
    let shared = try #require(sharedData)
    let daily = try Reading(paths: [shared.appending(path: "equity/daily").path])
    #expect(daily.bars.count == 619_017)
    #expect(daily.series.count == 505)
    #expect(daily.faults.count { $0.file.hasSuffix("_rejected.csv") } == 23)
    let raw = try Reading(paths: [shared.appending(path: "equity/daily/raw").path])
    #expect(raw.series.map(\.symbol) == ["AAPL", "FB", "GOOG", "IBM", "QQQ", "SPY"])
    let skipped = raw.faults.filter { $0.code == "other_layout" }
    #expect(skipped.map { $0.file.split(separator: "/").last } == ["corporate_actions.csv"])
    #expect(skipped.allSatisfy { $0.isSkipped })
  }

  /// What the notes of the shared data say is missing, or what can be counted by hand in the files.
  @Test(arguments: [
    // Three regular sessions of 390 minutes, and twelve single minutes.
    ("equity/minute/yahoo/AAPL.csv", "AAPL: 1182, places: 15, expected by the sessions of XNYS"),
    // Its file jumps over six years, of which the calendar does not know the first five: their weekdays count.
    ("equity/daily/raw/QQQ.csv", "QQQ: 1645, places: 1, expected by the sessions of XNYS"),
    // Days of 1440 minutes that were left out, and two single minutes.
    ("crypto/minute/coinbase_BTCUSD.csv", "BTCUSD: 302833, places: 4, expected around the clock"),
  ])
  func `bars that are missing are counted`(_ file: String, _ expected: String) throws {
    let reading = try Reading(paths: [try #require(sharedData).appending(path: file).path])
    let gaps = reading.faults.filter { $0.code == "possible_gap" }
    #expect(gaps.count == 1)
    #expect(gaps.first?.text.hasPrefix("missing bars of \(expected): ") == true, "\(gaps)")
  }

  @Test func `daily history without a gap has no gap told`() throws {
    let reading = try Reading(paths: [try #require(sharedData).appending(path: "equity/daily/yahoo").path])
    #expect(reading.series.count == 30)
    #expect(!reading.faults.contains { $0.code == "possible_gap" })
  }

  @Test func `splits in prices that are not adjusted are told`() throws {
    let shared = try #require(sharedData)
    let raw = try Reading(paths: [shared.appending(path: "equity/daily/raw/AAPL.csv").path])
    let lines = try String(contentsOf: shared.appending(path: "equity/daily/raw/AAPL.csv"), encoding: .utf8)
      .split(separator: "\n")
    let dates = raw.faults.filter { $0.code == "possible_split" }.map { String(lines[$0.line! - 1].prefix(10)) }
    #expect(dates == ["2000-06-21", "2005-02-28", "2014-06-09", "2020-08-31"])
    let goog = try Reading(paths: [shared.appending(path: "equity/daily/raw/GOOG.csv").path])
    #expect(goog.faults.filter { $0.code == "possible_split" }.count == 1)
  }
}
