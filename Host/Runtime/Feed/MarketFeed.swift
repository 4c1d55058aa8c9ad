import MarketCalendar
import TradingTypes

/// Turns bars in order of start into instants in order of time: each bar opens at one and ends at another, as its
/// exchange's calendar says.
///
/// It holds as many bars as overlap in time, not the whole history. Bars of one start that open together and end together
/// before anything else begins, which most are, pass through without being sorted or copied.
public struct MarketFeed {
  private let source: any BarSource
  private let stamps: [BarStamp]
  /// The plain length of each instrument's bars, where they need no calendar.
  private let plainLengths: ContiguousArray<Int64>
  private let endBefore: Timestamp
  /// Bars as they were read; `next..<filled` are still to come.
  private var buffer: UnsafeMutableBufferPointer<Bar>
  private var next = 0
  private var filled = 0
  private var isExhausted = false
  /// Bars that wait for their time, where they overlap.
  private var heap = EventHeap()
  /// When each of the bars that were taken last opens.
  private var openings: ContiguousArray<Timestamp> = []
  /// The bars of an instant that was taken from the heap.
  private var gathered: UnsafeMutableBufferPointer<Bar>
  /// Bars of the buffer that have opened together and end together: whether there are such, where, and when.
  private var hasGroup = false
  private var groupFirst = 0
  private var groupCount = 0
  private var groupOpens = Timestamp.distantPast
  private var groupEnds = Timestamp.distantPast
  private var skips = SkipCounts()
  /// Bars that were not used, by reason.
  public var skipped: [FeedSkip: Int] { skips.byReason }

  /// Makes a feed over a source.
  ///
  /// - Parameters:
  ///   - endBefore: bars that start at or after it are left out.
  public init(
    _ source: any BarSource, instruments: [Instrument], calendars: [String: SessionCalendar], endBefore: Timestamp
  ) {
    self.source = source
    self.endBefore = endBefore
    stamps = instruments.map { BarStamp($0, calendars: calendars) }
    plainLengths = ContiguousArray(stamps.map(\.plainLength))
    buffer = .allocate(capacity: max(1024, 2 * instruments.count + 2))
    gathered = .allocate(capacity: max(64, 2 * instruments.count))
  }

  /// Frees the buffers; call it once, when the feed is no longer used.
  public func close() {
    buffer.deallocate()
    gathered.deallocate()
  }

  /// Finds the next instant; `nil` at the end of the data.
  ///
  /// - Parameter bars: set to the instant's bars, stamped, in order of instrument; valid until the next call, which wants
  ///   it back as it was.
  @inline(__always)
  public mutating func next(_ bars: inout UnsafeBufferPointer<Bar>) throws -> Instant? {
    if hasGroup {
      // The same bars as at their open.
      hasGroup = false
      return Instant(time: groupEnds, isOpen: false)
    }
    return try begin(&bars)
  }

  private mutating func begin(_ bars: inout UnsafeBufferPointer<Bar>) throws -> Instant? {
    while heap.isEmpty {
      guard let opens = takeSingle() else {
        guard try take() else { return nil }
        guard hasGroup else { continue }
        return openGroup(&bars, at: groupOpens)
      }
      return openGroup(&bars, at: opens)
    }
    return try gather(&bars)
  }

  @inline(__always)
  private func openGroup(_ bars: inout UnsafeBufferPointer<Bar>, at time: Timestamp) -> Instant {
    bars = UnsafeBufferPointer(start: buffer.baseAddress.map { $0 + groupFirst }, count: groupCount)
    return Instant(time: time, isOpen: true)
  }

  /// When the next bar starts, if it was read already.
  var nextStart: Timestamp? { next < filled ? buffer[next].start : nil }

  /// The next bars that are known to be alone, if the next one may be: those that end before an instant.
  @inline(__always)
  func loneBars(endingBefore instant: Timestamp = .distantFuture) -> LoneBars? {
    guard next &+ 1 < filled, !hasGroup, heap.isEmpty else { return nil }
    let length = plainLengths[Int(buffer[next].instrument.index)]
    guard length > 0 else { return nil }
    let limit = min(endBefore, Timestamp(nanoseconds: instant.nanoseconds &- length))
    return LoneBars(UnsafeMutableBufferPointer(rebasing: buffer[next..<filled]), length: length, startingBefore: limit)
  }

  /// Takes bars of ``loneBars(endingBefore:)`` out of those that are to come.
  @inline(__always)
  mutating func skip(_ count: Int) { next &+= count }

  /// Takes the next bar as a group if it is alone; answers when it opens.
  @inline(__always)
  private mutating func takeSingle() -> Timestamp? {
    guard var bars = loneBars(), let bar = bars.take() else { return nil }
    (hasGroup, groupFirst, groupCount, groupEnds) = (true, next, 1, bar.pointee.end)
    next &+= 1
    return bar.pointee.start
  }

