import Indicators

/// The scan of w2: six indicators of every cell, then the ranking of the last day.
///
/// The symbols are cut into as many neighbouring parts as there are threads; a part goes through its days in order.
public struct PanelScan: ~Copyable {
  private let columns: DailyColumns
  private let days: Int
  private let parts: UnsafeMutableBufferPointer<ScanPart>
  private var ranking: ScanRanking
  /// The last day's numbers, a symbol each, brought together for the ranking.
  private var means: [Double]
  private var strengths: [Double]

  /// Makes a scan, with the memory for all of its values.
  ///
  /// - Parameters:
  ///   - columns: bars of at least `days` days.
  ///   - days: how many days are scanned; at least 1.
  ///   - threads: how many threads work; at least 1.
  public init(_ columns: DailyColumns, days: Int, threads: Int) {
    precondition(days > 0 && days <= columns.days && threads > 0, "a scan needs days that are there, and a thread")
    self.columns = columns
    self.days = days
    let count = min(threads, max(columns.symbols, 1))
    parts = .allocate(capacity: count)
    for number in 0..<count {
      let range = columns.symbols * number / count..<columns.symbols * (number + 1) / count
      (parts.baseAddress! + number).initialize(to: ScanPart(range, rows: days))
    }
    ranking = ScanRanking(capacity: columns.symbols)
    means = [Double](repeating: .nan, count: columns.symbols)
    strengths = means
  }

  deinit {
    parts.baseAddress!.deinitialize(count: parts.count)
    parts.deallocate()
  }

  /// How many threads work.
  public var threads: Int { parts.count }

  /// Scans all days from the first one, and ranks. Blocks until all is stored.
  public mutating func run() {
    let (columns, days) = (columns, days)
    // Each thread reaches its own part only, and all have ended when the call returns.
    nonisolated(unsafe) let parts = parts
    runInParallel(parts.count) { number in
      parts[number].restart()
      for day in 0..<days { parts[number].update(columns, day: day, row: day) }
    }
    for number in parts.indices {
      for (place, symbol) in parts[number].range.enumerated() {
        means[symbol] = parts[number].table[.sma200, row: days - 1, place]
        strengths[symbol] = parts[number].table[.rsi2, row: days - 1, place]
      }
    }
    let (means, strengths) = (means, strengths)
    let last = (days - 1) * columns.symbols..<days * columns.symbols
    ranking.rank(closes: columns.closes.span.extracting(last), sma200: means.span, rsi2: strengths.span)
  }

  /// What the last run came to.
  public var figures: ScanFigures {
    var figures = ScanFigures()
    for number in parts.indices { figures.add(parts[number].table, rows: 0..<days) }
    figures.take(ranking)
    return figures
  }
}
