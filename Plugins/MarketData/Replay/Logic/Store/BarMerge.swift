import BarStore
import PluginSDK
import TradingTypes

/// All series in one order: by start, then by instrument.
///
/// A tree of losers (D. E. Knuth, The Art of Computer Programming 3, 5.4.1): each bar costs one comparison a level.
final class BarMerge {
  private static let window = 1 << 20
  private let store: BlockStore
  private let scratch = UnsafeMutableRawPointer.allocate(byteCount: BlockBuilder.largest, alignment: 64)
  private let count: Int
  private let cursors: UnsafeMutablePointer<SeriesCursor>
  /// Start of the present bar of each series; `.max`: none is left.
  private let keys: UnsafeMutablePointer<Int64>
  /// The winner at 0, the losers of each match from 1.
  private let tree: UnsafeMutablePointer<Int>
  private var isStarted = false

  /// Merges series, whose places are the instruments' ids.
  init(_ series: [LoadedSeries], _ store: BlockStore) {
    self.store = store
    count = series.count
    cursors = .allocate(capacity: max(count, 1))
    keys = .allocate(capacity: max(count, 1))
    tree = .allocate(capacity: max(count, 1))
    // Of many bar stores nothing stays mapped: each would hold half a mebibyte around the block it is at.
    let window = count > 8 ? 0 : BarMerge.window / max(count, 1)
    for (index, one) in series.enumerated() { (cursors + index).initialize(to: SeriesCursor(one, window: window)) }
    keys.initialize(repeating: .max, count: max(count, 1))
    tree.initialize(repeating: 0, count: max(count, 1))
  }

  deinit {
    for index in 0..<count { cursors[index].deallocate() }
    cursors.deinitialize(count: count)
    cursors.deallocate()
    keys.deallocate()
    tree.deallocate()
    scratch.deallocate()
  }

  /// Goes back before the first bar.
  func rewind() {
    for index in 0..<count { cursors[index].rewind() }
    isStarted = false
  }

  /// Appends bars until the writer is full or none is left.
  func read(into writer: inout BarWriter) throws(RowFault) {
    guard count > 0 else { return }
    if !isStarted { try begin() }
    let (keys, cursors, tree) = (keys, cursors, tree)
    if count == 1 { return try readLone(into: &writer) }
    while !writer.isFull {
      let winner = tree[0]
      guard keys[winner] != .max else { return }
      let cursor = cursors + winner
      writer.append(cursor.pointee.bar(InstrumentID(UInt32(truncatingIfNeeded: winner))))
      if cursor.pointee.step() {
        keys[winner] = cursor.pointee.start
      } else {
        try load(winner)
      }
      replay(winner)
    }
  }

  /// Appends bars of the only series.
  private func readLone(into writer: inout BarWriter) throws(RowFault) {
    while !writer.isFull, keys[0] != .max {
      cursors[0].append(to: &writer)
      if cursors[0].isAtEndOfBlock { try load(0) }
    }
  }

  private func load(_ leaf: Int) throws(RowFault) {
    keys[leaf] = try cursors[leaf].load(store, scratch) ? cursors[leaf].start : .max
  }

  /// Whether one series' bar comes before another's.
  @inline(__always) private func precedes(_ a: Int, _ b: Int) -> Bool {
    keys[a] < keys[b] || (keys[a] == keys[b] && a < b)
  }

  /// Plays the matches on the way from a leaf to the root again.
  @inline(__always) private func replay(_ leaf: Int) {
    var winner = leaf
    var node = (leaf &+ count) &>> 1
    while node > 0 {
      let rival = tree[node]
      let isBeaten = precedes(rival, winner)
      tree[node] = isBeaten ? winner : rival
      winner = isBeaten ? rival : winner
      node &>>= 1
    }
    tree[0] = winner
  }

  /// Loads the first block of each series and plays all matches.
  private func begin() throws(RowFault) {
    var winners = [Int](repeating: 0, count: 2 * count)
    for leaf in 0..<count {
      try load(leaf)
      winners[count + leaf] = leaf
    }
    for node in stride(from: count - 1, to: 0, by: -1) {
      let (left, right) = (winners[2 * node], winners[2 * node + 1])
      let isLeft = precedes(left, right)
      winners[node] = isLeft ? left : right
      tree[node] = isLeft ? right : left
    }
    tree[0] = winners[1]
    isStarted = true
  }
}
