import MarketCalendar
import Runtime
import TradingTypes

/// All bars of the data that are used, in memory, each with the instants at which it opens and is known.
struct Timeline {
  /// Stamped, in order of start, then instrument, as a source gives them.
  let bars: ContiguousArray<Bar>
  /// When each bar's opening price is known.
  let opens: ContiguousArray<Timestamp>
  /// The instants at which bars end, each once, in order.
  let instants: ContiguousArray<Timestamp>

  /// Reads a source to its end; 80 bytes a bar. Blocks as the source does.
  ///
  /// - Parameter endBefore: bars that start at or after it are left out.
  init(
    _ source: any BarSource, instruments: [Instrument], calendars: [String: SessionCalendar], endBefore: Timestamp
  ) throws {
    var feed = MarketFeed(source, instruments: instruments, calendars: calendars, endBefore: endBefore)
    defer { feed.close() }
    var (bars, opens, ends) = (ContiguousArray<Bar>(), ContiguousArray<Timestamp>(), ContiguousArray<Timestamp>())
    var isSorted = true
    var waiting = UnsafeBufferPointer<Bar>(start: nil, count: 0)
    while let instant = try feed.next(&waiting) {
      guard instant.isOpen else {
        if ends.last != instant.time { ends.append(instant.time) }
        continue
      }
      for bar in waiting {
        // Daily bars open later than their names say, so others can open before them.
        if let last = bars.last, !Timeline.precedes(last, bar) { isSorted = false }
        bars.append(bar)
        opens.append(instant.time)
      }
    }
    if isSorted {
      (self.bars, self.opens) = (bars, opens)
    } else {
      let order = bars.indices.sorted { Timeline.precedes(bars[$0], bars[$1]) }
      self.bars = ContiguousArray(order.map { bars[$0] })
      self.opens = ContiguousArray(order.map { opens[$0] })
    }
    instants = ends
  }

  /// The order of a source.
  private static func precedes(_ a: Bar, _ b: Bar) -> Bool {
    a.start == b.start ? a.instrument < b.instrument : a.start < b.start
  }

  /// The bars as they are.
  var source: any BarSource { AlteredSource(self, nil) }

  /// The bars with everything that is not known yet at an instant altered.
  func source(_ alteration: Alteration) -> any BarSource { AlteredSource(self, alteration) }
}

/// What happens to the bars behind an instant.
struct Alteration {
  /// How the future is hidden.
  enum Kind: String {
    /// There is none.
    case cut
    /// Other prices and volumes, wild but possible, stand in its place.
    case poisoned
  }

  var kind: Kind
  /// The last instant that stays as it is.
  var at: Timestamp
  /// Chooses the prices.
  var seed: UInt64
}

/// Reads a timeline as it is, or altered behind an instant. A bar that has opened by then keeps its opening price, which
/// was known, and nothing else.
private final class AlteredSource: BarSource {
  private let timeline: Timeline
  private let alteration: Alteration?
  private var next = 0

  init(_ timeline: Timeline, _ alteration: Alteration?) {
    self.timeline = timeline
    self.alteration = alteration
  }

  func read(into buffer: UnsafeMutableBufferPointer<Bar>) -> Int {
    var count = 0
    while count < buffer.count, next < timeline.bars.count {
      if let bar = altered(next) {
        buffer[count] = bar
        count += 1
      }
      next += 1
    }
    return count
  }

  private func altered(_ index: Int) -> Bar? {
    let bar = timeline.bars[index]
    guard let alteration, bar.end > alteration.at else { return bar }
    let isOpen = timeline.opens[index] <= alteration.at
    switch alteration.kind {
    case .cut: return isOpen ? bar.reducedToOpen : nil
    case .poisoned:
      return bar.poisoned(keepsOpen: isOpen, Noise(seed: alteration.seed, place: UInt64(index)))
    }
  }
}

extension Bar {
  /// Only the opening price of the bar, as if nothing else had been traded.
  fileprivate var reducedToOpen: Bar {
    var bar = self
    (bar.high, bar.low, bar.close, bar.volume) = (open, open, open, 0)
    return bar
  }

  /// A possible bar with other prices, between a fifth and five times of what they were, and another volume.
  func poisoned(keepsOpen: Bool, _ noise: Noise) -> Bar {
    var bar = self
    let level = open * noise.factor(0, 5)
    // Prices beyond what an order can carry would be refused at the edge instead of being looked at.
    guard level > 1e-6, level < 1e8 else { return reducedToOpen }
    bar.open = keepsOpen ? open : level * noise.factor(1, 1.1)
    bar.close = level * noise.factor(2, 1.1)
    bar.high = max(bar.open, bar.close) * max(1, noise.factor(3, 1.1))
    bar.low = min(bar.open, bar.close) * min(1, noise.factor(4, 1.1))
    bar.volume = (volume + 1) * noise.factor(5, 50)
    return bar
  }
}
