/// How many bars were not used, by reason. A reason is told by its text, which is too slow a key for each bar.
struct SkipCounts {
  private var noSession = 0
  private var outsideSession = 0
  private var afterEnd = 0

  mutating func add(_ reason: FeedSkip, _ count: Int = 1) {
    switch reason {
    case .noSession: noSession += count
    case .outsideSession: outsideSession += count
    case .afterEnd: afterEnd += count
    }
  }

  /// The reasons there were.
  var byReason: [FeedSkip: Int] {
    [.noSession: noSession, .outsideSession: outsideSession, .afterEnd: afterEnd].filter { $0.value > 0 }
  }
}
