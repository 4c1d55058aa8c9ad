import Foundation
import PluginSDK
import PluginTestKit
import ReplayLogic
import Testing
import TradingTypes

/// Times of a file and the size of bars they mean.
struct BarSize: Sendable, CustomTestStringConvertible {
  var times: [String]
  var seconds: Int32
  var testDescription: String { times.joined(separator: " ") }

  static let all = [
    BarSize(times: ["2024-03-08"], seconds: 86_400),
    BarSize(times: ["2024-03-08", "2024-03-15"], seconds: 86_400),
    BarSize(times: ["2024-03-08T14:30:00Z"], seconds: 60),
    BarSize(times: ["2024-03-08T00:00:00Z", "2024-03-08T00:01:00Z"], seconds: 60),
    BarSize(times: ["2024-03-08T14:30:00Z", "2024-03-08T14:35:00Z", "2024-03-08T14:45:00Z"], seconds: 300),
    BarSize(times: ["2024-03-08T14:30:00Z", "2024-03-08T15:30:00Z", "2024-03-11T13:30:00Z"], seconds: 3600),
    BarSize(times: ["2024-03-08T14:30:00Z", "2024-03-08T14:30:01Z"], seconds: 1),
    BarSize(times: ["2024-03-08T14:30:00.250Z", "2024-03-08T14:31:00.250Z"], seconds: 60),
  ]
}

@Suite struct `The order and size of bars` {
  @Test(arguments: BarSize.all)
  func `the size of bars is the smallest distance, or a day when all are dates`(_ size: BarSize) throws {
    let rows = size.times.map { "\($0),10,12,9,11,1" }
    let reading = try Reading(text: ([header] + rows).joined(separator: "\n") + "\n")
    #expect(reading.series.map(\.barSeconds) == [size.seconds])
    #expect(
      reading.bars.allSatisfy { $0.end == $0.start.adding(seconds: Int64(size.seconds)) && $0.instrument.index == 0 })
  }

  @Test func `the size is found across blocks of bars`() throws {
    // Distances of two minutes, but for one of a minute between row 512 and row 513.
    let times = (0..<1500).map { Timestamp(seconds: 1_700_000_040 + 120 * Int64($0) - ($0 >= 512 ? 60 : 0))! }
    let rows = times.map { "\($0),10,12,9,11,1" }
    let reading = try Reading(text: ([header] + rows).joined(separator: "\n") + "\n")
    #expect(reading.series.map(\.barSeconds) == [60])
    #expect(reading.bars.map(\.start) == times)
  }

  @Test func `a lone bar takes the size of its companions`() throws {
    let files = try Files([
      "A.csv": "\(header)\n2024-03-08T14:30:00Z,1,1,1,1,1\n",
      "B.csv": "\(header)\n2024-03-08T14:30:00Z,1,1,1,1,1\n2024-03-08T14:35:00Z,1,1,1,1,1\n",
    ])
    #expect(try Reading(paths: [files.folder.path]).series.map(\.barSeconds) == [300, 300])
  }

  @Test(arguments: [
    ["2024-03-08T14:30:00.1Z", "2024-03-08T14:30:00.2Z"], ["2024-03-08T14:30:00Z", "2024-03-11T13:30:00Z"],
  ])
  func `distances that no bar has refuse the source`(_ times: [String]) throws {
    let rows = times.map { "\($0),10,12,9,11,1" }
    let reading = try Reading(text: ([header] + rows).joined(separator: "\n") + "\n")
    #expect(reading.codes == ["bar_size:0"])
    #expect(reading.failure?.status == .invalid)
  }

  @Test func `bar_seconds states the size`() throws {
    let files = try Files(["A.csv": "\(header)\n2024-03-08T14:30:00Z,1,1,1,1,1\n2024-03-11T13:30:00Z,1,1,1,1,1\n"])
    #expect(try Reading(paths: [files.path("A.csv")], barSeconds: 3600).series.map(\.barSeconds) == [3600])
    #expect(try Reading(paths: [files.path("A.csv")], barSeconds: 86_400).codes == ["bar_size:0"])
  }

  @Test(arguments: [1, 2, 3, 5, 17])
  func `bars of many series come by start, then by instrument`(_ count: Int) throws {
    var random = SplitMix(seed: UInt64(count))
    let files = try Files()
    var expected: [(Int64, Int, Double)] = []
    for index in 0..<count {
      // Some series begin late, end early, or have gaps; from before 1970 to after it.
      let first = Int64(random.next(below: 50)) - 30
      var rows = [header]
      for step in first..<(first + 1 + Int64(random.next(below: 1500))) where random.next(below: 5) > 0 || step == first
      {
        let price = Double(random.next(below: 10_000) + 1) / 100
        rows.append("\(Timestamp(seconds: step * 60)!),\(price),\(price),\(price),\(price),1")
        expected.append((step * 60, index, price))
      }
      try files.write(Data((rows.joined(separator: "\n") + "\n").utf8), "S\(index < 10 ? "0" : "")\(index).csv")
    }
    expected.sort { ($0.0, $0.1) < ($1.0, $1.1) }
    let driver = try replay([files.folder.path])
    try driver.open()
    for capacity in [1, 7, 512, 4096] {
      let bars = try driver.readAll(capacity)
      #expect(bars.map { $0.start.seconds } == expected.map(\.0))
      #expect(bars.map { Int($0.instrument.index) } == expected.map(\.1))
      #expect(bars.map(\.open) == expected.map(\.2))
      #expect(try driver.read(10) == [])
      try driver.rewind()
    }
    // Half read, then from the start again.
    _ = try driver.read(expected.count / 2 + 1)
    try driver.rewind()
    #expect(try driver.readAll().count == expected.count)
  }

  @Test(arguments: Route.allCases)
  func `reading before opening is refused`(_ route: Route) throws {
    let driver = try replay(["bundled"], route: route)
    #expect(throws: PluginError.self) { try driver.read() }
    #expect(throws: PluginError.self) { try driver.rewind() }
  }

  @Test(arguments: Route.allCases)
  func `opening again reads the files again`(_ route: Route) throws {
    let files = try Files(["A.csv": "\(header)\n2024-03-08,1,1,1,1,1\n"])
    let driver = try replay([files.path("A.csv")], route: route)
    try driver.open()
    let before = driver.fingerprint
    #expect(try driver.readAll().map(\.close) == [1])
    try files.write(Data("\(header)\n2024-03-08,1,1,1,1,2\n".utf8), "A.csv")
    try driver.open()
    #expect(try driver.readAll().map(\.volume) == [2])
    #expect(driver.fingerprint != before)
  }

  @Test(arguments: ["paths", "bad_rows", "naive_times", "splits", "gaps"])
  func `an option of another type is refused`(_ name: String) throws {
    let host = TestHost([
      "paths": ["bundled"], "bad_rows": "skip", "naive_times": "utc", "splits": "notice", "gaps": "notice",
    ])
    host.options[name] = 3
    let failure = #expect(throws: PluginError.self) { try MarketDataDriver(Replay.self, host: host) }
    #expect(failure?.status == .configuration)
    #expect(failure?.message.contains("option \(name)") == true)
  }
}
