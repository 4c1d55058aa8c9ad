import BarStore
import TradingTypes

/// The bars of one stored series, one after the other.
struct StoredBars: ~Copyable {
  private var cursor: StoreCursor
  private let columns = BarColumns()
  private var index = 0
  private var count = 0

  init(_ file: BarStoreFile, series: Int) { cursor = StoreCursor(file, series: series) }

  deinit { columns.deallocate() }

  /// The next bar, without end and instrument; `nil` at the end.
  mutating func next() throws(BarStoreError) -> Bar? {
    if index == count {
      count = try cursor.load(into: columns)
      index = 0
      guard count > 0 else { return nil }
    }
    defer { index += 1 }
    let start = Timestamp(nanoseconds: columns.start(index))
    return Bar(
      start: start, end: start, open: columns.open(index), high: columns.high(index), low: columns.low(index),
      close: columns.close(index), volume: columns.volume(index), instrument: InstrumentID(0))
  }
}

/// A series in a store.
struct SeriesPlace {
  var file: BarStoreFile
  var index: Int

  var series: StoredSeries { file.series[index] }
  func bars() -> StoredBars { StoredBars(file, series: index) }
}

/// How the bars of a series that is imported stand to those that are stored.
struct SeriesComparison {
  /// Bars that are not stored yet.
  var added = 0
  /// Stored bars that are not imported.
  var kept = 0
  /// Whether all that is added is later than all that is stored.
  var isAppended = true
  /// Stored bars that differ from the imported ones of the same time, and the first of them.
  var conflicts = 0
  var firstConflict: (stored: Bar, imported: Bar)?

  init(stored: SeriesPlace, imported: SeriesPlace) throws(BarStoreError) {
    let lastStored = stored.series.lastStart
    try SeriesComparison.walk(stored, imported) { (old: Bar?, new: Bar?) throws(BarStoreError) in
      switch (old, new) {
      case (let old?, let new?):
        guard !SeriesComparison.isSame(old, new) else { return }
        conflicts += 1
        if firstConflict == nil { firstConflict = (old, new) }
      case (nil, let new?):
        added += 1
        if new.start < lastStored { isAppended = false }
      default: kept += 1
      }
    }
  }

  /// Gives the bars of both by rising time; those of one time together.
  static func walk(
    _ stored: SeriesPlace, _ imported: SeriesPlace, _ body: (Bar?, Bar?) throws(BarStoreError) -> Void
  ) throws(BarStoreError) {
    var olds = stored.bars()
    var news = imported.bars()
    var old = try olds.next()
    var new = try news.next()
    while old != nil || new != nil {
      let oldStart = old?.start ?? .distantFuture
      let newStart = new?.start ?? .distantFuture
      let takesOld = old != nil && oldStart <= newStart
      let takesNew = new != nil && newStart <= oldStart
      try body(takesOld ? old : nil, takesNew ? new : nil)
      if takesOld { old = try olds.next() }
      if takesNew { new = try news.next() }
    }
  }

  private static func isSame(_ a: Bar, _ b: Bar) -> Bool {
    a.open == b.open && a.high == b.high && a.low == b.low && a.close == b.close && a.volume == b.volume
  }
}