  /// Takes the bars of the next start from the buffer: as a group, or into the heap. `false` at the end of the data.
  private mutating func take() throws -> Bool {
    guard let end = try endOfStart() else { return false }
    let first = next
    next = end
    var place = first
    var uniform: (opens: Timestamp, ends: Timestamp)?
    var isUniform = true
    openings.removeAll(keepingCapacity: true)
    for index in first..<end {
      guard let opens = stamp(index) else { continue }
      if place != index { buffer[place] = buffer[index] }
      let ends = buffer[place].end
      if let uniform, uniform.opens != opens || uniform.ends != ends { isUniform = false }
      if uniform == nil { uniform = (opens, ends) }
      openings.append(opens)
      place += 1
    }
    guard let uniform else { return true }
    if isUniform, heap.isEmpty, next == filled || buffer[next].start >= uniform.ends {
      (hasGroup, groupFirst, groupCount) = (true, first, place - first)
      (groupOpens, groupEnds) = uniform
    } else {
      for (index, opens) in zip(first..<place, openings) { queue(buffer[index], opens: opens) }
    }
    return true
  }

  /// The place after the last bar of the next start; reads on until that is known. `nil` at the end of the data.
  private mutating func endOfStart() throws -> Int? {
    var end = next
    while true {
      if end == filled {
        guard try fill() else { return filled > next ? filled : nil }
        end = next
        continue
      }
      if buffer[end].start != buffer[next].start { return end }
      end += 1
    }
  }

  /// Reads more bars behind those that are still to come; `false` when there are none.
  private mutating func fill() throws -> Bool {
    guard !isExhausted else { return false }
    let rest = filled - next
    if next > 0, rest > 0 { buffer.baseAddress?.update(from: buffer.baseAddress! + next, count: rest) }
    (next, filled) = (0, rest)
    precondition(rest < buffer.count, "more bars of one start than instruments")
    var count: Int
    repeat {
      count = try source.read(into: UnsafeMutableBufferPointer(rebasing: buffer[rest...]))
    } while areAllAfterEnd(count, from: rest)
    filled += count
    isExhausted = count == 0
    return count > 0
  }

  /// Whether bars that were read all lie behind the end, as everything does that follows them; then they are counted.
  private mutating func areAllAfterEnd(_ count: Int, from place: Int) -> Bool {
    guard count > 0, buffer[place].start >= endBefore else { return false }
    skips.add(.afterEnd, count)
    return true
  }

  /// Sets a bar's end and flags; answers when it opens, `nil` when it is not used.
  @inline(__always)
  private mutating func stamp(_ index: Int) -> Timestamp? {
    guard buffer[index].start < endBefore else {
      skips.add(.afterEnd)
      return nil
    }
    let instrument = Int(buffer[index].instrument.index)
    let length = plainLengths[instrument]
    if length > 0 {
      buffer[index].end = Timestamp(nanoseconds: buffer[index].start.nanoseconds &+ length)
      buffer[index].flags = []
      return buffer[index].start
    }
    switch stamps[instrument].stamp(&buffer[index]) {
    case .success(let opens): return opens
    case .failure(let reason):
      skips.add(reason)
      return nil
    }
  }

  private mutating func queue(_ bar: Bar, opens: Timestamp) {
    heap.push(QueuedBar(time: opens, isOpen: true, bar: bar))
    heap.push(QueuedBar(time: bar.end, isOpen: false, bar: bar))
  }

  /// Collects the events of the heap's first instant, once nothing that is still unread can come before it.
  private mutating func gather(_ bars: inout UnsafeBufferPointer<Bar>) throws -> Instant? {
    try readAhead()
    guard let first = heap.first else { return nil }
    let instant = Instant(time: first.time, isOpen: first.isOpen)
    var count = 0
    while let event = heap.first, event.time == instant.time, event.isOpen == instant.isOpen {
      if count == gathered.count { growGathered() }
      _ = heap.popFirst()
      gathered.initializeElement(at: count, to: event.bar)
      count += 1
      try readAhead()
    }
    bars = UnsafeBufferPointer(rebasing: gathered[..<count])
    return instant
  }

  private mutating func growGathered() {
    let larger = UnsafeMutableBufferPointer<Bar>.allocate(capacity: gathered.count * 2)
    _ = larger.moveInitialize(fromContentsOf: gathered)
    gathered.deallocate()
    gathered = larger
  }

  private mutating func readAhead() throws {
    while let end = try endOfStart(), let first = heap.first {
      let start = buffer[next].start
      if first.time < start || (first.time == start && !first.isOpen) { return }
      let range = next..<end
      next = end
      for index in range {
        if let opens = stamp(index) { queue(buffer[index], opens: opens) }
      }
    }
  }
}
