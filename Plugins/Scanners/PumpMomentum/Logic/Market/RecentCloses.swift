/// The closes of the last hour by slot, with the last close carried over slots without a bar.
///
/// A slot is one bar size long. Slots are counted from the session's open, around the clock from 1970.
struct RecentCloses {
  private var ring: [Double]
  private let mask: Int
  /// The slot of the last bar.
  private(set) var last = -1

  /// Makes a ring that reaches back one hour and the slot before it.
  init(slotsInHour: Int) {
    var size = 1
    while size < slotsInHour + 1 { size *= 2 }
    ring = Array(repeating: .nan, count: size)
    mask = size - 1
  }

  /// Begins anew before slot `first`: until a bar comes, the price is this one.
  mutating func restart(at first: Int, price: Double) {
    for place in ring.indices { ring[place] = price }
    last = first - 1
  }

  mutating func add(slot: Int, close: Double) {
    let carried = ring[last & mask]
    for missing in stride(from: max(last + 1, slot - mask), to: slot, by: 1) { ring[missing & mask] = carried }
    ring[slot & mask] = close
    last = slot
  }

  /// The close of the last bar that ended so many slots before the end of the last bar; at most an hour.
  @inline(__always) func price(slotsAgo: Int) -> Double { ring[(last - slotsAgo) & mask] }

  /// The highest of the price so many slots ago and the closes since; none when that price is unknown.
  func highest(slotsAgo: Int) -> Double {
    var highest = price(slotsAgo: slotsAgo)
    for slots in 0..<slotsAgo {
      let close = price(slotsAgo: slots)
      if close > highest { highest = close }
    }
    return highest
  }
}
