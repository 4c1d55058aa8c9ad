import BarStore
import Hashing
import PluginSDK
import TradingTypes

/// A series of a bar store.
struct StoredSource {
  var file: BarStoreFile
  /// Its place among the series of the file.
  var index: Int
  var series: StoredSeries
}

/// One symbol's bars, checked and packed.
struct LoadedSeries {
  /// Where the packed bars lie.
  enum Blocks {
    case packed([BlockStore.Place])
    case stored(BarStoreFile, series: Int)
  }

  var series: Series
  var blocks: Blocks
  var hash: [UInt8]

  init(series: Series, blocks: Blocks, hash: [UInt8]) {
    self.series = series
    self.blocks = blocks
    self.hash = hash
  }

  init(_ source: StoredSource) {
    let stored = source.series
    series = Series(
      symbol: stored.symbol, barSeconds: stored.barSeconds, firstStart: stored.firstStart, lastStart: stored.lastStart,
      barCount: stored.barCount, step: stored.step, currency: stored.currency)
    blocks = .stored(source.file, series: source.index)
    hash = stored.hash.bytes
  }
}

extension Loader {
  /// The series with bars, in ascending order of symbol, with the size of their bars.
  func series() -> [LoadedSeries] {
    let states = table.states.filter { $0.pointee.count > 0 }
    // A lone bar has no distance to a neighbour; it takes the smallest that its companions have.
    let usual = states.filter { !$0.pointee.isDaily }.map { $0.pointee.smallestGap }.min() ?? .max
    let read = states.compactMap { state -> LoadedSeries? in
      let file = files[state.pointee.file]
      log.begin(file.name)
      guard let seconds = barSeconds(state.pointee, usual) else { return nil }
      noteGaps(state.pointee, seconds)
      return LoadedSeries(
        series: Series(
          symbol: state.pointee.symbol, barSeconds: seconds,
          firstStart: Timestamp(nanoseconds: state.pointee.firstStart),
          lastStart: Timestamp(nanoseconds: state.pointee.lastStart), barCount: state.pointee.count, step: file.step,
          currency: file.currency),
        blocks: .packed(state.pointee.blocks), hash: state.pointee.finish())
    }
    return (read + stored.map { LoadedSeries($0) })
      .sorted { $0.series.symbol.utf8.lexicographicallyPrecedes($1.series.symbol.utf8) }
  }

  /// The size of a series' bars: a day when each is named by a date, else the smallest distance; `nil`: it was refused.
  private func barSeconds(_ state: borrowing SeriesState, _ usual: Int64) -> Int32? {
    let day: Int64 = 86_400_000_000_000
    if let stated = settings.barSeconds {
      guard stated != 86_400 || state.isDaily else {
        log.refuse(
          .barSize,
          "expected dates without a clock time for bar_seconds 86400, found clock times in \(state.symbol); "
            + "state the size of its bars")
        return nil
      }
      return Int32(stated)
    }
    if state.isDaily { return 86_400 }
    let gap = state.count > 1 ? state.smallestGap : usual == .max ? 60_000_000_000 : usual
    guard gap >= 1_000_000_000 else {
      log.refuse(
        .barSize,
        "expected bars at least a second apart, found two of \(state.symbol) within \(gap) ns; these look like single "
          + "trades, aggregate them to bars first")
      return nil
    }
    guard gap < day - 3_600_000_000_000 else {
      log.refuse(
        .barSize,
        "expected daily bars named by their date at 00:00 UTC, found clock times in \(state.symbol) whose bars are a day "
          + "or more apart; write YYYY-MM-DD, or state bar_seconds")
      return nil
    }
    return Int32(gap / 1_000_000_000)
  }

  /// A time as messages show it.
  static func shown(_ nanoseconds: Int64) -> String { Timestamp(nanoseconds: nanoseconds).description }
}

extension [LoadedSeries] {
  /// 32 bytes that change whenever any bar changes: they depend on the bars, not on how their text was written.
  func fingerprint() -> [UInt8] {
    var hasher = BLAKE2b()
    for loaded in self {
      // Its length in front keeps a symbol from running into what follows.
      hasher.update("\(loaded.series.symbol.utf8.count) \(loaded.series.symbol) ")
      hasher.update("\(loaded.series.barCount) \(loaded.series.barSeconds) ")
      hasher.update(loaded.hash)
    }
    return hasher.finalize().bytes
  }
}
