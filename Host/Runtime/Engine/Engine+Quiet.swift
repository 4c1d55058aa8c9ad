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
    // The venue gets to know the last bar of an instrument, not each; one with an answer it has got to know before that.
    var untold: UnsafePointer<Bar>?
    while core.isQuiet, let bar = feed.peekSingle(), !schedule.isDue(by: bar.pointee.end) {
      feed.skipSingle()
      if let untold, untold.pointee.instrument != bar.pointee.instrument { keepForVenue(untold) }
      untold = try runQuiet(bar) ? nil : bar
    }
    if let untold { keepForVenue(untold) }
  }

  @inline(__always)
  private func keepForVenue(_ bar: UnsafePointer<Bar>) {
    if teller.hasVenue { teller.keep(bar) }
  }

  /// Answers whether a strategy had something to say.
  @inline(__always)
  private mutating func runQuiet(_ bar: UnsafePointer<Bar>) throws -> Bool {
    time = bar.pointee.end
    clock.now = time
    var waits = false
    for index in strategyCalls.indices where strategyCalls[index](bar) == .waiting { waits = true }
    let equity = waits ? try answerQuietBar(bar) : core.pass(bar)
    lastBarStart = bar.pointee.start
    decidedBarCount &+= 1
    if marks.areWanted {
      try marks.append(AccountMark(barStart: bar.pointee.start, time: time, equity: equity))
    }
    return waits
  }

  /// Takes what the strategies raised, now that something may happen; answers the equity after it.
  @inline(never)
  private mutating func answerQuietBar(_ bar: UnsafePointer<Bar>) throws -> (nanos: Int64?, isInvested: Bool) {
    core.see(whole: bar)
    keepForVenue(bar)
    for index in strategies.indices { try takeSignals(index) }
    if !core.isQuiet { try endInstant() }
    if isDirty { try commit() }
    return core.equityMark()
  }
}
