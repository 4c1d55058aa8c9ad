import TradingCore
import TradingTypes

/// Tells a simulated venue of the market; where the venue allows, only of what can matter to its orders.
struct VenueTeller: ~Copyable {
  /// Whether there is one; without, nothing here may be called but ``catchUp(_:)``.
  let hasVenue: Bool
  private let openCall: BarCall
  private let barCall: BarCall
  private let isSparing: Bool
  private let clock: RoadClock
  /// What was kept back, by instrument.
  private let kept: UnsafeMutablePointer<Kept>
  private let count: Int

  /// The last prices of an instrument that the venue was not told of.
  private struct Kept {
    /// Bars by what of them is known: that it ended, or that it opened.
    var ended: Bar
    var opened: Bar
    var openedAt: Timestamp
    var hasEnded = false
    var hasOpened = false
  }

  init(_ venue: (any SimulatedVenue)?, instruments: Int, clock: RoadClock) {
    hasVenue = venue != nil
    openCall = venue?.openCall ?? BarCall(clock) { _, _ in 0 }
    barCall = venue?.barCall ?? BarCall(clock) { _, _ in 0 }
    isSparing = venue.map { !$0.needsEveryPrice } ?? false
    self.clock = clock
    count = instruments
    kept = .allocate(capacity: max(count, 1))
    let nothing = Bar(
      start: .distantPast, end: .distantPast, open: 0, high: 0, low: 0, close: 0, volume: 0, instrument: .init(0))
    kept.initialize(repeating: Kept(ended: nothing, opened: nothing, openedAt: .distantPast), count: count)
  }

  deinit { kept.deallocate() }

  /// A bar opens.
  ///
  /// - Parameter matters: whether an order of its instrument is at the venue.
  @inline(__always)
  func open(_ bar: UnsafePointer<Bar>, at time: Timestamp, matters: Bool) -> BarCall.Answer {
    guard isSparing, !matters else { return openCall(bar) }
    let memory = kept + Int(bar.pointee.instrument.index)
    memory.pointee.opened = bar.pointee
    memory.pointee.openedAt = time
    memory.pointee.hasOpened = true
    return .nothing
  }

  /// A bar opened and ended while no order of its instrument worked.
  @inline(__always)
  func keep(_ bar: UnsafePointer<Bar>) {
    let memory = kept + Int(bar.pointee.instrument.index)
    memory.pointee.ended = bar.pointee
    memory.pointee.hasEnded = true
    memory.pointee.hasOpened = false
  }

  /// A bar ends.
  @inline(__always)
  func end(_ bar: UnsafePointer<Bar>, matters: Bool) -> BarCall.Answer {
    guard isSparing, !matters else { return barCall(bar) }
    keep(bar)
    return .nothing
  }

  /// Tells what was kept back of an instrument, before an order for it is placed. It has no order there, so nothing can be
  /// reported; whatever is, waits to be taken.
  mutating func catchUp(_ instrument: InstrumentID) -> BarCall.Answer {
    guard isSparing else { return .nothing }
    let memory = kept + Int(instrument.index)
    var answer = BarCall.Answer.nothing
    if memory.pointee.hasEnded { answer = max(answer, withUnsafePointer(to: memory.pointee.ended) { barCall($0) }) }
    if memory.pointee.hasOpened {
      let now = clock.now
      clock.now = memory.pointee.openedAt
      answer = max(answer, withUnsafePointer(to: memory.pointee.opened) { openCall($0) })
      clock.now = now
    }
    memory.pointee.hasEnded = false
    memory.pointee.hasOpened = false
    return answer
  }
}
