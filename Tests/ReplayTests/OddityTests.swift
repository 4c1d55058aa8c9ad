import BarStore
import Foundation
import PluginSDK
import PluginTestKit
import ReplayLogic
import Testing
import TradingTypes

/// A jump from a close of 100, and the split it looks like, if any.
struct Jump: Sendable, CustomTestStringConvertible {
  var open: String
  var split: String?
  var testDescription: String { "100 to \(open)" }

  static let all = [
    Jump(open: "50.5", split: "2:1 split in prices that are not adjusted (factor 2.0)"),
    Jump(open: "33.1", split: "3:1 split"), Jump(open: "66.9", split: "3:2 split"),
    Jump(open: "24.6", split: "4:1 split"), Jump(open: "14.4", split: "7:1 split"),
    Jump(open: "5.1", split: "20:1 split"), Jump(open: "150.5", split: "2:3 split"),
    Jump(open: "205", split: "1:2 split"),
    Jump(open: "1000", split: "1:10 split in prices that are not adjusted (factor 0.1)"),
    Jump(open: "210", split: nil), Jump(open: "60", split: nil), Jump(open: "55.5", split: nil),
    Jump(open: "40", split: nil), Jump(open: "71", split: nil), Jump(open: "140", split: nil),
  ]
}

/// Times of bars, and what is missing between them.
struct Gaps: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var times: [String]
  /// What is told; `nil`: nothing.
  var told: String?

  static let all = [
    Gaps(
      testDescription: "minutes of one session",
      times: ["2024-03-08T14:30:00Z", "2024-03-08T14:31:00Z", "2024-03-08T14:35:00Z"],
      told: "3, places: 1, expected by the sessions of XNYS: 3 between 2024-03-08T14:31:00Z and 2024-03-08T14:35:00Z"),
    Gaps(
      testDescription: "a night and a weekend",
      times: ["2024-03-07T20:59:00Z", "2024-03-08T14:30:00Z", "2024-03-08T14:31:00Z"]
        + (2..<390).map { "\(Timestamp(seconds: 1_709_908_200 + 60 * Int64($0))!)" } + ["2024-03-11T13:30:00Z"],
      told: nil),
    Gaps(
      testDescription: "the end of one session and the beginning of the next",
      times: ["2024-03-07T20:55:00Z", "2024-03-07T20:56:00Z", "2024-03-08T14:32:00Z"],
      told: "5, places: 1, expected by the sessions of XNYS: 5 between 2024-03-07T20:56:00Z and 2024-03-08T14:32:00Z"),
    Gaps(
      testDescription: "a half day, whole",
      times: ["2023-11-24T17:58:00Z", "2023-11-24T17:59:00Z", "2023-11-27T14:30:00Z"], told: nil),
    Gaps(
      testDescription: "before and after regular hours",
      times: ["2024-03-08T09:00:00Z", "2024-03-08T09:01:00Z", "2024-03-08T09:30:00Z"], told: nil),
    Gaps(
      testDescription: "a whole session in the late hours of winter",
      times: ["2024-01-09T23:59:00Z", "2024-01-10T00:00:00Z", "2024-01-11T00:30:00Z"],
      told:
        "390, places: 1, expected by the sessions of XNYS: 390 between 2024-01-10T00:00:00Z and 2024-01-11T00:30:00Z"),
    Gaps(
      testDescription: "around the clock",
      times: ["2024-03-09T12:00:00Z", "2024-03-09T12:01:00Z", "2024-03-11T12:01:00Z"],
      told: "2879, places: 1, expected around the clock: 2879 between 2024-03-09T12:01:00Z and 2024-03-11T12:01:00Z"),
    Gaps(
      testDescription: "another exchange",
      times: ["2024-07-04T07:00:00Z", "2024-07-04T07:01:00Z", "2024-07-04T07:04:00Z", "2024-07-05T07:00:00Z"],
      told:
        "2, places: 1, expected within days that have bars, and days at most seven apart: 2 between 2024-07-04T07:01:00Z and 2024-07-04T07:04:00Z"
    ),
    Gaps(
      testDescription: "days with a holiday", times: ["2024-03-27", "2024-03-28", "2024-04-01", "2024-04-02"], told: nil
    ),
    Gaps(
      testDescription: "days without one session", times: ["2024-03-27", "2024-04-01"],
      told: "1, places: 1, expected by the sessions of XNYS: 1 between 2024-03-27 and 2024-04-01"),
    Gaps(
      testDescription: "days around the clock", times: ["2024-03-08", "2024-03-09", "2024-03-10", "2024-03-12"],
      told: "1, places: 1, expected around the clock: 1 between 2024-03-10 and 2024-03-12"),
    Gaps(testDescription: "days long ago", times: ["2001-09-10", "2001-09-17", "2001-09-18"], told: nil),
    Gaps(
      testDescription: "months long ago", times: ["2001-06-01", "2001-07-02"],
      told: "20, places: 1, expected by the sessions of XNYS: 20 between 2001-06-01 and 2001-07-02"),
  ]
}

