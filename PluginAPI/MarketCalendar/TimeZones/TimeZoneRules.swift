import TradingTypes

/// What the wall clocks of one zone show at every instant: an immutable value, no files and no clock behind it.
public struct TimeZoneRules: Hashable, Sendable, CustomStringConvertible {
  /// The IANA name, such as `America/New_York`.
  public let name: String
  /// Seconds since the epoch at which the offset changes, ascending.
  let changes: [Int64]
  /// Seconds east of UTC from each change on.
  let offsets: [Int32]
  /// Seconds east of UTC before the first change.
  let initialOffset: Int32
  /// What goes on after the last change; `nil` when nothing changes any more.
  let rule: YearlyRule?

  /// Makes a zone from its changes.
  ///
  /// `changes` are seconds since the epoch and the offset (seconds east of UTC) from then on; `initialOffset` holds
  /// before the first; `rule` takes over after the last. `nil` when the changes do not ascend.
  public init?(
    name: String, initialOffset: Int32, changes: [(at: Int64, offset: Int32)] = [], rule: YearlyRule? = nil
  ) {
    for (earlier, later) in zip(changes, changes.dropFirst()) where earlier.at >= later.at { return nil }
    self.init(unchecked: name, initialOffset: initialOffset, changes: changes, rule: rule)
  }

  init(
    unchecked name: String, initialOffset: Int32, changes: [(at: Int64, offset: Int32)] = [], rule: YearlyRule? = nil
  ) {
    self.name = name
    self.initialOffset = initialOffset
    self.changes = changes.map(\.at)
    self.offsets = changes.map(\.offset)
    self.rule = rule
  }

  /// The name.
  public var description: String { name }

  /// Seconds east of UTC at an instant. O(log n) in the number of changes.
  public func offset(at instant: Timestamp) -> Int { Int(period(containing: instant.seconds).offset) }

  /// The date and time on the wall at an instant, to the second, rounded down.
  public func local(at instant: Timestamp) -> LocalTime {
    let seconds = instant.seconds
    let wall = seconds + Int64(period(containing: seconds).offset)
    let ofDay = ((wall % 86_400) + 86_400) % 86_400
    return LocalTime(
      CivilDate(daysSinceEpoch: Int32((wall - ofDay) / 86_400)), TimeOfDay(unchecked: Int32(ofDay)))
  }

  /// The date on the wall at an instant.
  public func date(at instant: Timestamp) -> CivilDate { local(at: instant).date }

  /// The instants at which the wall clock shows a date and time: one, none (a gap) or two (an overlap).
  public func resolve(_ date: CivilDate, _ time: TimeOfDay) -> LocalResolution {
    let wall = LocalTime(date, time).wallSeconds
    var period = period(containing: wall - TimeZoneRules.largestOffset)
    if wall + TimeZoneRules.largestOffset < period.end { return .unique(instant(wall, period)) }
    var found: Period?
    var resumesAt = period.end
    while true {
      let seconds = wall - Int64(period.offset)
      if seconds >= period.start, seconds < period.end {
        if let first = found { return .overlap(first: instant(wall, first), second: instant(wall, period)) }
        found = period
      }
      guard period.end <= wall + TimeZoneRules.largestOffset else { break }
      let next = self.period(containing: period.end)
      if seconds >= period.end, wall - Int64(next.offset) < period.end { resumesAt = period.end }
      period = next
    }
    guard let found else { return .gap(resumesAt: Timestamp(nanoseconds: 0).adding(seconds: resumesAt)) }
    return .unique(instant(wall, found))
  }

  /// No offset is larger: the widest that POSIX can write is 24:59:59, and its changes may lie on the next day.
  private static let largestOffset: Int64 = 26 * 3600

  private func instant(_ wall: Int64, _ period: Period) -> Timestamp {
    Timestamp(nanoseconds: 0).adding(seconds: wall - Int64(period.offset))
  }
}

extension TimeZoneRules {
  /// A stretch of time with one offset, in seconds since the epoch, without its end.
  struct Period {
    var start: Int64
    var end: Int64
    var offset: Int32
  }

  func period(containing seconds: Int64) -> Period {
    guard let last = changes.last else { return ruled(seconds, from: .min, offset: initialOffset) }
    guard seconds < last else { return ruled(seconds, from: last, offset: offsets[offsets.count - 1]) }
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return Period(
      start: low == 0 ? .min : changes[low - 1], end: changes[low], offset: low == 0 ? initialOffset : offsets[low - 1])
  }

  /// The stretch after the last listed change, where the yearly rule holds.
  private func ruled(_ seconds: Int64, from lower: Int64, offset: Int32) -> Period {
    var period = Period(start: lower, end: .max, offset: offset)
    guard let rule else { return period }
    if lower == .min { period.offset = rule.standardOffset }
    let year = CivilDate(utc: Timestamp(nanoseconds: 0).adding(seconds: seconds)).parts.year
    for candidate in (year - 1...year + 1).flatMap(rule.changes(in:)) where candidate.at > lower {
      guard candidate.at <= seconds else {
        period.end = candidate.at
        break
      }
      period.start = candidate.at
      period.offset = candidate.offset
    }
    return period
  }
}
