import TradingCore
import TradingTypes

/// Gathers marks of the account and hands them on many at a time.
struct AccountMarks: ~Copyable {
  private let observer: (any AccountObserver)?
  private let marks: UnsafeMutablePointer<AccountMark>
  private var count = 0
  /// Whether anybody looks.
  let areWanted: Bool
  /// How many are handed on at once: they stay in the processor's cache.
  private static let capacity = 512

  init(_ observer: (any AccountObserver)?) {
    self.observer = observer
    areWanted = observer != nil
    marks = .allocate(capacity: AccountMarks.capacity)
  }

  deinit { marks.deallocate() }

  /// Takes a mark; throws what the observer throws.
  @inline(__always)
  mutating func append(_ mark: AccountMark) throws {
    (marks + count).initialize(to: mark)
    count &+= 1
    if count == AccountMarks.capacity { try handOut() }
  }

  /// Takes a mark for each of the bars of one instrument.
  @inline(__always)
  mutating func append(_ bars: UnsafeBufferPointer<Bar>, on line: EquityLine) throws {
    var place = 0
    while place < bars.count {
      let end = min(bars.count, place &+ (AccountMarks.capacity &- count))
      while place < end {
        let bar = bars.baseAddress.unsafelyUnwrapped + place
        (marks + count).initialize(
          to: AccountMark(
            barStart: bar.pointee.start, time: bar.pointee.end,
            equity: (line.nanos(at: bar.pointee.close), line.isInvested)))
        place &+= 1
        count &+= 1
      }
      if count == AccountMarks.capacity { try handOut() }
    }
  }

  /// Hands on what was gathered.
  mutating func handOut() throws {
    guard let observer, count > 0 else { return }
    try observer.take(UnsafeBufferPointer(start: marks, count: count))
    count = 0
  }
}