@Suite struct `Odd series` {
  @Test(arguments: Jump.all)
  func `a jump between two days that looks like a split is told with its factor, and the row stays`(_ jump: Jump) throws
  {
    let reading = try read(header, "2024-03-07,100,100,100,100,1", "2024-03-08,\(jump.open),2000,1,\(jump.open),1")
    #expect(reading.bars.count == 2)
    #expect(reading.codes == (jump.split == nil ? [] : ["possible_split:3"]))
    #expect(
      reading.faults.allSatisfy { $0.isSkipped && $0.text.contains("ABC opens at") && $0.text.contains("2024-03-08") })
    if let split = jump.split { #expect(reading.faults[0].text.contains(" a \(split)"), "\(reading.faults)") }
  }

  @Test func `a jump within one day is no split`() throws {
    let reading = try read(header, "2024-03-08T14:30:00Z,100,100,100,100,1", "2024-03-08T14:31:00Z,50,50,50,50,1")
    #expect(reading.faults == [])
  }

  @Test(arguments: Gaps.all)
  func `bars that are missing are counted and told in one line`(_ gaps: Gaps) throws {
    let rows = gaps.times.map { "\($0),10,12,9,11,1" }
    let reading = try Reading(
      text: ([header] + rows).joined(separator: "\n") + "\n", barSeconds: gaps.times[0].utf8.count == 10 ? nil : 60)
    #expect(reading.bars.count == gaps.times.count)
    #expect(reading.faults.map(\.text) == (gaps.told.map { ["missing bars of ABC: \($0)"] } ?? []), "\(reading.faults)")
    #expect(reading.faults.allSatisfy { $0.code == "possible_gap" && $0.isSkipped && $0.line == nil })
  }

  @Test func `many gaps stay one line, with the largest`() throws {
    var times = (0..<1500).map { Int64($0) * 120 }
    times += [times[1499] + 6000, times[1499] + 60_000]
    let rows = times.map { "\(Timestamp(seconds: 1_700_000_040 + $0)!),10,12,9,11,1" }
    let reading = try Reading(text: ([header] + rows).joined(separator: "\n") + "\n", barSeconds: 60)
    #expect(reading.codes == ["possible_gap:0"])
    let text = try #require(reading.faults.first?.text)
    #expect(text.contains(", places: ") && text.contains(" ..., most of all "), "\(text)")
  }

  @Test(arguments: ["splits", "gaps"])
  func `and are refused when a setting says so`(_ option: String) throws {
    let rows = ["2024-03-07,100,100,100,100,1", "2024-03-11,50,50,50,50,1"]
    let files = try Files(["ABC.csv": ([header] + rows).joined(separator: "\n") + "\n"])
    let driver = try replay([files.path("ABC.csv")], oddities: [option: "refuse"])
    let failure = #expect(throws: PluginError.self) { try driver.open() }
    #expect(failure?.status == .invalid)
    let code = option == "splits" ? "possible_split" : "possible_gap"
    let refused = driver.faults.filter { !$0.isSkipped }
    #expect(refused.map(\.code) == [code])
    #expect(refused.first?.text.hasSuffix("; correct the data, or set \(option) to notice") == true)
  }

  @Test func `are told again when the bars come from a store`() throws {
    let rows = ["2024-03-07,100,100,100,100,1", "2024-03-11,50,50,50,50,1", "2024-03-12,50,50,50,50,1"]
    let files = try Files(["ABC.csv": ([header] + rows).joined(separator: "\n") + "\n"])
    let source = try Reading(paths: [files.path("ABC.csv")])
    try `Bars from a store`.store(source, files.path("x.bars"))
    let stored = try Reading(paths: [files.path("x.bars")])
    #expect(source.codes == ["possible_split:3", "possible_gap:0"])
    #expect(stored.faults.map(\.text) == source.faults.map(\.text))
    #expect(stored.faults.allSatisfy { $0.isSkipped && $0.file == files.path("x.bars") })
  }
}
