import Foundation
import Hashing
import Testing
import TradingTypes

@testable import BarStore

/// A folder that lives as long as the value.
final class Folder {
  let url = FileManager.default.temporaryDirectory.appending(path: "bar-store-tests-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }
  var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() } }
}

/// Bars of cents a minute apart, from a seed.
func walk(_ count: Int, seed: UInt64, step: Int64 = 60) -> [Bar] {
  var random = SplitMix(seed: seed)
  var price = 10_000.0
  return (0..<count).map { index in
    price = max(100, price + Double(random.next(below: 41)) - 20)
    let start = Timestamp(seconds: 1_700_000_040 + step * Int64(index))!
    return Bar(
      start: start, end: start, open: price / 100, high: (price + 7) / 100, low: (price - 9) / 100,
      close: (price + 3) / 100, volume: Double(random.next(below: 100_000)), instrument: InstrumentID(0))
  }
}

/// Writes series as they are named.
@discardableResult
func write(_ series: [(String, [Bar])], _ path: String) throws -> [StoredSeries] {
  let writer = try BarStoreWriter(path: path)
  for (symbol, bars) in series {
    let place = writer.begin(symbol, barSeconds: 60, step: Quantity("0.01"), currency: .usd, source: "walk")
    for bar in bars { try writer.append(bar, to: place) }
  }
  return try writer.commit()
}

/// Everything a cursor gives, with the times only of what is compared.
func readAll(_ file: BarStoreFile, _ series: Int) throws -> [Bar] {
  let columns = BarColumns()
  defer { columns.deallocate() }
  var cursor = StoreCursor(file, series: series)
  var bars: [Bar] = []
  while true {
    let count = try cursor.load(into: columns)
    guard count > 0 else { return bars }
    for index in 0..<count {
      let start = Timestamp(nanoseconds: columns.start(index))
      bars.append(
        Bar(
          start: start, end: start, open: columns.open(index), high: columns.high(index), low: columns.low(index),
          close: columns.close(index), volume: columns.volume(index), instrument: InstrumentID(0)))
    }
  }
}

@Suite struct `A bar store` {
  @Test(arguments: [1, 2, 511, 512, 513, 1024, 3000])
  func `gives back what was written, series by series`(_ count: Int) throws {
    let folder = try Folder()
    let path = folder.path("x.bars")
    let written = try write([("B", walk(count, seed: 1)), ("A", walk(7, seed: 2))], path)
    let file = try BarStoreFile(path: path)
    #expect(file.series == written)
    #expect(file.series.map(\.symbol) == ["A", "B"])
    #expect(file.series.map(\.barCount) == [7, count])
    #expect(file.series.allSatisfy { $0.barSeconds == 60 && $0.step == Quantity("0.01") && $0.currency == .usd })
    #expect(file.series[1].lastStart == walk(count, seed: 1).last!.start)
    #expect(try readAll(file, 0) == walk(7, seed: 2))
    #expect(try readAll(file, 1) == walk(count, seed: 1))
    var damage: [BarStoreError] = []
    #expect(file.verify { damage.append($0) } == 1 + (count + 511) / 512)
    #expect(damage == [])
    #expect(try folder.names == ["x.bars"])
  }

  @Test func `series may grow side by side, and the bars decide the hash`() throws {
    let folder = try Folder()
    let writer = try BarStoreWriter(path: folder.path("x.bars"))
    let (a, b) = (walk(2000, seed: 1), walk(2000, seed: 2))
    let places = ["A", "B"].map { writer.begin($0, barSeconds: 60, source: "") }
    for index in a.indices {
      try writer.append(a[index], to: places[0])
      try writer.append(b[index], to: places[1])
    }
    let together = try writer.commit()
    let apart = try write([("A", a), ("B", b)], folder.path("y.bars"))
    #expect(together.map(\.hash) == apart.map(\.hash))
    #expect(together[0].hash != together[1].hash)
    #expect(try readAll(BarStoreFile(path: folder.path("x.bars")), 1) == b)
  }

  @Test func `nothing is seen of a store that is not ended, and the old one stays`() throws {
    let folder = try Folder()
    let path = folder.path("x.bars")
    try write([("A", walk(10, seed: 1))], path)
    do {
      let writer = try BarStoreWriter(path: path)
      try writer.append(walk(1, seed: 9)[0], to: writer.begin("Z", barSeconds: 60, source: ""))
      #expect(try folder.names.count == 2)
      #expect(try BarStoreFile(path: path).series.map(\.symbol) == ["A"])
    }
    #expect(try folder.names == ["x.bars"])
    #expect(try BarStoreFile(path: path).series.map(\.symbol) == ["A"])
  }

  @Test func `bars that do not rise in time or cannot be are refused`() throws {
    let folder = try Folder()
    let writer = try BarStoreWriter(path: folder.path("x.bars"))
    let place = writer.begin("A", barSeconds: 60, source: "")
    let bars = walk(2, seed: 1)
    try writer.append(bars[1], to: place)
    #expect(throws: BarStoreError.self) { try writer.append(bars[1], to: place) }
    #expect(throws: BarStoreError.self) { try writer.append(bars[0], to: place) }
    var bad = walk(3, seed: 1)[2]
    bad.low = -1
    let error = #expect(throws: BarStoreError.self) { try writer.append(bad, to: place) }
    #expect(error?.code == .badBar)
  }

