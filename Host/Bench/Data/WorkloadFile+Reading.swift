import Glibc
import TradingTypes

extension WorkloadFile {
  /// Reads w1's records from a folder as the bars of ``WorkloadData/minuteBars(_:)``. Blocks on the disk.
  public static func readMinuteBars(folder: String) throws(WorkloadFileError) -> [Bar] {
    let records = try Records(.minuteRecords, folder: folder)
    return [Bar](unsafeUninitializedCapacity: records.count) { bars, initialized in
      for index in 0..<records.count {
        let start = Timestamp(nanoseconds: records.start(index))
        bars.initializeElement(
          at: index,
          to: Bar(
            start: start, end: start.adding(seconds: WorkloadData.minuteStep), open: records.number(index, 1),
            high: records.number(index, 2), low: records.number(index, 3), close: records.number(index, 4),
            volume: records.number(index, 5), instrument: InstrumentID(0)))
      }
      initialized = records.count
    }
  }

  /// Reads w2's and w3's records from a folder as ``DailyColumns/generated(symbols:days:)`` makes them.
  ///
  /// Blocks on the disk.
  public static func readDailyColumns(folder: String) throws(WorkloadFileError) -> DailyColumns {
    let (history, live) = (WorkloadData.historyDays, WorkloadData.liveDays)
    var columns = DailyColumns(symbols: WorkloadData.symbols, days: history + live)
    for (file, first, days) in [(dayRecords, 0, history), (liveRecords, history, live)] {
      let records = try Records(file, folder: folder)
      for symbol in 0..<WorkloadData.symbols {
        for day in 0..<days {
          let index = symbol * days + day
          columns.set(
            symbol: symbol, day: first + day, high: records.number(index, 2), low: records.number(index, 3),
            close: records.number(index, 4), volume: records.number(index, 5))
        }
      }
    }
    return columns
  }
}

extension WorkloadFile {
  /// The path of this file in a folder, if one of the right size can be read there.
  public func path(in folder: String) throws(WorkloadFileError) -> String {
    let path = "\(folder)/\(rawValue)"
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw WorkloadFileError(file: self, path: path, fault: .unreadable(errno)) }
    defer { close(descriptor) }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size == mustGive.bytes else { throw WorkloadFileError(file: self, path: path, fault: .wrongSize(size)) }
    return path
  }
}

/// A file of 48-byte records, mapped into memory: a start in nanoseconds, then open, high, low, close and volume.
private struct Records: ~Copyable {
  let count: Int
  private let bytes: UnsafeRawBufferPointer
  private static let size = 48

  init(_ file: WorkloadFile, folder: String) throws(WorkloadFileError) {
    let path = try file.path(in: folder)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw WorkloadFileError(file: file, path: path, fault: .unreadable(errno)) }
    defer { close(descriptor) }
    let size = file.mustGive.bytes
    guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw WorkloadFileError(file: file, path: path, fault: .unreadable(errno))
    }
    bytes = UnsafeRawBufferPointer(start: start, count: size)
    count = size / Records.size
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }

  func start(_ record: Int) -> Int64 {
    Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: record * Records.size, as: Int64.self))
  }

  func number(_ record: Int, _ place: Int) -> Double {
    let bits = bytes.loadUnaligned(fromByteOffset: record * Records.size + place * 8, as: UInt64.self)
    return Double(bitPattern: UInt64(littleEndian: bits))
  }
}
