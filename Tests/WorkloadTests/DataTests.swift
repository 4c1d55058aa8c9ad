import Foundation
import Testing
import TradingTypes
import Workload

/// The numbers of a file of 48-byte records: start in nanoseconds, then five doubles.
private func records(_ file: WorkloadFile, rows: Int) -> [(start: Int64, values: [Double])] {
  var data: [UInt8] = []
  file.write(rows: rows) { data += $0 }
  return data.withUnsafeBytes { bytes in
    (0..<bytes.count / 48).map { row in
      let start = bytes.loadUnaligned(fromByteOffset: row * 48, as: Int64.self)
      return (start, (1...5).map { bytes.loadUnaligned(fromByteOffset: row * 48 + $0 * 8, as: Double.self) })
    }
  }
}

@Suite struct `The data of the workload` {
  @Test func `has the same minute bars in memory as in its file`() {
    let bars = WorkloadData.minuteBars(1000)
    let rows = records(.minuteRecords, rows: 1000)
    #expect(bars.count == 1000 && rows.count == 1000)
    for (bar, row) in zip(bars, rows) {
      #expect(bar.start.nanoseconds == row.start)
      #expect([bar.open, bar.high, bar.low, bar.close, bar.volume] == row.values)
      #expect(bar.end == bar.start.adding(seconds: 60) && bar.instrument == InstrumentID(0) && bar.flags == [])
      #expect(bar.isPlausible)
    }
    #expect(bars[0].start == Timestamp(rfc3339: "2020-01-01T00:00:00Z"))
  }

  @Test func `has the same days in columns as in its files`() {
    let columns = DailyColumns.generated(symbols: 2)
    #expect(columns.symbols == 2 && columns.days == 2772 && columns.closes.count == 2 * 2772)
    let history = records(.dayRecords, rows: 2 * 2520)
    let live = records(.liveRecords, rows: 2 * 252)
    for symbol in 0..<2 {
      for day in 0..<2772 {
        let row = day < 2520 ? history[symbol * 2520 + day] : live[symbol * 252 + day - 2520]
        let index = day * 2 + symbol
        #expect(
          [columns.highs[index], columns.lows[index], columns.closes[index], columns.volumes[index]]
            == Array(row.values[1...]))
        #expect(row.start == (1_388_534_400 + 86_400 * Int64(day)) * 1_000_000_000)
      }
    }
  }
}

@Suite struct `Reading the workload's files` {
  /// A folder of its own, removed when the value goes.
  final class Folder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)").path
    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  @Test func `says which file is missing`() throws {
    let folder = try Folder()
    let error = #expect(throws: WorkloadFileError.self) { try WorkloadFile.readMinuteBars(folder: folder.path) }
    #expect(error?.file == .minuteRecords && error?.path == "\(folder.path)/w1.bin")
    #expect(error?.fault == .unreadable(ENOENT))
  }

  @Test func `refuses a file of another size`() throws {
    let folder = try Folder()
    try Data(count: 96).write(to: URL(fileURLWithPath: "\(folder.path)/w2.bin"))
    let error = #expect(throws: WorkloadFileError.self) { try WorkloadFile.readDailyColumns(folder: folder.path) }
    #expect(error?.file == .dayRecords && error?.fault == .wrongSize(96))
  }

  @Test(.enabled(if: isOptimised, "needs an optimised build")) func `gives what is generated`() throws {
    let folder = try Folder()
    for file in [WorkloadFile.minuteRecords, .dayRecords, .liveRecords] {
      var data = Data()
      file.write { data.append(contentsOf: $0) }
      try data.write(to: URL(fileURLWithPath: "\(folder.path)/\(file.rawValue)"))
    }
    #expect(try WorkloadFile.readMinuteBars(folder: folder.path) == WorkloadData.minuteBars())
    let (read, generated) = (try WorkloadFile.readDailyColumns(folder: folder.path), DailyColumns.generated())
    #expect(read.highs == generated.highs && read.lows == generated.lows)
    #expect(read.closes == generated.closes && read.volumes == generated.volumes)
  }
}
