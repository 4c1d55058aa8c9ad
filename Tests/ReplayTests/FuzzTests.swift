import Foundation
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@Suite struct `Any bytes at all` {
  @Test func `random bytes never crash and never give bars`() throws {
    var random = SplitMix(seed: 17)
    let files = try Files()
    for _ in 0..<150 {
      let bytes = (0..<random.next(below: 3000)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      try files.write(Data(bytes), "ABC.csv")
      let reading = try Reading(paths: [files.path("ABC.csv")])
      #expect(reading.failure != nil)
      #expect(reading.bars == [])
    }
  }

  @Test func `random rows below a good header give only plausible bars, and account for every line`() throws {
    var random = SplitMix(seed: 23)
    let files = try Files()
    let alphabet = Array("0123456789.,,,,\n\n--:TZ eE\"\r\t\u{0}é".utf8)
    for _ in 0..<150 {
      var bytes = Array("\(header)\n2024-03-07,10,12,9,11,1\n".utf8)
      for _ in 0..<random.next(below: 2000) { bytes.append(alphabet.randomElement(using: &random)!) }
      try files.write(Data(bytes), "ABC.csv")
      let reading = try Reading(paths: [files.path("ABC.csv")])
      #expect(reading.bars.allSatisfy { $0.isPlausible })
      #expect(zip(reading.bars, reading.bars.dropFirst()).allSatisfy { $0.start < $1.start })
      #expect(reading.failure == nil || reading.faults.contains { !$0.isSkipped })
    }
  }

  @Test func `a good file with any byte changed is read, or its change is listed`() throws {
    let rows = (0..<40).map { "\(Timestamp(seconds: 1_700_000_040 + 60 * Int64($0))!),10.25,12.5,9.75,11.00,100" }
    let good = Array(([header] + rows).joined(separator: "\n").utf8) + [10]
    var random = SplitMix(seed: 29)
    let files = try Files()
    for _ in 0..<400 {
      var bytes = good
      bytes[Int(random.next(below: UInt64(good.count)))] = UInt8(truncatingIfNeeded: random.next())
      try files.write(Data(bytes), "ABC.csv")
      let reading = try Reading(paths: [files.path("ABC.csv")])
      let isWhole = reading.bars.count == 40
      #expect(isWhole || !reading.faults.isEmpty)
    }
  }

  @Test(arguments: [false, true])
  func `bars written as CSV read back bit for bit`(_ isShort: Bool) throws {
    var random = SplitMix(seed: isShort ? 31 : 37)
    var rows = [header]
    var expected: [Bar] = []
    for index in 0..<3000 {
      func price() -> Double {
        let wide = 1 + Double(random.next() >> 11) / 9_007_199_254_740_992 * 1000
        return isShort ? (wide * 10_000).rounded() / 10_000 : wide
      }
      let prices = [price(), price(), price(), price()].sorted()
      let volume = isShort ? Double(random.next(below: 1_000_000_000_000)) : Double(random.next() >> 12) / 1024
      let start = Timestamp(seconds: 1_700_000_040 + 60 * Int64(index))!
      rows.append("\(start),\(prices[1]),\(prices[3]),\(prices[0]),\(prices[2]),\(volume)")
      expected.append(
        Bar(
          start: start, end: start.adding(seconds: 60), open: prices[1], high: prices[3], low: prices[0],
          close: prices[2], volume: volume, instrument: InstrumentID(0)))
    }
    let reading = try Reading(text: rows.joined(separator: "\n") + "\n")
    #expect(reading.bars == expected)
    #expect(reading.faults.allSatisfy { $0.code == "possible_split" || $0.code == "more_faults" })
  }

  @Test func `any change of a bar changes the fingerprint, another spelling does not`() throws {
    func fingerprint(_ rows: String...) throws -> [UInt8] {
      try Reading(text: ([header] + rows).joined(separator: "\n") + "\n").fingerprint
    }
    let base = try fingerprint("2024-03-07,10.5,12,9,11,100", "2024-03-08,10.5,12,9,11,100")
    #expect(try fingerprint("2024-03-07T00:00:00Z,10.50,12.0,9,11,1e2", "2024-03-08,10.5,12,9,11,100.00") == base)
    let others = try [
      fingerprint("2024-03-07,10.6,12,9,11,100", "2024-03-08,10.5,12,9,11,100"),
      fingerprint("2024-03-07,10.5,12,9,11,100", "2024-03-08,10.5,12.000000001,9,11,100"),
      fingerprint("2024-03-07,10.5,12,9,11,100", "2024-03-08,10.5,12,9,11,101"),
      fingerprint("2024-03-07,10.5,12,9,11,100", "2024-03-09,10.5,12,9,11,100"),
      fingerprint("2024-03-07,10.5,12,9,11,100"),
      fingerprint("2024-03-07,10.5,12,9,11,100", "2024-03-08,10.5,12,9,11,100", "2024-03-09,10.5,12,9,11,100"),
    ]
    #expect(Set(others + [base]).count == others.count + 1)
    let renamed = try Reading(
      text: "\(header)\n2024-03-07,10.5,12,9,11,100\n2024-03-08,10.5,12,9,11,100\n", name: "X.csv")
    #expect(renamed.fingerprint != base)
  }
}
