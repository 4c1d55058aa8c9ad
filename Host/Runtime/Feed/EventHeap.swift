import TradingTypes

/// A bar waiting for its time to open or to end.
struct QueuedBar {
  var time: Timestamp
  /// Bars that end come before bars that open at the same time.
  var isOpen: Bool
  var bar: Bar

  static func precedes(_ a: QueuedBar, _ b: QueuedBar) -> Bool {
    if a.time != b.time { return a.time < b.time }
    if a.isOpen != b.isOpen { return !a.isOpen }
    return a.bar.instrument < b.bar.instrument
  }
}

/// A binary min-heap of events; push and pop in O(log n), storage reused.
struct EventHeap {
  private var items: ContiguousArray<QueuedBar> = []

  var isEmpty: Bool { items.isEmpty }
  var first: QueuedBar? { items.first }

  mutating func push(_ event: QueuedBar) {
    items.append(event)
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard QueuedBar.precedes(items[child], items[parent]) else { break }
      items.swapAt(child, parent)
      child = parent
    }
  }

  mutating func popFirst() -> QueuedBar? {
    guard let top = items.first else { return nil }
    let last = items.removeLast()
    guard !items.isEmpty else { return top }
    items[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < items.count {
        if QueuedBar.precedes(items[child], items[least]) { least = child }
      }
      guard least != parent else { return top }
      items.swapAt(parent, least)
      parent = least
    }
  }
}
