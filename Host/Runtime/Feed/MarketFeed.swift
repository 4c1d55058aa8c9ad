import MarketCalendar
import TradingTypes

/// Turns bars in order of start into instants in order of time: each bar opens at one and ends at another, as its
/// exchange's calendar says.
///
/// It holds as many bars as overlap in time, not the whole history.
public struct MarketFeed {
  private let source: any BarSource
  private let schedules: [Schedule]
  private let endBefore: Timestamp
  private var heap = EventHeap()
  private var buffer: UnsafeMutableBufferPointer<Bar>
  private var filled = 0
  private var next = 0
  private var isExhausted = false
  /// Bars that were not used, by reason.
  public private(set) var skipped: [FeedSkip: Int] = [:]
  /// Bars handed out.
  public private(set) var barCount: UInt64 = 0

  /// How an instrument's bars lie in time.
  private struct Schedule {
    var calendar: SessionCalendar?
    var isDaily: Bool
    /// Sessions are UTC days.
    var isAroundTheClock: Bool
    var seconds: Int64
  }

  /// Makes a feed over a source.
  ///
  /// - Parameters:
  ///   - endBefore: bars that start at or after it are left out.
  public init(
    _ source: any BarSource, instruments: [Instrument], calendars: [String: SessionCalendar], endBefore: Timestamp
  ) {
    self.source = source
    self.endBefore = endBefore
    schedules = instruments.map {
      Schedule(
        calendar: $0.market == .equity ? calendars[$0.exchange] : nil, isDaily: $0.isDaily,
        isAroundTheClock: $0.market == .crypto, seconds: Int64($0.barSeconds))
    }
    buffer = .allocate(capacity: 4096)
  }

  /// Frees the read buffer; call it once, when the feed is no longer used.
  public func close() { buffer.deallocate() }

  /// Collects the events of the next instant; `nil` at the end of the data.
  public mutating func next(into events: inout ContiguousArray<MarketEvent>) throws -> Instant? {
    events.removeAll(keepingCapacity: true)
    try fill()
    guard let first = heap.first else { return nil }
    let instant = Instant(time: first.time, isOpen: first.isOpen)
    while let event = heap.first, event.time == instant.time, event.isOpen == instant.isOpen {
      _ = heap.popFirst()
      if event.isOpen {
        events.append(
          .open(event.bar.instrument, event.time, price: event.bar.open, isSessionFirst: event.edges.isFirst))
      } else {
        barCount += 1
        events.append(.bar(event.bar, event.edges))
      }
      try fill()
    }
    return instant
  }

  /// Reads until nothing that is still unread can come before the heap's first event.
  private mutating func fill() throws {
    while !isExhausted {
      if next == filled {
        filled = try source.read(into: buffer)
        next = 0
        if filled == 0 {
          isExhausted = true
          return
        }
      }
      let bar = buffer[next]
      if let first = heap.first, first.time < bar.start || (first.time == bar.start && !first.isOpen) { return }
      next += 1
      queue(bar)
    }
  }

  private mutating func queue(_ bar: Bar) {
    guard bar.start < endBefore else { return skip(.afterEnd) }
    let schedule = schedules[Int(bar.instrument.index)]
    var bar = bar
    var opens = bar.start
    bar.end = bar.start.adding(seconds: schedule.seconds)
    var edges = SessionEdges()
    if let calendar = schedule.calendar {
      if schedule.isDaily {
        guard let session = calendar.session(on: CivilDate(utc: bar.start)) else { return skip(.noSession) }
        (opens, bar.end, edges) = (session.open, session.close, SessionEdges(isFirst: true, isLast: true))
      } else {
        guard let session = calendar.session(containing: bar.start), bar.end <= session.close else {
          return skip(.outsideSession)
        }
        edges = SessionEdges(isFirst: bar.start == session.open, isLast: bar.end == session.close)
      }
    }
    if schedule.isAroundTheClock {
      edges = SessionEdges(
        isFirst: CivilDate(utc: bar.start).midnightUTC == bar.start,
        isLast: CivilDate(utc: bar.end).midnightUTC == bar.end)
    }
    heap.push(QueuedEvent(time: opens, isOpen: true, edges: edges, bar: bar))
    heap.push(QueuedEvent(time: bar.end, isOpen: false, edges: edges, bar: bar))
  }

  private mutating func skip(_ reason: FeedSkip) { skipped[reason, default: 0] += 1 }
}
