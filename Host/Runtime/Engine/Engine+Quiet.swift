import TradingCore
import TradingTypes

// A quiet market: no order, nothing to look after, nobody to ask. A bar then opens and ends at once, because nothing can
// happen between but a strategy's answer at its end.
extension Engine {
  /// Passes single bars on until something happens or a bar needs a closer look. Means the same as doing each instant by
  /// itself; only the time it takes differs.
  mutating func runQuietBars() throws {
    guard let first = feed.peekSingle(), first.pointee.start >= decideFrom else { return }
    if firstTime == nil { firstTime = first.pointee.start }
    if firstBarStart == nil { firstBarStart = first.pointee.start }
    while core.isQuiet, let bar = feed.peekSingle(), !schedule.isDue(by: bar.pointee.end) {
      feed.skipSingle()
      try runQuiet(bar)
    }
  }

  @inline(__always)
  private mutating func runQuiet(_ bar: UnsafePointer<Bar>) throws {
    time = bar.pointee.end
    clock.now = time
    core.see(whole: bar)
    if teller.hasVenue { teller.keep(bar) }
    for index in strategyCalls.indices where strategyCalls[index](bar) == .waiting { try takeSignals(index) }
    if !core.isQuiet { try endInstant() }
    if isDirty { try commit() }
    lastBarStart = bar.pointee.start
    decidedBarCount &+= 1
    if marks.areWanted { try marks.append(core.mark(barStart: bar.pointee.start, time: time)) }
  }
}
