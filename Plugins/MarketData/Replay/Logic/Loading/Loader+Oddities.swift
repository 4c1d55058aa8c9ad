import BarStore
import TradingTypes

extension Loader {
  /// Tells where bars of a series are missing, once the size of its bars is known.
  func noteGaps(_ state: borrowing SeriesState, _ barSeconds: Int32) {
    guard !log.isRefused, !state.isWithoutGaps(Int64(barSeconds) * 1_000_000_000) else { return }
    let columns = BarColumns()
    defer { columns.deallocate() }
    var inspector = GapInspector(barSeconds: barSeconds, first: state.firstStart)
    for place in state.blocks {
      guard let block = store.read(place, scratch: packed),
        let count = BlockReader.unpack(UnsafeRawBufferPointer(start: block, count: Int(place.length)), into: columns)
      else {
        return log.refuse(.unreadable, "expected packed bars in the temporary file, found that it cannot be read")
      }
      for index in 0..<count where columns.start(index) > state.firstStart { inspector.add(columns.start(index)) }
    }
    tell(inspector.finish(), of: state.symbol, barSeconds)
  }

  /// Tells what was noticed when a series was stored.
  func tell(_ series: StoredSeries) {
    let splits = series.notices.filter { $0.kind == .split }
    for split in splits { log.odd(.possibleSplit, settings.splits) { split.splitText(series.symbol) } }
    if series.totals.splits > splits.count {
      log.skipFile(
        .moreFaults,
        "\(series.totals.splits - Int64(splits.count)) more of \(series.symbol) are not listed: possible_split "
          + "\(series.totals.splits - Int64(splits.count))")
    }
    tell(GapReport(series), of: series.symbol, series.barSeconds)
  }

  private func tell(_ gaps: GapReport, of symbol: String, _ barSeconds: Int32) {
    guard gaps.missing > 0 else { return }
    log.odd(.possibleGap, settings.gaps) { gaps.text(symbol, barSeconds: barSeconds) }
  }
}
