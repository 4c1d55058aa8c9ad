/// The volume of today and the 20 sessions before, as running sums by slot since the open.
///
/// A window's volume is the difference of two sums: exact for whole shares, and exactly zero where nothing traded.
struct SessionProfile {
  private let stride: Int
  private var sums: [Double] = []
  /// Slots summed so far, by row.
  private var filled: [Int] = []
  /// Slots of the session, by row.
  private var lengths: [Int] = []
  private var today = 0

  /// Makes a profile for sessions of at most so many slots.
  init(slots: Int) { stride = slots + 1 }

  mutating func restart(row: Int, slots: Int) {
    if sums.isEmpty {
      sums = Array(repeating: 0, count: SessionHistory.rows * stride)
      filled = Array(repeating: 0, count: SessionHistory.rows)
      lengths = filled
    }
    today = row
    filled[row] = 0
    lengths[row] = slots
  }

  mutating func add(slot: Int, volume: Double) {
    let base = today * stride
    let slot = min(slot, stride - 2)
    let total = sums[base + filled[today]]
    for empty in Swift.stride(from: filled[today] + 1, through: slot, by: 1) { sums[base + empty] = total }
    sums[base + slot + 1] = total + volume
    filled[today] = slot + 1
  }

  /// Slots from the open to the end of the last bar.
  var slots: Int { filled[today] }

  /// Today's volume in the last slots, not reaching before the open.
  func volume(last count: Int) -> Double { volume(row: today, from: max(0, slots - count), to: slots) }

  /// The volume of another session in the same slots; `nil` where it had closed before the window ends.
  func sameWindow(row: Int, last count: Int) -> Double? {
    covers(row: row) ? volume(row: row, from: max(0, slots - count), to: slots) : nil
  }

  /// Whether a session lasted at least until the end of the present window.
  func covers(row: Int) -> Bool { slots <= lengths[row] }

  private func volume(row: Int, from: Int, to: Int) -> Double {
    let base = row * stride
    return sums[base + min(to, filled[row])] - sums[base + min(from, filled[row])]
  }
}
