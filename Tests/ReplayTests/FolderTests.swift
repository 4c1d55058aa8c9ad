import Foundation
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

private let good = "\(header)\n2024-03-07,10,12,9,11,1\n2024-03-08,10,12,9,11,1\n"

@Suite struct `Folders, files and symbols` {
  @Test func `a folder is read one level deep and files without bars are passed over`() throws {
    let files = try Files([
      "MSFT.csv": good, "AAPL.csv": good, "notes.md": "# hello\n", "quotes.csv": "timestamp,bid,ask\n",
      ".hidden.csv": good, "deeper/GOOG.csv": good, "empty.csv": "",
    ])
    let reading = try Reading(paths: [files.folder.path])
    #expect(reading.series.map(\.symbol) == ["AAPL", "MSFT"])
    let skipped = reading.faults.map { "\($0.file.split(separator: "/").last!) \($0.code) \($0.isSkipped)" }
    #expect(
      skipped == ["empty.csv other_layout true", "notes.md other_layout true", "quotes.csv other_layout true"])
    #expect(reading.bars.map(\.instrument.index) == [0, 1, 0, 1])
  }

  @Test func `many files without bars are listed up to a hundred and counted`() throws {
    let files = try Files(["ABC.csv": good])
    for index in 0..<130 { try files.write(Data("x".utf8), "note\(index).txt") }
    let reading = try Reading(paths: [files.folder.path])
    #expect(reading.faults.count == 101)
    #expect(reading.faults.last?.code == "too_many_files")
    #expect(reading.faults.last?.text == "130 files without bars were passed over, the first 100 are listed")
    #expect(reading.bars.count == 2)
  }

  @Test func `several paths are read together, whatever their order`() throws {
    let files = try Files(["b/B.csv": good, "A.csv": good])
    let one = try Reading(paths: [files.path("b"), files.path("A.csv")])
    let other = try Reading(paths: [files.path("A.csv"), files.path("b")])
    #expect(one.series.map(\.symbol) == ["A", "B"])
    #expect(one.bars == other.bars)
    #expect(one.fingerprint == other.fingerprint)
  }

  @Test func `one symbol from two files refuses the source and names both`() throws {
    let files = try Files(["ABC.csv": good, "ABC_daily.csv": good])
    let reading = try Reading(paths: [files.folder.path])
    #expect(reading.failure?.status == .invalid)
    #expect(reading.faults.map(\.code) == ["symbol_twice"])
    #expect(reading.faults[0].file.hasSuffix("ABC_daily.csv"))
    #expect(reading.faults[0].text.contains("/ABC.csv; name one of them"))
  }

  @Test func `a path that does not exist is not found`() throws {
    let reading = try Reading(paths: ["/nowhere/ABC.csv"])
    #expect(reading.failure?.status == .notFound)
    #expect(reading.faults.map(\.code) == ["no_such_file"])
  }

  @Test func `a folder or file without any bar cannot be used`() throws {
    let files = try Files(["notes.txt": "x", "only/ABC.csv": "\(header)\n2024-03-07,10,12,9,,1\n"])
    #expect(try Reading(paths: [files.folder.path]).faults.map(\.code) == ["other_layout", "no_bars"])
    let reading = try Reading(paths: [files.path("only/ABC.csv")])
    #expect(reading.codes == ["missing_field:2", "no_bars:0"])
    #expect(reading.failure?.status == .invalid)
  }

  @Test(arguments: Route.allCases)
  func `only wanted symbols are read`(_ route: Route) throws {
    let files = try Files([
      "many.csv": "symbol,\(header)\nA,2024-03-07,1,1,1,1,1\nB,2024-03-07,2,2,2,2,2\nC,2024-03-07,3,3,3,,3\n",
      "D.csv": good,
    ])
    let driver = try replay([files.folder.path], route: route)
    try driver.open(["D", "B"])
    #expect(driver.series.map(\.symbol) == ["B", "D"])
    #expect(driver.faults == [])
    #expect(try driver.readAll().map(\.open) == [2, 10, 10])
  }

  @Test func `a wanted symbol that is missing is named with what exists`() throws {
    let files = try Files(["A.csv": good, "B.csv": "\(header)\n2024-03-07,10,12,9,,1\n"])
    let reading = try Reading(paths: [files.folder.path], symbols: ["A", "X", "B"])
    #expect(reading.failure?.status == .notFound)
    let missing = reading.faults.filter { $0.code == "no_such_symbol" }
    #expect(
      missing.map(\.text) == [
        "expected bars of B in \(files.folder.path), found no usable bar of it",
        "expected bars of X in \(files.folder.path), found only A, B",
      ])
    #expect(missing.allSatisfy { !$0.isSkipped })
  }

  @Test(arguments: ["", "A B", "A,B", "A\u{7}", String(repeating: "A", count: 33), "\"A\"\"B\""])
  func `a symbol that cannot be one is a fault of its row`(_ symbol: String) throws {
    let written = symbol.contains("\"") ? symbol : "\"\(symbol)\""
    let reading = try read(
      "symbol,\(header)", "ABC,2024-03-07,1,1,1,1,1", "\(written),2024-03-07,1,1,1,1,1", "ABC,2024-03-08,1,1,1,1,1")
    #expect(reading.codes == [symbol.isEmpty ? "missing_field:3" : "bad_symbol:3"])
    #expect(reading.bars.count == 2)
  }

  @Test func `symbols may take turns or follow each other, the bars are the same`() throws {
    let times = (1...9).map { "2024-03-0\($0)" }
    let symbols = ["A", "BB", "CCC", "B"]
    func row(_ symbol: String, _ time: String) -> String {
      "\(symbol),\(time),\(symbol.utf8.count),\(symbol.utf8.count),\(symbol.utf8.count),\(symbol.utf8.count),1"
    }
    let turns = times.flatMap { time in symbols.map { row($0, time) } }
    let blocks = symbols.flatMap { symbol in times.map { row(symbol, $0) } }
    let mixed = times.enumerated().flatMap { index, time in
      (symbols[(index % 4)...] + symbols[..<(index % 4)]).map { row($0, time) }
    }
    let readings = try [turns, blocks, mixed].map {
      try Reading(text: (["symbol,\(header)"] + $0).joined(separator: "\n") + "\n")
    }
    #expect(readings[0].series.map(\.symbol) == ["A", "B", "BB", "CCC"])
    #expect(readings[0].bars.count == 36)
    for reading in readings.dropFirst() {
      #expect(reading.bars == readings[0].bars)
      #expect(reading.fingerprint == readings[0].fingerprint)
      #expect(reading.faults == [])
    }
  }
}
