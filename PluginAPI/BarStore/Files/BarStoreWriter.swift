import Glibc
import Hashing
import TradingTypes

/// Writes a bar store: into a new file beside the old one, which takes its place when all is on the disk.
///
/// Nothing is seen of it before ``commit()``, and nothing is left of it without. Several series may grow side by side. Not
/// for several threads at once.
public final class BarStoreWriter {
  /// Where the store will be.
  public let path: String
  private let file: TemporaryFile
  private var series: [GrowingSeries] = []
  private let packed = UnsafeMutableRawPointer.allocate(byteCount: BlockBuilder.largest, alignment: 64)

  /// Begins a store; blocks on the disk.
  public init(path: String) throws(BarStoreError) {
    self.path = path
    file = try TemporaryFile(beside: path)
    try file.write([UInt8](repeating: 0, count: StoreHeader.byteCount))
  }

  deinit { packed.deallocate() }

  /// Begins a series, of which ``append`` is given the place. Its symbol is not among the others.
  public func begin(
    _ symbol: String, barSeconds: Int32, step: Quantity? = nil, currency: Currency? = nil, source: String
  ) -> Int {
    series.append(
      GrowingSeries(symbol: symbol, barSeconds: barSeconds, step: step, currency: currency, source: source))
    return series.count - 1
  }

  /// Appends a bar to a series; its end and instrument are not kept. Throws when it cannot be a bar, is not later than
  /// the one before, or the disk fails.
  @inline(__always)
  public func append(_ bar: Bar, to index: Int) throws(BarStoreError) {
    let one = series[index]
    guard bar.start.nanoseconds > one.lastStart || one.barCount == 0, bar.isPlausible else {
      throw refusal(bar, one)
    }
    one.append(bar)
    if one.builder.isFull { try seal(one) }
  }

  /// Ends the store: it takes its place on the disk whole, and is there after a power cut. Answers its series.
  public func commit() throws(BarStoreError) -> [StoredSeries] {
    for one in series where one.builder.count > 0 { try seal(one) }
    let finished = series.filter { $0.barCount > 0 }
      .sorted { $0.symbol.utf8.lexicographicallyPrecedes($1.symbol.utf8) }
      .map { (series: $0.finish(), blocks: $0.blocks) }
    let directory = StoreDirectory.bytes(finished)
    var header = StoreHeader()
    header.directoryOffset = UInt64(file.length)
    header.directoryLength = UInt64(directory.count)
    header.fileLength = header.directoryOffset + header.directoryLength
    header.seriesCount = UInt32(finished.count)
    header.blockCount = finished.reduce(0) { $0 + UInt64($1.blocks.count) }
    header.barCount = finished.reduce(0) { $0 + UInt64($1.series.barCount) }
    header.directoryHash = BLAKE2b.hash(directory).bytes
    try file.write(directory)
    try file.overwriteStart(header.bytes)
    try file.moveIntoPlace()
    return finished.map(\.series)
  }

  private func seal(_ one: GrowingSeries) throws(BarStoreError) {
    let offset = UInt64(file.length)
    let firstStart = one.builder.start(0)
    let block = one.builder.seal(at: packed)
    one.hasher.update(block)
    try file.write(block)
    one.blocks.append(
      StoredBlock(
        offset: offset, length: UInt32(block.count), checksum: checksum(block), firstStart: firstStart))
  }

  @inline(never)
  private func refusal(_ bar: Bar, _ one: GrowingSeries) -> BarStoreError {
    let isLate = one.barCount > 0 && bar.start.nanoseconds <= one.lastStart
    return BarStoreError(
      .badBar, path, part: "series \(one.symbol)",
      expected: isLate
        ? "a bar after \(Timestamp(nanoseconds: one.lastStart))" : "prices above zero within low and high",
      found: isLate ? "\(bar.start)" : "others at \(bar.start)", remedy: "correct the source of the bars")
  }
}

/// A series that is being written.
final class GrowingSeries {
  let symbol: String
  private let barSeconds: Int32
  private let step: Quantity?
  private let currency: Currency?
  private let source: String
  var builder = BlockBuilder()
  var hasher = BLAKE2b()
  var blocks: [StoredBlock] = []
  private(set) var barCount = 0
  private var firstStart: Int64 = 0
  private(set) var lastStart: Int64 = 0
  private var lastClose = 0.0
  private var gaps: GapInspector?
  private var splits: [SeriesNotice] = []
  private var splitCount: Int64 = 0

  init(symbol: String, barSeconds: Int32, step: Quantity?, currency: Currency?, source: String) {
    self.symbol = symbol
    self.barSeconds = barSeconds
    self.step = step
    self.currency = currency
    self.source = source
  }

  @inline(__always) func append(_ bar: Bar) {
    builder.append(
      start: bar.start.nanoseconds, open: bar.open, high: bar.high, low: bar.low, close: bar.close, volume: bar.volume)
    if barCount == 0 {
      firstStart = bar.start.nanoseconds
      gaps = GapInspector(barSeconds: barSeconds, first: firstStart)
    } else {
      gaps!.add(bar.start.nanoseconds)
      if bar.open < lastClose * 0.69 || lastClose < bar.open * 0.69 { noteJump(bar) }
    }
    lastStart = bar.start.nanoseconds
    lastClose = bar.close
    barCount += 1
  }

  /// Notes a jump that looks like a split, between two days.
  @inline(never) private func noteJump(_ bar: Bar) {
    let before = Timestamp(nanoseconds: lastStart)
    guard SplitRatio(close: lastClose, open: bar.open) != nil, CivilDate(utc: before) != CivilDate(utc: bar.start)
    else {
      return
    }
    splitCount += 1
    guard splits.count < StoredSeries.noticeLimit else { return }
    splits.append(SeriesNotice(.split, before: before, after: bar.start, close: lastClose, open: bar.open))
  }

  /// What the directory says of it.
  func finish() -> StoredSeries {
    var hasher = BLAKE2b()
    swap(&hasher, &self.hasher)
    var totals = NoticeTotals()
    totals.splits = splitCount
    var notices = splits
    if var gaps {
      let report = gaps.finish()
      totals.gaps = report.places
      totals.missing = report.missing
      totals.rule = report.rule
      notices += report.stored
    }
    return StoredSeries(
      symbol: symbol, barSeconds: barSeconds, barCount: barCount, firstStart: Timestamp(nanoseconds: firstStart),
      lastStart: Timestamp(nanoseconds: lastStart), step: step, currency: currency, hash: hasher.finalize(),
      source: source, notices: notices, totals: totals)
  }
}
