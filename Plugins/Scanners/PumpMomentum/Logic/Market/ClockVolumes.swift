import Glibc

/// The volume of a market that never closes: of the last hour by slot, of the last 20 days by clock hour, and its
/// exponential average as it stood an hour ago.
struct ClockVolumes {
  private let slotsInHour: Int
  private let mask: Int
  private var ring: [Double]
  private var hours: [Double] = []
  private var today = 0
  /// The first slot of today.
  private var midnight = 0
  /// The slot of the last bar.
  private var last = 0
  private var average: SlotAverage

  init(slotsInHour: Int) {
    self.slotsInHour = slotsInHour
    var size = 1
    while size < slotsInHour + 1 { size *= 2 }
    ring = Array(repeating: 0, count: size)
    mask = size - 1
    average = SlotAverage(period: 12 * slotsInHour)
  }

  mutating func restart(row: Int, at slot: Int) {
    if hours.isEmpty { hours = Array(repeating: 0, count: SessionHistory.rows * 24) }
    today = row
    midnight = slot
    for hour in 0..<24 { hours[row * 24 + hour] = 0 }
  }

  mutating func add(slot: Int, volume: Double) {
    if average.isEmpty {
      average.begin(at: slot)
      last = slot - 1
    }
    average.advance(to: slot - slotsInHour + 1, through: ring, mask: mask, last: last)
    for empty in stride(from: max(last + 1, slot - mask), to: slot, by: 1) { ring[empty & mask] = 0 }
    ring[slot & mask] = volume
    last = slot
    hours[today * 24 + hour] += volume
  }

  /// The clock hour that holds the last bar.
  private var hour: Int { (last - midnight) / slotsInHour }

  /// The volume of the last slots, across midnight too.
  func volume(last count: Int) -> Double {
    var sum = 0.0
    for slot in stride(from: last - count + 1, through: last, by: 1) { sum += ring[slot & mask] }
    return sum
  }

  /// The volume of the last bar's clock hour on another day, scaled to a window.
  func sameHour(row: Int, last count: Int) -> Double {
    hours[row * 24 + hour] * Double(count) / Double(slotsInHour)
  }

  /// The average volume a slot as it stood so many slots before the end of the last bar; not a number until seeded.
  func average(slotsAgo: Int) -> Double {
    var average = average
    average.advance(to: last - slotsAgo + 1, through: ring, mask: mask, last: last)
    return average.value
  }
}

/// An exponential average of volume a slot, seeded with the mean of its first period; empty slots count as zero.
struct SlotAverage {
  private let period: Int
  private let weight: Double
  /// The first slot that is not in it.
  private(set) var next = Int.max
  private var count = 0
  private var sum = 0.0
  private var current = Double.nan

  init(period: Int) {
    self.period = period
    weight = 2 / Double(period + 1)
  }

  var isEmpty: Bool { next == .max }
  /// The average; not a number until the first period is over.
  var value: Double { current }

  mutating func begin(at slot: Int) { next = slot }

  /// Adds the slots before one: those up to the last in a ring of volumes one by one, the empty ones after it at once.
  @inline(__always)
  mutating func advance(to end: Int, through ring: [Double], mask: Int, last: Int) {
    while next < end, next <= last { add(ring[next & mask]) }
    if next < end { addEmpty(end - next) }
  }

  @inline(__always)
  mutating func add(_ volume: Double) {
    next += 1
    guard count == period else {
      count += 1
      sum += volume
      if count == period { current = sum / Double(period) }
      return
    }
    current += weight * (volume - current)
  }

  /// Adds a run of slots without volume.
  mutating func addEmpty(_ slots: Int) {
    let seeding = min(slots, period - count)
    for _ in 0..<seeding { add(0) }
    guard slots > seeding else { return }
    next += slots - seeding
    current *= pow(1 - weight, Double(slots - seeding))
  }
}
