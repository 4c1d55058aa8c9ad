import Hashing
import TradingTypes

/// A series in a file, and which of the file's blocks are its own.
struct DirectoryEntry {
  var series: StoredSeries
  var blocks: Range<Int>
}

/// The end of a store file: the table of all blocks, then what is known of each series, in ascending order of symbol.
enum StoreDirectory {
  /// Writes the table of blocks and the series, each with the blocks of its own.
  static func bytes(_ series: [(series: StoredSeries, blocks: [StoredBlock])]) -> [UInt8] {
    var out = ByteWriter()
    for block in series.lazy.flatMap(\.blocks) {
      out.put(block.offset)
      out.put(block.length)
      out.put(block.checksum)
      out.put(block.firstStart)
    }
    for (one, blocks) in series { put(one, UInt64(blocks.count), into: &out) }
    return out.bytes
  }

  private static func put(_ series: StoredSeries, _ blockCount: UInt64, into out: inout ByteWriter) {
    out.put(text: series.symbol)
    out.put(text: series.currency?.description ?? "")
    out.put(text: series.source)
    out.put(series.barSeconds)
    out.put(UInt64(series.barCount))
    out.put(blockCount)
    out.put(series.firstStart.nanoseconds)
    out.put(series.lastStart.nanoseconds)
    out.put(series.step?.nanos ?? 0)
    out.put(series.hash.bytes)
    out.put(series.totals.splits)
    out.put(series.totals.gaps)
    out.put(series.totals.missing)
    out.put(UInt32(GapRule.allCases.firstIndex(of: series.totals.rule) ?? 0))
    out.put(UInt32(series.notices.count))
    for notice in series.notices {
      out.put(notice.kind.rawValue)
      out.put(notice.before.nanoseconds)
      out.put(notice.after.nanoseconds)
      out.put(notice.close.bitPattern)
      out.put(notice.open.bitPattern)
      out.put(notice.count)
    }
  }

  /// Reads the series; the table of blocks has been looked at by ``block(_:in:)``. `nil`: these bytes are no directory.
  static func entries(_ directory: UnsafeRawBufferPointer, _ header: StoreHeader) -> [DirectoryEntry]? {
    let blockCount = Int(header.blockCount)
    var reader = ByteReader(directory, at: blockCount * StoredBlock.byteCount)
    var entries: [DirectoryEntry] = []
    var firstBlock = 0
    for _ in 0..<header.seriesCount {
      guard let (series, blocks) = series(&reader), blocks <= blockCount - firstBlock else { return nil }
      if let last = entries.last?.series.symbol, !last.utf8.lexicographicallyPrecedes(series.symbol.utf8) { return nil }
      entries.append(DirectoryEntry(series: series, blocks: firstBlock..<firstBlock + blocks))
      firstBlock += blocks
    }
    let bars = entries.reduce(0) { $0 + $1.series.barCount }
    guard reader.isAtEnd, firstBlock == blockCount, UInt64(bars) == header.barCount else { return nil }
    for index in 0..<blockCount {
      let block = block(index, in: directory)
      let (end, overflow) = block.offset.addingReportingOverflow(UInt64(block.length))
      guard !overflow, block.offset >= UInt64(StoreHeader.byteCount), block.offset % 8 == 0,
        end <= header.directoryOffset
      else { return nil }
    }
    return entries
  }

  /// One entry of the table of blocks.
  static func block(_ index: Int, in directory: UnsafeRawBufferPointer) -> StoredBlock {
    var reader = ByteReader(directory, at: index * StoredBlock.byteCount)
    return StoredBlock(
      offset: reader.get(UInt64.self), length: reader.get(UInt32.self), checksum: reader.get(UInt32.self),
      firstStart: reader.get(Int64.self))
  }

  private static func series(_ reader: inout ByteReader) -> (StoredSeries, blocks: Int)? {
    guard let symbol = reader.getText(), let currency = reader.getText(), let source = reader.getText() else {
      return nil
    }
    let barSeconds = reader.get(Int32.self)
    let bars = reader.get(UInt64.self)
    let blocks = reader.get(UInt64.self)
    let first = reader.get(Int64.self)
    let last = reader.get(Int64.self)
    let step = reader.get(Int64.self)
    guard let hash = Digest(bytes: reader.get(count: Digest.byteCount)) else { return nil }
    var totals = NoticeTotals()
    totals.splits = reader.get(Int64.self)
    totals.gaps = reader.get(Int64.self)
    totals.missing = reader.get(Int64.self)
    let rule = reader.get(UInt32.self)
    guard rule < GapRule.allCases.count, let notices = notices(&reader) else { return nil }
    totals.rule = GapRule.allCases[Int(rule)]
    let capacity = UInt64(BarColumns.capacity)
    guard !symbol.isEmpty, (1...86_400).contains(barSeconds), bars > 0, bars <= 1 << 40, first <= last, step >= 0,
      blocks == (bars + capacity - 1) / capacity, currency.isEmpty || Currency(currency) != nil, !reader.isPastEnd
    else { return nil }
    let series = StoredSeries(
      symbol: symbol, barSeconds: barSeconds, barCount: Int(bars), firstStart: Timestamp(nanoseconds: first),
      lastStart: Timestamp(nanoseconds: last), step: step == 0 ? nil : Quantity(nanos: step),
      currency: Currency(currency), hash: hash, source: source, notices: notices, totals: totals)
    return (series, Int(blocks))
  }

  private static func notices(_ reader: inout ByteReader) -> [SeriesNotice]? {
    let count = reader.get(UInt32.self)
    guard count <= StoredSeries.noticeLimit * SeriesNotice.Kind.allCases.count else { return nil }
    var notices: [SeriesNotice] = []
    for _ in 0..<count {
      guard let kind = SeriesNotice.Kind(rawValue: reader.get(UInt32.self)) else { return nil }
      notices.append(
        SeriesNotice(
          kind, before: Timestamp(nanoseconds: reader.get(Int64.self)),
          after: Timestamp(nanoseconds: reader.get(Int64.self)), close: Double(bitPattern: reader.get(UInt64.self)),
          open: Double(bitPattern: reader.get(UInt64.self)), count: reader.get(Int64.self)))
    }
    return notices
  }
}
