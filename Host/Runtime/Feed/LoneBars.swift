import TradingTypes

/// Bars of one instrument that need no calendar, each alone at its start and over before the next one begins: handed out
/// one after the other, stamped, for as long as that holds.
struct LoneBars {
  private let first: UnsafeMutablePointer<Bar>
  private var next: UnsafeMutablePointer<Bar>
  /// A bar is known to be alone only when the one after it is there.
  private let last: UnsafeMutablePointer<Bar>
  private let instrument: InstrumentID
  private let length: Int64
  /// Only bars that start before it are handed out.
  private let limit: Timestamp

  /// - Parameters:
  ///   - bars: in order of time; they are changed.
  ///   - length: how long each of the first one's instrument is, nanoseconds.
  init(_ bars: UnsafeMutableBufferPointer<Bar>, length: Int64, startingBefore limit: Timestamp) {
    let base = bars.baseAddress!
    (first, next, last) = (base, base, base + (bars.count - 1))
    instrument = base.pointee.instrument
    self.length = length
    self.limit = limit
  }

  /// The next bar, with its end; `nil` when none is left or it is not alone.
  @inline(__always)
  mutating func take() -> UnsafePointer<Bar>? {
    guard next < last else { return nil }
    let start = next.pointee.start
    let end = Timestamp(nanoseconds: start.nanoseconds &+ length)
    guard next[1].start >= end, start < limit, next.pointee.instrument == instrument else { return nil }
    next.pointee.end = end
    next.pointee.flags = []
    defer { next += 1 }
    return UnsafePointer(next)
  }

  /// What was handed out so far.
  var taken: UnsafeBufferPointer<Bar> { UnsafeBufferPointer(start: first, count: next - first) }
}
