import BarStore
import Foundation
import PluginSDK
import PluginTestKit
import Testing
import TradingTypes

@Suite struct `Bars from a store` {
  /// Writes what a source reads as into one store.
  static func store(_ reading: Reading, _ path: String) throws {
    let writer = try BarStoreWriter(path: path)
    let places = reading.series.map {
      writer.begin($0.symbol, barSeconds: $0.barSeconds, step: $0.step, currency: $0.currency, source: "test")
    }
    for bar in reading.bars { try writer.append(bar, to: places[Int(bar.instrument.index)]) }
    _ = try writer.commit()
  }

  @Test(arguments: Route.allCases)
  func `are those of the files it was made from, bit for bit and with their fingerprint`(_ route: Route) throws {
    let files = try Files()
    let source = try Reading(paths: ["bundled"])
    try Self.store(source, files.path("all.bars"))
    let driver = try replay([files.path("all.bars")], route: route)
    try driver.open()
    #expect(driver.series == source.series)
    #expect(driver.fingerprint == source.fingerprint)
    for capacity in [1, 700, 4096] {
      #expect(try driver.readAll(capacity) == source.bars)
      try driver.rewind()
    }
  }

  @Test func `come from a folder of stores and files side by side, only of wanted symbols`() throws {
    let files = try Files(["C.csv": "\(header)\n2016-01-04,1,1,1,1,1\n"])
    try Self.store(try Reading(paths: ["bundled"]), files.path("index.bars"))
    let all = try Reading(paths: [files.folder.path])
    #expect(all.failure == nil)
    #expect(all.series.map(\.symbol) == ["C", "IXIC", "SPX"])
    let one = try Reading(paths: [files.folder.path], symbols: ["SPX"])
    #expect(one.series.map(\.symbol) == ["SPX"])
    #expect(one.bars.map(\.close) == (try Reading(paths: ["bundled"], symbols: ["SPX"])).bars.map(\.close))
    let none = try Reading(paths: [files.folder.path], symbols: ["X"])
    #expect(none.failure?.status == .notFound)
    #expect(none.faults.last?.text.contains("only C, IXIC, SPX") == true)
  }

  @Test func `and the same symbol from a file are refused`() throws {
    let files = try Files(["SPX.csv": "\(header)\n2016-01-04,1,1,1,1,1\n"])
    try Self.store(try Reading(paths: ["bundled"]), files.path("index.bars"))
    let reading = try Reading(paths: [files.folder.path])
    #expect(reading.faults.map(\.code) == ["symbol_twice"])
  }

  @Test(arguments: ["cut", "header", "directory", "text", "empty"])
  func `are refused when the file is torn or altered`(_ damage: String) throws {
    let files = try Files()
    let path = files.path("all.bars")
    try Self.store(try Reading(paths: ["bundled"]), path)
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let code: String
    switch damage {
    case "cut": (code, bytes) = ("store_torn", Array(bytes.dropLast(1000)))
    case "header": (code, bytes[70]) = ("store_damaged", bytes[70] ^ 1)
    case "directory": (code, bytes[bytes.count - 3]) = ("store_damaged", bytes[bytes.count - 3] ^ 1)
    case "text": (code, bytes) = ("not_a_store", Array("timestamp,open\n".utf8))
    default: (code, bytes) = ("not_a_store", [])
    }
    try Data(bytes).write(to: URL(filePath: path))
    for paths in [[path], [files.folder.path]] {
      let reading = try Reading(paths: paths)
      #expect(reading.failure?.status == .invalid)
      #expect(reading.faults.map(\.code) == [code])
      #expect(reading.faults.first?.file == path)
      #expect(reading.faults.first?.text.contains("expected ") == true)
    }
  }

  @Test func `are read up to a damaged block, which is named`() throws {
    let files = try Files()
    let path = files.path("all.bars")
    try Self.store(try Reading(paths: ["bundled"], symbols: ["SPX"]), path)
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    bytes[bytes.count / 2] ^= 1
    try Data(bytes).write(to: URL(filePath: path))
    let reading = try Reading(paths: [path])
    #expect(reading.failure?.status == .io)
    #expect(reading.failure?.message.contains("all.bars: block ") == true)
    #expect(reading.failure?.message.contains("expected checksum") == true)
  }
}
