import TradingCore
import TradingTypes

// A quiet market: no order, nothing to look after, nobody to ask. A bar then opens and ends at once, because nothing can
// happen between but a strategy's answer at its end.
extension Engine {
  /// Passes bars that come one at a time on until something happens or a bar needs a closer look. Means the same as doing
  /// each instant by itself; only the time it takes differs.
  mutating func runQuietBars() throws {
    guard let start = feed.nextStart, start >= decideFrom else { return }
    while core.isQuiet, var bars = feed.loneBars(endingBefore: schedule.wake) {
      let answered = offer(&bars)
      let taken = bars.taken
      guard let first = taken.first, let last = taken.last else { return }
      if firstTime == nil { firstTime = first.start }
      if firstBarStart == nil { firstBarStart = first.start }
      lastBarStart = last.start
      time = last.end
      decidedBarCount &+= UInt64(taken.count)
      feed.skip(taken.count)
      guard let answered else {
        try pass(taken)
        continue
      }
      try pass(UnsafeBufferPointer(rebasing: taken.dropLast()))
      try take(answered)
    }
  }

  /// Offers bars to the strategies until one has something to say; the bar that is about.
  @inline(__always)
  private func offer(_ bars: inout LoneBars) -> UnsafePointer<Bar>? {
    strategyCalls.withUnsafeBufferPointer { calls in
      while let bar = bars.take() {
        clock.now = bar.pointee.end
        var waits = false
        for call in calls where call(bar) == .waiting { waits = true }
        if waits { return bar }
      }
      return nil
    }
  }

  /// Bars of one instrument opened and ended, and nobody had anything to say.
  @inline(__always)
  private mutating func pass(_ bars: UnsafeBufferPointer<Bar>) throws {
    guard let base = bars.baseAddress, !bars.isEmpty else { return }
    // The venue gets to know the last one, not each.
    if teller.hasVenue { teller.keep(base + (bars.count - 1)) }
    if !marks.areWanted { return core.see(whole: bars) }
    if let line = core.equityLine(base.pointee.instrument) {
      core.see(whole: bars)
      return try marks.append(bars, on: line)
    }
    for place in bars.indices { try see(base + place) }
  }

  /// One bar opened and ended; the account is marked after it.
  private mutating func see(_ bar: UnsafePointer<Bar>) throws {
    core.see(whole: UnsafeBufferPointer(start: bar, count: 1))
    if marks.areWanted { try marks.append(core.mark(barStart: bar.pointee.start, time: bar.pointee.end)) }
  }

  /// Takes what the strategies raised about a bar, now that something may happen.
  @inline(never)
  private mutating func take(_ bar: UnsafePointer<Bar>) throws {
    core.see(whole: UnsafeBufferPointer(start: bar, count: 1))
    if teller.hasVenue { teller.keep(bar) }
    for index in strategies.indices { try takeSignals(index) }
    if !core.isQuiet { try endInstant() }
    if isDirty { try commit() }
    if marks.areWanted { try marks.append(core.mark(barStart: bar.pointee.start, time: time)) }
  }
}
