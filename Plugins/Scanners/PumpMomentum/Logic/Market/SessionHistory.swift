/// What is kept of a session that is over.
struct SessionSummary: Hashable, Sendable {
  /// Its place in the calendar.
  var index = Int.min
  var high = 0.0
  var low = 0.0
  var close = 0.0
  var volume = 0.0
  /// Sum of typical price times volume, in the quote currency.
  var tradedValue = 0.0
  /// Whether it may serve as a baseline: every session does, but the first of the history only if its first bar is the
  /// session's first.
  var isPresent = false
}

/// What the last sessions before today say about the usual range and turnover.
struct DailyFigures: Hashable, Sendable {
  /// How many sessions are in the means.
  var count = 0
  /// Plain mean of the true ranges.
  var atr = Double.nan
  /// The mean true range as a fraction of the last of the closes.
  var atrShare = Double.nan
  /// Mean volume a session.
  var volume = Double.nan
  /// Mean traded value a session.
  var tradedValue = Double.nan
}

/// The last sessions that are over, in a ring by calendar index.
struct SessionHistory {
  /// How many calendar sessions before today are looked at for volume.
  static let baselineSpan = 20
  /// How many calendar sessions before today are looked at for the range.
  static let rangeSpan = 14
  /// Places in the ring: the baseline sessions and today.
  static let rows = baselineSpan + 1

  private var ring: [SessionSummary] = []
  /// Close of the last session with a bar; not a number before there is one.
  private(set) var lastClose = Double.nan

  /// The place of a session in this ring and in every table that goes with it.
  static func row(of index: Int) -> Int {
    let rest = index % rows
    return rest < 0 ? rest + rows : rest
  }

  /// The summary of a session; `nil` when it had no bar or is forgotten.
  func summary(of index: Int) -> SessionSummary? {
    guard !ring.isEmpty else { return nil }
    let summary = ring[SessionHistory.row(of: index)]
    return summary.index == index ? summary : nil
  }

  /// Takes a session that is over.
  mutating func append(_ summary: SessionSummary) {
    if ring.isEmpty { ring = Array(repeating: SessionSummary(), count: SessionHistory.rows) }
    ring[SessionHistory.row(of: summary.index)] = summary
    lastClose = summary.close
  }

  /// The means over the present ones of the last 14 calendar sessions before today.
  func figures(before today: Int) -> DailyFigures {
    var figures = DailyFigures()
    var (ranges, volumes, values, close) = (0.0, 0.0, 0.0, Double.nan)
    for index in today - SessionHistory.rangeSpan..<today {
      guard let session = summary(of: index), session.isPresent else { continue }
      figures.count += 1
      ranges += trueRange(session)
      volumes += session.volume
      values += session.tradedValue
      close = session.close
    }
    guard figures.count > 0 else { return figures }
    let count = Double(figures.count)
    figures.atr = ranges / count
    figures.atrShare = figures.atr / close
    figures.volume = volumes / count
    figures.tradedValue = values / count
    return figures
  }

  /// High minus low, widened to the close of the session before; not widened where that one has no bar.
  private func trueRange(_ session: SessionSummary) -> Double {
    let range = session.high - session.low
    guard let before = summary(of: session.index - 1)?.close else { return range }
    return max(range, (session.high - before).magnitude, (session.low - before).magnitude)
  }
}