  @Test func `a place that cannot be written is named`() throws {
    let folder = try Folder()
    let error = #expect(throws: BarStoreError.self) { try BarStoreWriter(path: folder.path("none/x.bars")) }
    #expect(error?.code == .cannotCreate)
    #expect(error?.path == folder.path("none/x.bars"))
  }
}

@Suite struct `A damaged bar store` {
  /// Opening and verifying: what is wrong with these bytes, if anything.
  static func faults(_ bytes: [UInt8], _ folder: Folder) throws -> [BarStoreError] {
    let path = folder.path("damaged.bars")
    try Data(bytes).write(to: URL(filePath: path))
    do throws(BarStoreError) {
      var faults: [BarStoreError] = []
      _ = try BarStoreFile(path: path).verify { faults.append($0) }
      return faults
    } catch {
      return [error]
    }
  }

  @Test func `is noticed whatever byte has changed`() throws {
    let folder = try Folder()
    try write([("A", walk(600, seed: 1)), ("B", walk(3, seed: 2))], folder.path("x.bars"))
    let good = [UInt8](try Data(contentsOf: URL(filePath: folder.path("x.bars"))))
    #expect(try Self.faults(good, folder) == [])
    // Every byte of the header and the directory, and a sample of the blocks.
    for offset in good.indices where offset < 300 || offset > good.count - 500 || offset % 23 == 0 {
      var bytes = good
      bytes[offset] ^= UInt8(1 << (offset % 8))
      #expect(try !Self.faults(bytes, folder).isEmpty, "byte \(offset)")
    }
  }

  @Test func `is noticed wherever it was cut or continued`() throws {
    let folder = try Folder()
    try write([("A", walk(600, seed: 1))], folder.path("x.bars"))
    let good = [UInt8](try Data(contentsOf: URL(filePath: folder.path("x.bars"))))
    for length in Array(0..<200) + Array(stride(from: 200, to: good.count, by: 97)) + [good.count - 1] {
      let faults = try Self.faults(Array(good[..<length]), folder)
      #expect(faults.count == 1)
      #expect([.torn, .notAStore].contains(faults.first?.code), "\(length) \(faults)")
    }
    #expect(try Self.faults(good + [0], folder).map(\.code) == [.torn])
  }

  @Test func `names each damaged block with its bytes and time, and what it expected and found`() throws {
    let folder = try Folder()
    let path = folder.path("x.bars")
    try write([("A", walk(2000, seed: 1)), ("B", walk(600, seed: 2))], path)
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    bytes[StoreHeader.byteCount + 100] ^= 1
    let second = try BarStoreFile(path: path).series[0]
    let faults = try Self.faults(bytes, folder)
    #expect(faults.count == 1)
    let fault = try #require(faults.first)
    #expect(fault.code == .damaged)
    #expect(fault.part.hasPrefix("block 1 of 4 of A from \(second.firstStart), bytes 128..<"), "\(fault.part)")
    #expect(fault.expected.hasPrefix("checksum ") && fault.found.count == 8)
    #expect(fault.remedy == "import it again with --replace, or restore the file from a copy")
    // Reading refuses the block too, and only that one.
    try Data(bytes).write(to: URL(filePath: path))
    let file = try BarStoreFile(path: path)
    #expect(throws: BarStoreError.self) { try readAll(file, 0) }
    #expect(try readAll(file, 1) == walk(600, seed: 2))
  }

  @Test func `other files and other versions are told apart`() throws {
    let folder = try Folder()
    try write([("A", walk(3, seed: 1))], folder.path("x.bars"))
    let good = [UInt8](try Data(contentsOf: URL(filePath: folder.path("x.bars"))))
    #expect(try Self.faults(Array("timestamp,open\n".utf8) + good, folder).map(\.code) == [.notAStore])
    var mended = good
    mended.remove(at: 5)
    #expect(try Self.faults(mended, folder).first?.found == "bytes that a transfer as text has changed")
    var later = good
    later[8] = 2
    #expect(try Self.faults(later, folder).map(\.code) == [.otherVersion])
    #expect(throws: BarStoreError.self) { try BarStoreFile(path: folder.path("none.bars")) }
    #expect(throws: BarStoreError.self) { try BarStoreFile(path: folder.url.path) }
    #expect(BarStoreFile.isStore(folder.path("x.bars")))
    try Data(good).write(to: URL(filePath: folder.path("other.dat")))
    #expect(BarStoreFile.isStore(folder.path("other.dat")))
    try Data("a,b\n".utf8).write(to: URL(filePath: folder.path("y.csv")))
    #expect(!BarStoreFile.isStore(folder.path("y.csv")) && !BarStoreFile.isStore(folder.path("none")))
  }
}
