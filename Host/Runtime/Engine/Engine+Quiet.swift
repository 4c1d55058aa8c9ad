import TradingCore
import TradingTypes

// A quiet market: no order, nothing to look after, nobody to ask. A bar then opens and ends at once, because nothing can
// happen between but a strategy's answer at its end.
extension Engine {
  /// Passes single bars on until something happens or a bar needs a closer look. Means the same as doing each instant by
  /// itself; only the time it takes differs.
  mutating func runQuietBars() throws {
    while core.isQuiet, let bar = feed.peekSingle(), bar.pointee.start >= decideFrom,
      !schedule.isDue(by: bar.pointee.end)
    {
      feed.skipSingle()
      try runQuiet(bar)
    }
  }

  @inline(__always)
  private mutating func runQuiet(_ bar: UnsafePointer<Bar>) throws {
    if firstTime == nil { firstTime = bar.pointee.start }
    time = bar.pointee.end
    clock.now = time
    core.see(whole: bar)
    if teller.hasVenue { teller.keep(bar) }
    for index in strategyCalls.indices where strategyCalls[index](bar) == .waiting {
      let id = StrategyID(UInt16(index))
      try strategies[index].takeSignals { try feed($0, from: id) }
    }
    if !core.isQuiet { try endInstant() }
    if isDirty { try commit() }
    try mark(UnsafeBufferPointer(start: bar, count: 1))
  }
}
